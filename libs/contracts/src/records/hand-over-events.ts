import { IsBoolean, IsIn, IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { EventType } from '../event';
import { onwardStates, transferStates, type OnwardState, type TransferState } from './hand-over';

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
