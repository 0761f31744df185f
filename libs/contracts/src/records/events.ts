import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsUUID } from 'class-validator';
import { EventType } from '../event';
import { referralVocabulary } from '../referrals/api';
import { chronologyChanges, personParts, type ChronologyChange, type PersonPart } from './api';

/** How far an agency takes part in a case. `preview` sees the header of an offer only. */
export const accessLevels = ['lead', 'contributor', 'reader', 'preview'] as const;
export type AccessLevel = (typeof accessLevels)[number];

@EventType('records.case-opened.v1', 'A case was opened from an accepted referral.')
export class CaseOpened {
  @IsUUID() caseId!: string;
  @IsUUID() referralId!: string;
  @IsUUID() leadOrg!: string;
  @IsUUID() areaId!: string;
  @IsArray() @IsUUID('all', { each: true }) people!: string[];
}

@EventType('records.case-access-changed.v1', 'An agency began, changed or ended its part in a case.')
export class CaseAccessChanged {
  @IsUUID() caseId!: string;
  @IsUUID() orgId!: string;
  @IsIn(accessLevels) level!: AccessLevel;
  @IsBoolean() restricted!: boolean;
  @IsISO8601() from!: string;
  /** Set when the participation has ended. */
  @IsOptional() @IsISO8601() to?: string;
}

@EventType('records.person-changed.v1', 'What is known of a person was corrected or added to.')
export class PersonChanged {
  @IsUUID() personId!: string;
  @IsInt() version!: number;
  /** Which parts differ; what they were and are is asked of records. */
  @IsArray() @IsIn(personParts, { each: true }) parts!: PersonPart[];
}

@EventType('records.people-merged.v1', 'Two records turned out to be of one person, and became one.')
export class PeopleMerged {
  @IsUUID() mergeId!: string;
  /** The record that stays. */
  @IsUUID() survivorId!: string;
  /** The record that stands aside until the merge is undone. */
  @IsUUID() mergedId!: string;
}

@EventType('records.merge-undone.v1', 'Two records that had become one stand apart again.')
export class MergeUndone {
  @IsUUID() mergeId!: string;
  @IsUUID() survivorId!: string;
  @IsUUID() mergedId!: string;
}

@EventType('records.relationship-changed.v1', 'How two people are related was recorded, or has ended.')
export class RelationshipChanged {
  @IsUUID() relationshipId!: string;
  @IsUUID() personId!: string;
  @IsUUID() otherId!: string;
  /** The first is the `kind` of the other. */
  @IsIn(referralVocabulary.relationship) kind!: string;
  @IsBoolean() ended!: boolean;
}

@EventType('records.chronology-changed.v1', 'An entry of a case’s chronology was recorded, corrected or withdrawn.')
export class ChronologyChanged {
  @IsUUID() caseId!: string;
  @IsUUID() entryId!: string;
  @IsInt() version!: number;
  /** The agency whose entry it is. */
  @IsUUID() orgId!: string;
  @IsIn(chronologyChanges) what!: ChronologyChange;
}
