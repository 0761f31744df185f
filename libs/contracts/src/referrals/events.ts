import { IsArray, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';

const CODE = /^[a-z0-9][a-z0-9.@-]{0,63}$/;
/** A code from a pack or a closed list: never free text, so never personal (events.md P1). */
const IsCode = () => Matches(CODE);

export class ReferralHeader {
  @IsUUID() referralId!: string;
  @IsCode() pathway!: string;
  @IsUUID() areaId!: string;
  @IsUUID() referringOrg!: string;
  @IsUUID() receivingOrg!: string;
}

@EventType('referrals.referral-submitted.v1', 'A referral was received by the agency that triages for its area.')
export class ReferralSubmitted extends ReferralHeader {
  @IsISO8601() receivedAt!: string;
  @IsString() pack!: string;
}

@EventType('referrals.referral-rated.v1', 'A referral was given, or changed, its triage colour.')
export class ReferralRated extends ReferralHeader {
  @IsCode() colour!: string;
  @IsOptional() @IsCode() previous?: string;
  @IsOptional() @IsISO8601() dueAt?: string;
  @IsString() pack!: string;
}

@EventType('referrals.referral-assigned.v1', 'A referral was assigned to a member of staff, or to nobody.')
export class ReferralAssigned extends ReferralHeader {
  @IsOptional() @IsUUID() assignedTo?: string;
  @IsOptional() @IsUUID() previous?: string;
  /** Who assigned it. */
  @IsOptional() @IsUUID() byId?: string;
}

@EventType('referrals.information-requested.v1', 'The triaging agency asked the referrer for more information.')
export class InformationRequested extends ReferralHeader {
  /** Who made the referral, for the agency that is asked. */
  @IsOptional() @IsUUID() referredBy?: string;
}

@EventType('referrals.information-returned.v1', 'The referrer answered a request for information.')
export class InformationReturned extends ReferralHeader {
  @IsOptional() @IsUUID() byId?: string;
}

@EventType('referrals.referral-accepted.v1', 'A referral was accepted; a case opens under the id given here.')
export class ReferralAccepted extends ReferralHeader {
  @IsUUID() caseId!: string;
  @IsUUID() leadOrg!: string;
  @IsUUID() decidedBy!: string;
  /** Organisations that take part from the start. */
  @IsArray() @IsUUID('all', { each: true }) participants!: string[];
}

/** Ways a referral ends, or moves on, other than acceptance. */
export const outcomes = ['redirected', 'stepped-up', 'stepped-down', 'signposted', 'no-further-action'] as const;

@EventType('referrals.referral-decided.v1', 'A referral was decided in another way than by acceptance.')
export class ReferralDecided extends ReferralHeader {
  @IsIn(outcomes) outcome!: (typeof outcomes)[number];
  @IsOptional() @IsCode() destination?: string;
  @IsOptional() @IsCode() reason?: string;
  @IsUUID() decidedBy!: string;
}

@EventType('referrals.referral-reopened.v1', 'A decided referral was opened again for triage.')
export class ReferralReopened extends ReferralHeader {
  @IsCode() reason!: string;
}

@EventType('referrals.referral-withdrawn.v1', 'The referrer withdrew a referral before it was decided.')
export class ReferralWithdrawn extends ReferralHeader {
  @IsCode() reason!: string;
}

@EventType('referrals.feedback-given.v1', 'The referrer was told what became of the referral.')
export class FeedbackGiven extends ReferralHeader {}

@EventType('referrals.note-added.v1', 'A triage note was added to a referral.')
export class NoteAdded extends ReferralHeader {}

@EventType('referrals.triage-clock-passed.v1', 'The time allowed by the colour ran out before a decision.')
export class TriageClockPassed extends ReferralHeader {
  @IsCode() colour!: string;
  @IsISO8601() dueAt!: string;
}
