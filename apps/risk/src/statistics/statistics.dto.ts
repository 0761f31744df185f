import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { QUARTER, type Quarter } from '@concordat/figures';

/** Twelve months by their last quarter; without one, those that ended last. */
export class QuarterQueryDto {
  @IsOptional() @Matches(QUARTER, { message: 'Choose a quarter, such as 2026-Q1' }) to?: Quarter;
}

/** A financial year, by the year in which it begins on 1 April. */
export class PublishYearDto {
  @IsInt() @Min(2000) @Max(2100) year!: number;
}
