import { flagSteps, type FlagStep } from '@concordat/contracts';
import { IsIn } from 'class-validator';

export class StepFlagDto {
  @IsIn(flagSteps, { message: 'Choose what your agency has done' }) do!: FlagStep;
}
