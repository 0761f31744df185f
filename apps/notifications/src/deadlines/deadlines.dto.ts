import {
  deadlineKinds,
  deadlineScopes,
  deadlineStates,
  type DeadlineKind,
  type DeadlineScope,
  type DeadlineState,
} from '@concordat/contracts';
import { IsCivilDay } from '@concordat/platform';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** What is asked of the register; days are civil days in London, both included. */
export class DeadlinesDto {
  @IsOptional() @IsIn(deadlineScopes) whose?: DeadlineScope;
  @IsOptional() @IsIn(deadlineStates) state?: DeadlineState;
  @IsOptional() @IsIn(deadlineKinds) kind?: DeadlineKind;
  @IsOptional() @IsCivilDay() from?: string;
  @IsOptional() @IsCivilDay() to?: string;
  @IsOptional() @IsIn(['due', '-due']) sort?: 'due' | '-due';
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}

export class MonthDto {
  @IsOptional() @IsIn(deadlineScopes) whose?: DeadlineScope;
  @Matches(/^20\d{2}-(0[1-9]|1[0-2])$/) month!: string;
}
