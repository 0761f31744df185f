import { actionSteps, type ActionStep } from '@concordat/contracts';
import { Text } from '@concordat/platform';
import { IsIn } from 'class-validator';

/** A step of an action; what came of it, or why not, in words. */
export class StepActionDto {
  @IsIn(actionSteps) do!: ActionStep;
  @Text(4_000) words?: string;
}
