import { retentionViews, type RetentionView } from '@concordat/contracts';
import { IsCivilDay } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const SAID = /\S/;

export class ListRetentionDto {
  /** Whose time is up, unless said. */
  @IsOptional() @IsIn(retentionViews) view?: RetentionView;
  /** The reference of a case, as somebody holds it. */
  @IsOptional() @IsString() @MaxLength(60) reference?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}

export class ListErasuresDto {
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(300) cursor?: string;
}

export class RetentionReasonDto {
  @IsString() @Matches(SAID, { message: 'Say why' }) @MaxLength(2_000) reason!: string;
}

export class KeepCaseDto extends RetentionReasonDto {
  /** The day on which it is looked at again. */
  @IsCivilDay() until!: string;
}
