import { IsBoolean, IsIn, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import {
  approvalStates,
  onwardStates,
  transferStates,
  type ApprovalState,
  type OnwardState,
  type TransferState,
} from './hand-over';

/** A code of a pack. */
const CODE = /^[a-z][a-z0-9-]*$/;

@EventType('records.onward-referral-offered.v1', 'A case was referred to somebody of another agency, or outside.')
export class OnwardReferralOffered {
  @IsUUID() onwardReferralId!: string;
  @IsUUID() caseId!: string;
  @IsUUID() fromOrg!: string;
  @IsUUID() fromId!: string;
  /** Absent when it goes outside the partnership. */
  @IsOptional() @IsUUID() toOrg?: string;
  @IsOptional() @IsUUID() toId?: string;
  @IsBoolean() outside!: boolean;
  @IsOptional() @IsISO8601() respondBy?: string;
  /** The area of the case. */
  @IsOptional() @IsUUID() areaId?: string;
}

@EventType('records.onward-referral-changed.v1', 'A referral between agencies was answered, ended or ran out.')
export class OnwardReferralChanged {
  @IsUUID() onwardReferralId!: string;
  @IsUUID() caseId!: string;
  @IsIn(onwardStates) state!: OnwardState;
  /** Who answered or ended it; absent when its date passed. */
  @IsOptional() @IsUUID() byId?: string;
}

@EventType('records.transfer-changed.v1', 'The transfer of a case was asked for, offered, answered or withdrawn.')
export class TransferChanged {
  @IsUUID() transferId!: string;
  @IsUUID() caseId!: string;
  @IsIn(transferStates) state!: TransferState;
  @IsUUID() byId!: string;
  /** The decision of the sharing context by which it was put on offer. */
  @IsOptional() @IsUUID() decisionId?: string;
}

@EventType('records.case-owner-changed.v1', 'Somebody else owns a case now, in the same agency or another.')
export class CaseOwnerChanged {
  @IsUUID() caseId!: string;
  @IsUUID() ownerId!: string;
  @IsUUID() orgId!: string;
  @IsUUID() previousOwnerId!: string;
  @IsUUID() previousOrg!: string;
  @IsUUID() byId!: string;
}

@EventType('records.case-flag-changed.v1', 'A flag was put on a case, or taken off.')
export class CaseFlagChanged {
  @IsUUID() caseId!: string;
  @Matches(CODE) flag!: string;
  @IsBoolean() on!: boolean;
}

@EventType('records.case-approval-changed.v1', 'Approval of a stage of a case was asked for, given or refused.')
export class CaseApprovalChanged {
  @IsUUID() approvalId!: string;
  @IsUUID() caseId!: string;
  @Matches(CODE) stage!: string;
  @IsIn(approvalStates) state!: ApprovalState;
  @IsUUID() byId!: string;
}

@EventType(
  'records.person-asked-about.v1',
  'An agency asked another whether somebody is known to it, and was answered. Who that is stays with the question.',
)
export class PersonAskedAbout {
  /** The record of what was asked. */
  @IsUUID() recordId!: string;
  @IsUUID() askedBy!: string;
  @IsUUID() askedOrg!: string;
  /** The agency that was asked. */
  @IsUUID() toOrg!: string;
  @Matches(CODE) purpose!: string;
  @IsBoolean() match!: boolean;
  /** The decision of the sharing context by which it was answered. */
  @IsUUID() decisionId!: string;
}
