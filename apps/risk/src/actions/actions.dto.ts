import { actionSteps, type ActionStep } from '@concordat/contracts';
import { Text } from '@concordat/platform';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { actionLists, actionSorts, type ActionList, type ActionSort } from '../conference-action';

/** A step of an action; what came of it, or why not, in words. */
export class StepActionDto {
  @IsIn(actionSteps) do!: ActionStep;
  @Text(4_000) words?: string;
}

/** Which actions of one's own agency are wanted, in which order. */
export class ListActionsDto {
  @IsOptional() @IsIn(actionLists) only?: ActionList;
  @IsOptional() @IsUUID() forum?: string;
  @IsOptional() @IsIn(actionSorts) sort?: ActionSort;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}
