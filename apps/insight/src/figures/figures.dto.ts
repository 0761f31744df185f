import { IsOptional, IsUUID, Matches } from 'class-validator';
import { PERIOD } from '../period';

/** What of the figures is asked for. What a subject cannot be chosen by is told as `unchosen`, and is of the whole partnership. */
export class FiguresQueryDto {
  /** A quarter, or a financial year by the year in which it begins; without one, the year that runs. */
  @IsOptional() @Matches(PERIOD, { message: 'Choose a period, such as 2026-Q3 or 2026' }) period?: string;
  @IsOptional() @IsUUID() area?: string;
  @IsOptional() @IsUUID() agency?: string;
  @IsOptional() @Matches(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/) kind?: string;
}
