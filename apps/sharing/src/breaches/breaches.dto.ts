import { breachRisks, breachStates, type BreachRisk, type BreachState } from '@concordat/contracts';
import { IsCivilDay, Text, Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const MOST_PEOPLE = 100_000_000;

export class ListBreachesDto {
  @IsOptional() @IsIn(breachStates) state?: BreachState;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}

export class OpenBreachDto {
  @Words(4_000) account!: string;
  /** The day, and the time of it in London, when the agency became aware of it: hours count from then. */
  @IsCivilDay() on!: string;
  @Matches(TIME, { message: 'Enter a time, like 14:30' }) time!: string;
}

export class AssessBreachDto {
  @IsIn(breachRisks) risk!: BreachRisk;
  /** How many people are affected, as far as is known. */
  @IsInt() @Min(0) @Max(MOST_PEOPLE) affected!: number;
  @IsBoolean() notify!: boolean;
  @IsBoolean() tellPeople!: boolean;
  @Words(4_000) reason!: string;
  /** What was done about it. */
  @Words(4_000) remedy!: string;
}

export class NotifyBreachDto {
  /** When the Commissioner was told: the day, and the time of it in London. */
  @IsCivilDay() on!: string;
  @Matches(TIME, { message: 'Enter a time, like 14:30' }) time!: string;
  /** The Commissioner's own reference. */
  @Text(80) reference?: string;
  /** Why it was told late. */
  @Text(2_000) delayReason?: string;
}
