import type {
  ClockForce,
  CriterionAnswer,
  FamilyOutcome,
  FamilyTopic,
  LetterMatter,
  PanelRole,
  PublicationDecision,
  PublicationReason,
  QualityVerdict,
  ReviewChange,
  ReviewRelation,
  ScopingAnswer,
  ScopingMove,
} from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { LetterView, ReviewAppeal } from './answers';
import type { Done, List } from './lists';
import type { ManagementReviewView } from './management-reviews';
import type { KindFinding } from './oversight';
import type { ReviewKind, Said } from './review-kinds';

export type { ReviewKind } from './review-kinds';

interface Range {
  readonly earliest: string;
  readonly latest: string;
}
export interface ReviewClock {
  readonly code: string;
  readonly title: string;
  readonly party: string | null;
  readonly force: ClockForce;
  readonly source: string;
  readonly unit: 'month' | 'workingDay' | 'calendarDay' | 'asap' | 'period';
  readonly value: number | null;
  readonly mode: 'after' | 'beginningWith';
  readonly from: string;
  readonly unset: boolean;
  readonly pauseEffect: 'none' | 'stop' | 'needsExtension';
  readonly approvers: readonly string[];
  readonly status: 'running' | 'met' | 'metLate' | 'overdue' | 'unanchored' | 'notApplicable';
  readonly paused: boolean;
  readonly original: Range | null;
  readonly due: Range | null;
  readonly dates: readonly string[];
  readonly lateAgreed: boolean;
  readonly mayBeLate: boolean;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly days: number }[];
  readonly daysUsed: number | null;
  readonly daysAllowed: number | null;
  readonly daysOverOriginal: number | null;
  readonly formerly: readonly { readonly anchor: string; readonly original: Range | null }[];
  readonly extensions: readonly { readonly new: string; readonly reason: string; readonly agreedOn: string }[];
}
/** What a review is called and where it stands. */
export interface Heading {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly ownerOrg: string;
  readonly state: string;
  readonly stateTitle: string;
  readonly kind: { readonly code: string; readonly version: number; readonly label: string };
}
export interface BoardReview extends Heading {
  readonly duty: ReviewClock | null;
  readonly overdue: number;
  readonly unanchored: number;
  readonly pauses: readonly {
    readonly title: string;
    readonly from: string;
    readonly reviewOn: string;
    readonly lookAgain: boolean;
  }[];
  readonly next: { readonly to: string; readonly title: string; readonly missing: readonly string[] } | null;
}
interface Recorded {
  readonly by: string;
  readonly at: string;
}
export interface ReviewDecision extends Recorded {
  readonly number: number;
  readonly outcome: string;
  readonly legalBasis: string;
  readonly criteria: readonly { readonly code: string; readonly answer: CriterionAnswer; readonly evidence: string }[];
  readonly decider: string;
  readonly deciderRole: string;
  readonly decidedOn: string;
  readonly consulted: readonly {
    readonly code: string;
    readonly who: string;
    /** Absent from older records. */
    readonly person?: string | null;
    readonly on?: string | null;
    readonly view: string | null;
    readonly noReply: boolean;
  }[];
  readonly alternatives: string | null;
  readonly dissent: string | null;
  readonly rationale: string;
  readonly conflicts: string;
  readonly reviewOn?: string | null;
  readonly challenge?: string | null;
  readonly supersedes: number | null;
  /** Absent from older records. */
  readonly unanswered?: readonly UnansweredAgency[];
}
/** An agency that was asked what it knows and had not answered. */
export interface UnansweredAgency {
  readonly orgId: string;
  readonly dueOn: string;
  readonly decider: string | null;
  readonly reason: string | null;
}
export interface ReviewPause extends Recorded {
  readonly id: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly agreedBy: string;
  readonly from: string;
  readonly reviewOn: string;
  readonly to: string | null;
  readonly ending: string | null;
}
export interface PanelMember extends Recorded {
  readonly id: string;
  readonly role: PanelRole;
  readonly seat: string;
  readonly orgId: string | null;
  readonly userId: string | null;
  readonly name: string | null;
  readonly declarations: readonly (Recorded & { readonly statement: string; readonly conflict: boolean })[];
  readonly endedOn: string | null;
}
export interface PanelMeeting extends Recorded {
  readonly id: string;
  readonly on: string;
  readonly present: readonly string[];
  readonly agreed: readonly string[];
  readonly terms: number | null;
  readonly lacked: readonly string[];
  readonly minute: string;
  readonly planned?: string;
  readonly apologies?: readonly string[];
  readonly decisions?: readonly string[];
}
export interface PlannedMeeting extends Recorded {
  readonly id: string;
  readonly on: string;
  readonly time: string;
  readonly place: string;
  readonly agenda: readonly string[];
  readonly calledOff: (Recorded & { readonly reason: string }) | null;
}
export interface Scoping extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly orgId: string;
  readonly askedOn: string;
  readonly dueOn: string;
  readonly answer: ScopingAnswer | null;
  readonly answeredOn: string | null;
  readonly text: string | null;
  readonly status: 'running' | 'overdue' | 'met' | 'metLate' | 'goneOn';
  readonly steps: readonly (Recorded & {
    readonly move: ScopingMove;
    readonly on: string;
    readonly who: string;
    readonly text: string;
  })[];
  /** What can be done about it now. */
  readonly moves: readonly ScopingMove[];
}
export interface ReviewView extends Heading {
  readonly definition: ReviewKind;
  /** The version of its kind that is in force, when it is later than the one that the review follows. */
  readonly laterKind: number | null;
  readonly document: {
    readonly round: number;
    readonly about: string;
    readonly notifier: string;
    readonly areaId?: string;
    readonly parties: readonly string[];
    readonly facts: readonly (Recorded & {
      readonly code: string;
      readonly party: string | null;
      readonly date: string;
      readonly approximate: boolean;
      readonly reason: string | null;
    })[];
    readonly notices: readonly (Recorded & {
      readonly code: string;
      readonly decision: number;
      readonly sentOn: string | null;
      readonly how: string | null;
      readonly receipt: string | null;
      readonly reason: string | null;
    })[];
    readonly confirmations: readonly (Recorded & { readonly guard: string; readonly evidence: string })[];
    readonly pauses: readonly ReviewPause[];
    readonly panel?: readonly PanelMember[];
    readonly meetings?: readonly PanelMeeting[];
    readonly plannedMeetings?: readonly PlannedMeeting[];
    readonly apologies?: readonly (Recorded & {
      readonly meetingId: string;
      readonly memberId: string;
      readonly instead: string | null;
    })[];
    readonly complaints?: readonly (Recorded & {
      readonly id: string;
      readonly behaviourOn: string;
      readonly complainedOn: string;
      readonly complainant: string;
      readonly summary: string;
    })[];
    readonly outcomeLetters?: readonly (Recorded & {
      readonly id: string;
      readonly number: number;
      readonly about: LetterMatter;
    })[];
    readonly letterSendings?: readonly (Recorded & { readonly letter: string; readonly sentOn: string })[];
    readonly kindTests?: readonly (Recorded & { readonly number: number; readonly findings: readonly KindFinding[] })[];
    readonly mapped?: number;
    readonly kindMoves?: readonly (Recorded & {
      readonly from: number;
      readonly to: number;
      readonly approver: string;
      readonly approvedOn: string;
      readonly reason: string;
    })[];
    readonly links?: readonly (Recorded & {
      readonly relation: ReviewRelation;
      readonly reviewId: string | null;
      readonly reference: string;
      readonly note: string;
    })[];
    readonly releases?: readonly (Recorded & {
      readonly id: string;
      readonly artefact: string;
      readonly mapped: number;
      readonly state: 'scanned' | 'released' | 'withdrawn';
    })[];
    readonly submissions?: readonly (Recorded & {
      readonly number: number;
      readonly sentOn: string;
      readonly how: string;
      readonly receipt: string;
      readonly files: readonly string[];
    })[];
    /** What contacts with the family were about, in codes. */
    readonly family?: readonly (Recorded & {
      readonly topic: FamilyTopic;
      readonly outcome: FamilyOutcome;
      readonly on: string;
      readonly against?: boolean;
    })[];
    readonly chronologies?: readonly (Recorded & { readonly number: number; readonly items: number })[];
    readonly letters?: readonly (Recorded & {
      readonly number: number;
      readonly receivedOn: string;
      readonly verdict: QualityVerdict;
      readonly points: readonly string[];
    })[];
    readonly qualityAnswers?: readonly (Recorded & {
      readonly letter: number;
      readonly point: number;
      readonly done: boolean;
      readonly response: string;
      readonly location: string | null;
      readonly reason: string | null;
      readonly on: string;
    })[];
    readonly publications?: readonly (Recorded & {
      readonly decision: PublicationDecision;
      readonly reasons: readonly PublicationReason[];
      readonly text: string | null;
      readonly heldBack: string | null;
      readonly reviewOn: string | null;
      readonly learning: string | null;
      readonly decider: string;
      readonly decidedOn: string;
    })[];
    readonly copies?: readonly (Recorded & {
      readonly code: string;
      readonly sentOn: string;
      readonly receipt: string;
      readonly acknowledgeBy?: string | null;
    })[];
    readonly copyReceipts?: readonly (Recorded & {
      readonly copy: number;
      readonly on: string;
      readonly reference: string;
    })[];
    readonly terms?: readonly (Recorded & { readonly number: number; readonly text: string })[];
  };
  /** The test by the number of complaints; null where there is none. */
  readonly threshold: {
    readonly complaints: readonly { readonly id: string; readonly not: string | null }[];
    readonly qualifying: number;
    readonly needed: number;
    readonly mandatory: boolean;
    readonly defeated: readonly string[];
  } | null;
  readonly appeals: readonly ReviewAppeal[];
  /** What a central body asks of it is called; null where none asks anything. */
  readonly asked: string | null;
  /** What each kind that is in force is called. */
  readonly kindLabels: Readonly<Record<string, string>>;
  readonly managementReviews: readonly ManagementReviewView[];
  readonly scoping: readonly Scoping[];
  readonly unanswered: readonly UnansweredAgency[];
  /** Meetings that are planned and neither held nor called off, the first first. */
  readonly openMeetings: readonly PlannedMeeting[];
  /** Reviews that the visitor may see and that say how they stand to this one. */
  readonly linkedFrom: readonly {
    readonly id: string;
    readonly reference: string;
    readonly relation: ReviewRelation;
  }[];
  /** Guards that a quorate meeting meets when it agrees what they are about. */
  readonly agreeable: readonly string[];
  readonly decisions: readonly ReviewDecision[];
  readonly members: readonly { readonly userId: string; readonly orgId: string; readonly seat: string }[];
  readonly history: readonly {
    readonly what: ReviewChange;
    readonly fromState: string | null;
    readonly toState: string;
    readonly reason: string | null;
    readonly by: string;
    readonly orgId: string;
    readonly at: string;
  }[];
  readonly ways: readonly {
    readonly to: string;
    readonly title: string;
    readonly reason: boolean;
    readonly missing: readonly { readonly code: string; readonly text: string; readonly check: string }[];
  }[];
  readonly next: string | null;
  readonly clocks: readonly ReviewClock[];
  readonly dates: readonly {
    readonly level: 'error' | 'warning';
    readonly text: string;
    readonly earlier?: string;
    readonly later?: string;
    readonly allowed?: string;
  }[];
  /** How many there are is all that the review's own pages ask. */
  readonly recommendations: readonly { readonly number: number }[];
  /** Guards that somebody can meet by confirming them, as the review stands. */
  readonly confirmable: readonly string[];
  readonly may: {
    readonly coordinate: boolean;
    readonly confirm: boolean;
    /** Who is protected, and the files that are to leave. */
    readonly seeRelease: boolean;
    /** Who asks, and for which organisation. */
    readonly as: string;
    readonly for: string | null;
  };
}
export interface ListedKind {
  readonly code: string;
  readonly version: number;
  readonly label: string;
  readonly nations: readonly string[];
  readonly decider: Said;
  readonly local: boolean;
  /** Whether it is begun by an application that a number of complaints is tested for. */
  readonly threshold: boolean;
  readonly clocks: number;
}

/** The key of a form, and the version that it was made from. */
interface Sending {
  readonly key: string;
  readonly version: number;
}

/** Statutory reviews, as pages ask the reviews context for them. */
@Injectable()
export class Reviews {
  constructor(private readonly apis: Apis) {}

  list(asking: Asking, query: { cursor?: string }) {
    return this.apis.get<List<BoardReview> & { may: { register: boolean } }>(asking, 'reviews', '/reviews', query);
  }

  letter(asking: Asking, id: string, letterId: string): Promise<LetterView> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/letters/${letterId}`);
  }

  view(asking: Asking, id: string): Promise<ReviewView> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}`);
  }

  async kinds(asking: Asking): Promise<readonly ListedKind[]> {
    return (await this.apis.get<{ kinds: ListedKind[] }>(asking, 'reviews', '/kinds')).kinds;
  }

  kind(asking: Asking, code: string): Promise<ReviewKind & { label: string }> {
    return this.apis.get(asking, 'reviews', `/kinds/${encodeURIComponent(code)}`);
  }

  register(asking: Asking, body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', '/reviews', { body, key });
  }

  /** A planned meeting for the visitor's own calendar. */
  meetingCalendar(asking: Asking, id: string, meetingId: string): Promise<{ text: string; method: string }> {
    return this.apis.get(asking, 'reviews', `/reviews/${id}/planned-meetings/${meetingId}/calendar`);
  }

  /** `what` is the rest of its address: steps, dates, notices, decisions, pauses, members… */
  record(asking: Asking, id: string, what: string, body: object, { key, version }: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'reviews', `/reviews/${id}/${what}`, { body, key, version });
  }

  releaseMember(asking: Asking, id: string, userId: string, version: number): Promise<Done> {
    return this.apis.change(asking, 'DELETE', 'reviews', `/reviews/${id}/members/${userId}`, { version });
  }
}
