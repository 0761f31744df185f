import { IsInt, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

@EventType(
  'risk.assessment-completed.v1',
  'Somebody’s risk was assessed in a case: by which instrument, and in which band. Answers and reasons are asked of risk.',
)
export class AssessmentCompleted {
  @IsUUID() caseId!: string;
  @IsUUID() assessmentId!: string;
  /** The agency that assessed. */
  @IsUUID() orgId!: string;
  @Matches(CODE) instrument!: string;
  @IsInt() instrumentVersion!: number;
  /** A band of that instrument, and comparable to that of no other. */
  @Matches(CODE) band!: string;
  @IsISO8601() completedAt!: string;
  /** The assessment that this one corrects. */
  @IsOptional() @IsUUID() supersedes?: string;
}
