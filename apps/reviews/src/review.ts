import type { CriterionAnswer, ReviewRelation } from '@concordat/contracts';
import type { Extension, KnownDate } from '@concordat/clocks';
import type { Appeal, AppealDecision, LetterBrief, LetterSending } from './appeal';
import type { Complaint } from './asb-threshold';
import type { FrozenChronology } from './combined-chronology';
import type { FamilyBrief } from './family';
import type { KindMove } from './kind-moving';
import type { KindTest } from './kind-test';
import type {
  CentralCopy,
  CopyReceipt,
  PublicationRecord,
  QualityAnswer,
  QualityLetter,
  Submission,
} from './publication';
import type { ReleaseBrief } from './release';
import type { ManagementReview, ManagementStep } from './management-review';
import type { PanelMeeting, PanelMember, ScopingRequest, ScopingReturn, ScopingStep, TermsVersion } from './panel';
import type { Apology, PlannedMeeting } from './panel-meeting';
import type { RecommendationBrief } from './recommendation';

/** Who recorded something, and when. */
export interface Recorded {
  readonly by: string;
  readonly at: string;
}

/** A date of a review. A corrected one is added after the one that it corrects, with a reason; both are kept. */
export interface DatedFact extends Recorded {
  readonly code: string;
  /** The organisation whose own date it is; null for a date of the review. */
  readonly party: string | null;
  readonly date: KnownDate;
  readonly approximate: boolean;
  /** Why it was corrected; null for the first. */
  readonly reason: string | null;
}

/** A notice of a decision: sent, with a receipt, or not sent for a reason. */
export interface Notice extends Recorded {
  readonly code: string;
  /** The number of the decision that it is about. */
  readonly decision: number;
  readonly sentOn: string | null;
  readonly how: string | null;
  readonly receipt: string | null;
  readonly reason: string | null;
}

/** That a guard is met, said by somebody with the evidence. It counts within its round. */
export interface Confirmation extends Recorded {
  readonly guard: string;
  readonly round: number;
  readonly evidence: string;
}

/** An overlay on whatever state the review is in (domain/statutory-reviews.md §3.2). */
export interface ReviewPause extends Recorded {
  readonly id: string;
  readonly reason: 'criminal' | 'coroner' | 'family';
  readonly askedBy: string;
  readonly agreedBy: string;
  readonly from: string;
  readonly reviewOn: string;
  /** The day of resuming, which counts again; null while it runs. */
  readonly to: string | null;
  /** The code of what ended it. */
  readonly ending: string | null;
  /** The day of what ended it, such as a verdict; absent when nobody has said. */
  readonly endedOn?: string | null;
}

export interface ReviewExtension extends Extension, Recorded {
  readonly clock: string;
  readonly party: string | null;
}

/** Two dates that are out of order, and why they are right all the same. */
export interface AllowedDates extends Recorded {
  readonly earlier: string;
  readonly later: string;
  /** The dates as they were when it was said: another date needs another reason. */
  readonly dates: string;
  readonly reason: string;
}

/** How a review stands to another, here or elsewhere (domain/statutory-reviews.md §4.8). */
export interface ReviewLink extends Recorded {
  readonly relation: ReviewRelation;
  /** Of a review that is kept here; null for one elsewhere. */
  readonly reviewId: string | null;
  /** Its reference here, or what it is called elsewhere. */
  readonly reference: string;
  readonly note: string;
}

/** What is written down about a review. It only grows. */
export interface ReviewDocument {
  readonly about: string;
  readonly notifier: string;
  /** The area that it is of, where that was said: figures are counted by it, and nothing else follows from it. */
  readonly areaId?: string;
  /** Organisations that have duties of their own. */
  readonly parties: readonly string[];
  /** Raised when a step begins a part of the life cycle again: what was confirmed before no longer counts. */
  readonly round: number;
  readonly facts: readonly DatedFact[];
  readonly notices: readonly Notice[];
  readonly confirmations: readonly Confirmation[];
  readonly pauses: readonly ReviewPause[];
  readonly extensions: readonly ReviewExtension[];
  readonly allowedDates: readonly AllowedDates[];
  /** Absent from reviews that began before there were any. */
  readonly panel?: readonly PanelMember[];
  readonly meetings?: readonly PanelMeeting[];
  readonly plannedMeetings?: readonly PlannedMeeting[];
  readonly apologies?: readonly Apology[];
  readonly terms?: readonly TermsVersion[];
  readonly scoping?: readonly ScopingRequest[];
  readonly returns?: readonly ScopingReturn[];
  readonly scopingSteps?: readonly ScopingStep[];
  readonly managementReviews?: readonly ManagementReview[];
  readonly managementSteps?: readonly ManagementStep[];
  readonly complaints?: readonly Complaint[];
  readonly appeals?: readonly Appeal[];
  readonly appealDecisions?: readonly AppealDecision[];
  /** Letters to whoever applied; what they say is kept apart. */
  readonly outcomeLetters?: readonly LetterBrief[];
  readonly letterSendings?: readonly LetterSending[];
  readonly links?: readonly ReviewLink[];
  readonly kindMoves?: readonly KindMove[];
  readonly kindTests?: readonly KindTest[];
  /** How often who is protected was changed. Files are scanned for those of one such number. */
  readonly mapped?: number;
  readonly releases?: readonly ReleaseBrief[];
  /** What was about the family, in codes: the log itself is for fewer. */
  readonly family?: readonly FamilyBrief[];
  /** How often the combined chronology was added to or joined. A frozen version is of one such number. */
  readonly chronologyChanges?: number;
  readonly chronologies?: readonly FrozenChronology[];
  readonly submissions?: readonly Submission[];
  readonly letters?: readonly QualityLetter[];
  readonly qualityAnswers?: readonly QualityAnswer[];
  readonly publications?: readonly PublicationRecord[];
  readonly copies?: readonly CentralCopy[];
  readonly copyReceipts?: readonly CopyReceipt[];
}

/** A decision record (§5). It is never changed: a later one supersedes it. */
export interface Decision extends Recorded {
  readonly number: number;
  /** The round in which it was taken: a part of the life cycle that begins again wants a decision of its own. */
  readonly round: number;
  readonly outcome: string;
  readonly legalBasis: string;
  readonly criteria: readonly { readonly code: string; readonly answer: CriterionAnswer; readonly evidence: string }[];
  readonly decider: string;
  readonly deciderRole: string;
  readonly decidedOn: string;
  readonly consulted: readonly {
    readonly code: string;
    readonly who: string;
    /** Whom of them was asked, and on which day; absent from older records, null when nobody wrote it down. */
    readonly person?: string | null;
    readonly on?: string | null;
    readonly view: string | null;
    readonly noReply: boolean;
  }[];
  readonly alternatives: string | null;
  readonly dissent: string | null;
  readonly rationale: string;
  readonly conflicts: string;
  /** The day on which it is looked at again; null when none is set, absent from older records. */
  readonly reviewOn?: string | null;
  /** Who challenged an earlier decision, and what came of it. */
  readonly challenge?: string | null;
  readonly supersedes: number | null;
  /** Agencies that were asked what they know and had not answered when it was kept; absent from older records. */
  readonly unanswered?: readonly UnansweredAgency[];
}

/** An agency without whose answer something was decided. */
export interface UnansweredAgency {
  readonly orgId: string;
  /** The day by which it was to answer. */
  readonly dueOn: string;
  /** Who decided to go on without it, and why; null where nobody had. */
  readonly decider: string | null;
  readonly reason: string | null;
}

/** Somebody who is named to see a review. */
export interface ReviewMember {
  readonly userId: string;
  readonly orgId: string;
  readonly seat: string;
}

export interface ReviewRecord {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly ownerOrg: string;
  readonly kind: { readonly code: string; readonly version: number; readonly digest: string };
  readonly state: string;
  readonly document: ReviewDocument;
  /** Oldest first. */
  readonly decisions: readonly Decision[];
  /** In the order of their numbers. */
  readonly recommendations: readonly RecommendationBrief[];
}

/** The decision in force: the last. */
export const decisionOf = ({ decisions }: Pick<ReviewRecord, 'decisions'>): Decision | undefined => decisions.at(-1);

/** Every date that was given for something, the one now believed last. */
export function datesOf(
  { facts }: Pick<ReviewDocument, 'facts'>,
  code: string,
  party: string | null = null,
): DatedFact[] {
  return facts.filter((f) => f.code === code && f.party === party);
}

/** The date that is believed now. */
export const dateOf = (
  document: Pick<ReviewDocument, 'facts'>,
  code: string,
  party: string | null = null,
): KnownDate | undefined => datesOf(document, code, party).at(-1)?.date;

/** The dates of a review with one that something else gives, unless the kind has no such date or somebody has recorded it. Pure. */
export function datedBy(
  kind: { readonly facts: readonly { readonly code: string }[] },
  { facts }: Pick<ReviewDocument, 'facts'>,
  code: string | undefined,
  date: string,
  by: Recorded,
): readonly DatedFact[] {
  if (code === undefined || !kind.facts.some((f) => f.code === code)) return facts;
  if (facts.some((f) => f.code === code)) return facts;
  return [...facts, { code, date, party: null, approximate: false, reason: null, ...by }];
}

/** Pauses that run on a civil day. */
export const runningPauses = ({ pauses }: ReviewDocument): ReviewPause[] => pauses.filter((p) => p.to === null);
