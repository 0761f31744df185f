import { IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsUUID, Matches } from 'class-validator';
import { EventType } from '../event';
import { referralVocabulary } from '../referrals/api';
import {
  caseLinkKinds,
  type CaseLinkKind,
  chronologyChanges,
  personParts,
  type ChronologyChange,
  type PersonPart,
} from './api';

const CODE = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;

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

@EventType('records.case-brought-in.v1', 'A case was brought in from another system. No referral opened it here.')
export class CaseBroughtIn {
  @IsUUID() caseId!: string;
  @IsUUID() leadOrg!: string;
  @IsUUID() areaId!: string;
  /** Code of the pathway. */
  @Matches(CODE) kind!: string;
  /** When it was opened, as the other system says it and as exactly as that knows it. */
  @Matches(/^\d{4}(-\d{2}){0,2}$/) openedOn!: string;
  @IsBoolean() closed!: boolean;
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
  /** The decision by which it takes part; absent for who takes part from the moment the case opens, and for a preview. */
  @IsOptional() @IsUUID() decisionId?: string;
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

/** What of a restricted case is left in the lists of the agencies that take part in it. */
export const restrictionTraces = ['stub', 'nothing'] as const;
export type RestrictionTrace = (typeof restrictionTraces)[number];

@EventType(
  'records.restriction-changed.v1',
  'A case or a person is open to named staff only, who they are has changed, or no longer so.',
)
export class RestrictionChanged {
  @IsUUID() restrictionId!: string;
  @IsInt() version!: number;
  /** Every record that is closed to all others: cases, and people with the records that stand aside for them. */
  @IsArray() @IsUUID('all', { each: true }) records!: string[];
  /** To whom they stay open, as far as their agencies take part. */
  @IsArray() @IsUUID('all', { each: true }) staff!: string[];
  @IsIn(restrictionTraces) trace!: RestrictionTrace;
  /** False once it was lifted. */
  @IsBoolean() live!: boolean;
}

@EventType('records.glass-broken.v1', 'Somebody opened a case in an emergency, for a short time.')
export class GlassBroken {
  @IsUUID() useId!: string;
  @IsUUID() caseId!: string;
  @IsUUID() leadOrg!: string;
  @IsUUID() areaId!: string;
  @IsUUID() userId!: string;
  @IsUUID() orgId!: string;
  /** Code of the pack. */
  @Matches(CODE) ground!: string;
  @IsISO8601() until!: string;
  /** By when somebody else is to have reviewed it. Absent of what was opened before this was told. */
  @IsOptional() @IsISO8601() reviewBy?: string;
}

@EventType('records.glass-refused.v1', 'Somebody whose role may not do so tried to open a case in an emergency.')
export class GlassRefused {
  @IsUUID() useId!: string;
  @IsUUID() caseId!: string;
  @IsUUID() leadOrg!: string;
  @IsUUID() areaId!: string;
  @IsUUID() userId!: string;
  @IsUUID() orgId!: string;
}

@EventType('records.glass-ended.v1', 'The time of an emergency opening of a case is up.')
export class GlassEnded {
  @IsUUID() useId!: string;
  @IsUUID() caseId!: string;
}

@EventType('records.glass-reviewed.v1', 'An emergency opening of a case was reviewed by somebody else.')
export class GlassReviewed {
  @IsUUID() useId!: string;
  @IsUUID() caseId!: string;
  @IsUUID() reviewedBy!: string;
  /** Code of the pack. */
  @Matches(CODE) outcome!: string;
}

@EventType('records.cases-linked.v1', 'Two cases were linked, or are linked no more.')
export class CasesLinked {
  @IsUUID() linkId!: string;
  @IsUUID() caseId!: string;
  @IsUUID() otherId!: string;
  @IsIn(caseLinkKinds) kind!: CaseLinkKind;
  @IsBoolean() ended!: boolean;
}

@EventType('records.key-facts-changed.v1', 'An order in force or a next step of a case was recorded or has ended.')
export class KeyFactsChanged {
  @IsUUID() caseId!: string;
  @IsUUID() factId!: string;
  @IsIn(['order', 'step']) kind!: 'order' | 'step';
  @IsBoolean() ended!: boolean;
}

@EventType('records.person-joined-case.v1', 'A person was added to a case that was open already.')
export class PersonJoinedCase {
  @IsUUID() caseId!: string;
  @IsUUID() personId!: string;
  @IsArray() @IsIn(referralVocabulary.personRole, { each: true }) roles!: string[];
}

@EventType('records.document-kept.v1', 'A document, or another version of one, was kept in a case.')
export class DocumentKept {
  @IsUUID() caseId!: string;
  @IsUUID() documentId!: string;
  @IsInt() version!: number;
  @IsUUID() orgId!: string;
}

@EventType('records.case-note-added.v1', 'A note was added to a case; whom it mentions is to look.')
export class CaseNoteAdded {
  @IsUUID() caseId!: string;
  /** The note; what it says is asked of records. */
  @IsUUID() itemId!: string;
  @IsUUID() orgId!: string;
  @IsArray() @IsUUID('all', { each: true }) mentions!: string[];
}
