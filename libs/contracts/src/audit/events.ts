import { IsArray, IsIn, IsISO8601, IsObject, IsOptional, IsString, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import { actions, type Action } from '../permissions';

export const actOutcomes = ['done', 'denied', 'failed'] as const;
export type ActOutcome = (typeof actOutcomes)[number];

/** A record that an act touched. */
export interface ObjectRef {
  readonly t:
    | 'referral'
    | 'case'
    | 'person'
    | 'chronology-entry'
    | 'restriction'
    | 'break-glass'
    | 'document'
    | 'note'
    | 'membership'
    | 'organisation'
    | 'area'
    | 'staff'
    | 'session'
    | 'client'
    | 'webhook'
    | 'stream'
    | 'ledger'
    | 'export'
    | 'transfer'
    | 'agreement'
    | 'review'
    | 'decision'
    | 'disclosure'
    | 'question'
    | 'breach'
    | 'known-question'
    | 'assessment'
    | 'drop'
    | 'hold'
    | 'erasure'
    | 'access-request'
    | 'bulk'
    | 'import'
    | 'approval'
    | 'forum'
    | 'forum-referral'
    | 'meeting'
    | 'agenda-item'
    | 'conference-action'
    | 'forum-flag'
    | 'advocate-contact'
    | 'minute-amendment'
    | 'forum-transfer'
    | 'wording'
    | 'recommendation'
    | 'asb-application'
    | 'release-file'
    | 'partnership-duty'
    | 'publication'
    | 'minutes-paper'
    | 'quarterly-pack'
    | 'deadline'
    | 'message'
    | 'stand-in'
    | 'calendar-feed'
    | 'contact-details'
    | 'notice';
  readonly id: string;
  readonly ver?: string;
}

/**
 * One act, as its producer's transaction recorded it. Ids and codes only; what identifies (network address, search terms,
 * path) is in `sealed`, encrypted for the audit service, so that a topic never carries it (events.md P1).
 */
@EventType('audit.act-recorded.v1', 'Something was done to data, or refused: one entry of the ledger.')
export class ActRecorded {
  @IsIn(actions) action!: Action;
  @IsISO8601() occurredAt!: string;
  @IsUUID() actor!: string;
  @IsString() actorRole!: string;
  @IsOptional() @IsUUID() actorOrg?: string;
  @IsArray() @IsUUID('all', { each: true }) subjects!: string[];
  @IsArray() objects!: ObjectRef[];
  @IsOptional() @IsArray() recipients?: { org: string; role?: string; channel?: string }[];
  @IsOptional() @IsArray() @IsString({ each: true }) items?: string[];
  @IsString() purpose!: string;
  @IsOptional() @IsString() justification?: string;
  @IsOptional() @IsString() rule?: string;
  @IsOptional() @IsString() decision?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) reasons?: string[];
  @IsIn(actOutcomes) outcome!: ActOutcome;
  @IsString() corr!: string;
  @IsOptional() @IsString() cause?: string;
  /** iv ‖ tag ‖ ciphertext of the canonical detail JSON, AES-256-GCM with the act's id as AAD; base64. */
  @IsString() sealed!: string;
  @IsOptional() @IsObject() basis?: Record<string, string>;
  /** Of either end of a disclosure: a commitment to what went from one to the other, the same at both; hex. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) payloadCommit?: string;
  /** Of an erasure in the ledger: the entries whose details it destroys. */
  @IsOptional() @IsArray() targets?: ErasedEntry[];
}

/** An entry of the ledger, by the id of its act and its place. */
export interface ErasedEntry {
  readonly eventId: string;
  /** Decimal. */
  readonly index: string;
}

@EventType(
  'audit.details-erased.v1',
  'The ledger has destroyed the details of acts: whoever recorded them holds them no longer either.',
)
export class DetailsErased {
  @IsUUID() caseId!: string;
  /** Ids of the acts. */
  @IsArray() @IsUUID('all', { each: true }) acts!: string[];
}
