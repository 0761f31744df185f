import type { AgreementTemplate } from './agreement-template-shape';
import type { HandOverPractice } from './hand-over-shape';
import type { Instrument } from './instrument-types';
import type { MaisWords } from './mais-shape';
import type { MatchingRules } from './matching-shape';
import type { ApplicationRetention, PartnershipDuties, ReviewData } from './csp-shapes';
import type { RetentionPractice } from './retention-shape';
import type { ReviewKind } from './review-kind-shape';
import type { DeadlineLadders } from './deadline-ladders-shape';
import type { MessagePractice } from './messages-shape';
import type { AgreementClocks } from './agreement-clocks-shape';
import type { ForumKind } from './forum-kind-shape';
import type { ForumStatistics, Populations } from './forum-statistics-shape';
import type { DepersonalisedSets } from './depersonalised-shape';
import type { Rights } from './rights-shape';
import type { SharingLaw } from './sharing-law-shape';
import type { Clock, Threshold } from './rules';

/** What every document of a pack says of itself. */
export type Provenance = {
  readonly version: number;
  readonly effectiveFrom: string;
  readonly source: string;
  readonly verified: boolean;
};

/** The pack as a whole: `id@version` is the stamp on decisions. */
export type Manifest = {
  readonly id: string;
  readonly title: string;
  /** Semantic version: major when a code goes or changes its meaning, minor for additions, patch for wording. */
  readonly version: string;
  readonly effectiveFrom: string;
  readonly jurisdiction: 'england-wales';
  readonly source: string;
};

/** A meeting, panel or front door to which a referral may go. */
export type Forum = { readonly code: string; readonly title: string; readonly description: string };

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
/** Working days and opening hours of a forum; fits `Calendar` of `@concordat/clocks`. */
export type PackCalendar = {
  readonly id: string;
  readonly title: string;
  readonly bankHolidays: 'england-and-wales';
  readonly hours: Readonly<
    Partial<Record<(typeof weekdays)[number] | 'bankHoliday', readonly (readonly [from: string, to: string])[]>>
  >;
  /** Further days that are not worked, and bank holidays that are (`YYYY-MM-DD`). */
  readonly closed?: readonly string[];
  readonly opened?: readonly string[];
};

export const reasonKinds = [
  'no-further-action',
  'signpost',
  'redirect',
  'step-up',
  'step-down',
  'return',
  'withdraw',
  'decline',
  'reopen',
] as const;
/** For what a coded reason is asked. */
export type ReasonKind = (typeof reasonKinds)[number];

/** A coded reason. `explain` means that a sentence in words must go with it. `outcome` is recorded unless another is. */
export type Reason = {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  readonly explain: boolean;
  readonly outcome?: string;
};

/** What an entry of a case's chronology is about. */
export type ChronologyCategory = { readonly code: string; readonly title: string; readonly hint?: string };

/** An order of a court or the police that may be in force in a case. */
export type OrderKind = { readonly code: string; readonly title: string; readonly hint?: string };

/** A ground on which information is shared without consent (domain/risk-conferences.md §2.5). */
export type ConsentGround = {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  /** As what Schedule 1 paragraph 18 and Schedule 8 paragraph 4 DPA 2018 know it: a code of the law table. */
  readonly withoutReason?: string;
};

export const decisions = [
  'accept',
  'redirect',
  'step-up',
  'step-down',
  'signpost',
  'no-further-action',
  'return',
] as const;
/** What a triage decision may be; `return` sends a referral back to its referrer. */
export type Decision = (typeof decisions)[number];

export const frontDoorOutcomes = [
  'nfa_no_risk',
  'nfa_info_only',
  'returned_no_consent',
  'advice_signpost',
  'single_agency',
  'early_help',
  's17_assessment',
  'strategy_s47',
  'allocated_worker',
  'other_panel',
  'transferred_area',
  'duplicate',
] as const;
/** An outcome of triage as it is counted; `frontDoor` is its name in domain/risk-conferences.md §5, where it has one. */
export type Outcome = {
  readonly code: string;
  readonly title: string;
  readonly decisions: readonly Decision[];
  readonly frontDoor?: (typeof frontDoorOutcomes)[number];
  readonly forum?: string;
};

export const tags = ['red', 'orange', 'yellow', 'green', 'blue', 'grey'] as const;
/** A triage colour: the lowest rank is the most urgent. `clocks` holds every version of its time limits. */
export type Colour = {
  readonly code: string;
  readonly title: string;
  readonly rank: number;
  readonly tag: (typeof tags)[number];
  readonly meaning: string;
  readonly clocks: readonly Clock[];
};

/** The colours of one area. "Red" of one scheme is not "red" of another: keep the scheme with the colour. */
export type ColourScheme = Provenance & {
  readonly code: string;
  readonly title: string;
  readonly measures: string;
  readonly ratedWithin: readonly Clock[];
  readonly colours: readonly Colour[];
};

export const questionTypes = ['text', 'yes-no-unknown', 'choice', 'date'] as const;
/** A question of a pathway's own; the answer is `answers.<code>` of the referral's content. */
export type Question = {
  readonly code: string;
  readonly text: string;
  readonly type: (typeof questionTypes)[number];
  readonly hint?: string;
  readonly required: boolean;
  /** Said when a required answer is missing; every required question has it. */
  readonly error?: string;
  /** Of a choice only. */
  readonly options?: readonly { readonly value: string; readonly text: string }[];
};

export const groupCodes = [
  'about',
  'people',
  'relationships',
  'safe-contact',
  'concerns',
  'criteria',
  'fears',
  'questions',
  'consent',
  'equality',
  'staff-risk',
  'wishes',
] as const;
/** One page of the form. */
export type QuestionGroup = {
  readonly code: (typeof groupCodes)[number];
  readonly title: string;
  readonly hint?: string;
  readonly questions?: readonly Question[];
};

export const personRoles = ['subject', 'alleged-perpetrator', 'child', 'witness', 'other-at-risk', 'other'] as const;
/** People a pathway asks for. With `min` of 1 or more, a referral without them is not complete, and `error` says so. */
export type PersonWanted = {
  readonly role: (typeof personRoles)[number];
  readonly title: string;
  readonly min: number;
  readonly hint?: string;
  readonly error?: string;
};

export const criterionCodes = ['visibleHighRisk', 'professionalJudgement', 'potentialEscalation', 'repeat'] as const;
/** One independent route of referral: its own yes or no with evidence (domain/risk-conferences.md §2.2). */
export type Criterion = {
  readonly code: (typeof criterionCodes)[number];
  readonly title: string;
  readonly hint?: string;
  /** Whether "yes" needs evidence in words before the referral can be sent. */
  readonly evidence: 'required' | 'optional';
  readonly thresholds?: readonly Threshold[];
  readonly clocks?: readonly Clock[];
};

/** A field that must be answered before sending: see fields.ts for paths. */
export type RequiredField = {
  readonly path: string;
  readonly error: string;
  readonly when?: { readonly path: string; readonly is: readonly string[] };
};

/** Destinations (codes of pathways or forums) that a triage decision may name. */
export type NextSteps = {
  readonly redirect: readonly string[];
  readonly stepUp: readonly string[];
  readonly stepDown: readonly string[];
};

/** One kind of referral: what it asks, what it must have, where it can go and how long that may take. */
export type Pathway = Provenance & {
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly colourScheme: string;
  readonly people: readonly PersonWanted[];
  readonly criteria: readonly Criterion[];
  /**
   * `ask`: whether consent was asked and given is recorded, and a referral without it needs a ground and a reason.
   * `not-needed`: nothing about consent is demanded.
   */
  readonly consent: { readonly rule: 'ask' | 'not-needed'; readonly guidance: string };
  readonly groups: readonly QuestionGroup[];
  readonly required: readonly RequiredField[];
  readonly next: NextSteps;
  readonly clocks: readonly Clock[];
};

/** Why a record is open to named staff only. `trace`: what of it is left in lists of the agencies that take part. */
export type RestrictionKind = {
  readonly code: string;
  readonly title: string;
  readonly hint?: string;
  readonly trace: 'stub' | 'nothing';
};

/** Why somebody may open a case in an emergency. */
export type GlassGround = { readonly code: string; readonly title: string; readonly hint?: string };

/** What the review of an emergency opening may find. */
export type GlassOutcome = { readonly code: string; readonly title: string; readonly hint?: string };

/** Restrictions to named staff, and the emergency opening of a case. */
export type RestrictionRules = Provenance & {
  readonly kinds: readonly RestrictionKind[];
  /** A restriction is reviewed within so many days of being made or changed. */
  readonly reviewWithinDays: number;
  readonly breakGlass: {
    /** How long access lasts unless another time is asked for, and the longest that may be. */
    readonly minutes: number;
    readonly atMostMinutes: number;
    /** How often one person may try in an hour. */
    readonly attemptsPerHour: number;
    /** Somebody else reviews each within so many working days of this calendar. */
    readonly reviewWithinWorkingDays: number;
    readonly calendar: string;
    readonly grounds: readonly GlassGround[];
    readonly outcomes: readonly GlassOutcome[];
  };
};

/** Everything a pack holds, as plain data. */
export type PackContents = {
  readonly manifest: Manifest;
  readonly forums: readonly Forum[];
  readonly calendars: readonly PackCalendar[];
  readonly pathways: readonly Pathway[];
  readonly colourSchemes: readonly ColourScheme[];
  readonly reasons: Readonly<Record<ReasonKind, readonly Reason[]>>;
  readonly consentGrounds: readonly ConsentGround[];
  readonly orders: readonly OrderKind[];
  readonly chronologyCategories: readonly ChronologyCategory[];
  readonly outcomes: readonly Outcome[];
  readonly matching: MatchingRules;
  readonly sharingLaw: SharingLaw;
  readonly restrictions: RestrictionRules;
  readonly handOver: HandOverPractice;
  readonly agreementTemplates: readonly AgreementTemplate[];
  readonly agreementClocks: AgreementClocks;
  readonly deadlineLadders: DeadlineLadders;
  readonly messages: MessagePractice;
  readonly depersonalisedSets: DepersonalisedSets;
  readonly mais: MaisWords;
  readonly retention: RetentionPractice;
  readonly rights: Rights;
  readonly instruments: readonly Instrument[];
  readonly forumKinds: readonly ForumKind[];
  readonly forumStatistics: readonly ForumStatistics[];
  readonly populations: readonly Populations[];
  readonly reviewKinds: readonly ReviewKind[];
  readonly applicationRetention: readonly ApplicationRetention[];
  readonly partnershipDuties: readonly PartnershipDuties[];
  readonly reviewData: readonly ReviewData[];
};
