import { IsArray, IsIn, IsInt, IsOptional, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import { accessRequestStates, type AccessRequestState } from './access-requests';
import { retentionSteps, type RetentionStep } from './retention';

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

@EventType('records.retention-decided.v1', 'Somebody decided whether a case is kept, or keeps it from being erased.')
export class RetentionDecided {
  @IsUUID() caseId!: string;
  @IsIn(retentionSteps) what!: RetentionStep;
}

@EventType(
  'records.access-request-changed.v1',
  'Somebody’s request for what is held about them was recorded, or moved on.',
)
export class AccessRequestChanged {
  @IsUUID() requestId!: string;
  @IsIn(accessRequestStates) state!: AccessRequestState;
}

@EventType(
  'records.case-erased.v1',
  'A case was erased, with everybody who was in no other. Whoever holds a copy of it erases that as well.',
)
export class CaseErased {
  @IsUUID() caseId!: string;
  /** The referral that it came from, unless another case stands on it. */
  @IsOptional() @IsUUID() referralId?: string;
  /** The people who were erased with it; those who are in another case are not among them. */
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
  /** The rule of retention by which it was due, of the pack that was in force, and its version. */
  @Matches(CODE) rule!: string;
  @IsInt() ruleVersion!: number;
  /** The decision, of two people, that it followed. */
  @IsUUID() decisionId!: string;
  /** Emergency openings of it that nobody has reviewed, and nobody can any more. */
  @IsOptional() @IsArray() @IsUUID('all', { each: true }) unreviewedUses?: string[];
}
