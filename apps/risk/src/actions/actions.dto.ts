import { actionStates, actionSteps, type ActionState, type ActionStep } from '@concordat/contracts';
import { Text } from '@concordat/platform';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  actionLists,
  actionsOf,
  actionSorts,
  type ActionList,
  type ActionsOf,
  type ActionSort,
} from '../conference-action';

/** A step of an action; what came of it, or why not, in words. */
export class StepActionDto {
  @IsIn(actionSteps) do!: ActionStep;
  @Text(4_000) words?: string;
}

/** The most actions of which one step is taken at once, and that are asked for by their ids. */
export const TOGETHER = 50;

/** One of several actions: as it was read, and what came of it in words of its own. */
class SteppedActionDto {
  @IsUUID() id!: string;
  @IsInt() @Min(1) version!: number;
  @Text(4_000) words?: string;
}

/** One step of several actions. */
export class StepActionsDto {
  @IsIn(actionSteps) do!: ActionStep;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(TOGETHER)
  @ArrayUnique((each: SteppedActionDto) => each.id)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SteppedActionDto)
  items!: SteppedActionDto[];
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** Which actions of one's own agency, or of forums that one leads, are wanted, in which order. */
export class ListActionsDto {
  @IsOptional() @IsIn(actionsOf) whose?: ActionsOf;
  @IsOptional() @IsIn(actionLists) only?: ActionList;
  @IsOptional() @IsUUID() forum?: string;
  @IsOptional() @IsUUID() case?: string;
  @IsOptional() @IsIn(actionStates) state?: ActionState;
  /** Ids with commas between them. */
  @IsOptional() @Matches(new RegExp(`^${ID}(?:,${ID}){0,${TOGETHER - 1}}$`)) ids?: string;
  @IsOptional() @IsIn(actionSorts) sort?: ActionSort;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100) limit?: number;
  @IsOptional() @IsString() @MaxLength(500) cursor?: string;
}
