import { decisionOutcomes, type DecisionOutcome } from '@concordat/contracts';
import { Words } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export class ListDecisionsDto {
  @IsOptional() @IsIn(decisionOutcomes) outcome?: DecisionOutcome;
  /** An agreement's id, all its versions. */
  @IsOptional() @IsString() @MaxLength(80) agreement?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(400) cursor?: string;
}

export class InEmergencyDto {
  /** What had happened, for whoever reviews it. */
  @IsOptional() @Words(2_000) account?: string;
}
