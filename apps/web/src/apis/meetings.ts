import type {
  AbuseKind,
  ActionState,
  ActionStep,
  AgendaItemState,
  MeetingState,
  MeetingStep,
  ResearchAnswer,
} from '@concordat/contracts';
import type { AdvocateContact, ContactAttempt } from './advocate-contacts';
import type { Coded, Forum, ForumDocument } from './forums';
import type { Amendment, MeetingNotice } from './put-right';
import type { Ballot, Decision, HomeAgency, Observer, Observing, Recorded, Votes } from './votes';

export interface ListedMeeting {
  readonly id: string;
  readonly state: MeetingState;
  readonly heldOn: string;
  readonly startsAt: string;
  readonly place: string;
  readonly cutOffOn: string;
}
/** One of a forum's list. */
export type MeetingOfForum = ListedMeeting & { readonly emergency: boolean };
export interface Meeting extends ListedMeeting {
  readonly version: number;
  readonly researchBy: string;
  readonly minutesBy: string | null;
  readonly statement: string;
  readonly readBy: string | null;
  readonly readAt: string | null;
  readonly approvedBy: string | null;
  readonly approvedAt: string | null;
  readonly issuedAt: string | null;
  /** Why it could not wait, of a meeting out of the forum's rhythm. */
  readonly emergencyReason: string | null;
  readonly calledBy: string | null;
  readonly calledAt: string | null;
}
/** Whether it is a case that another kind of forum is for, and why it was referred nevertheless. */
export interface Diverted {
  readonly code: string;
  readonly applies: boolean;
  readonly reason: string;
}
export interface AgendaItem {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly state: AgendaItemState;
  readonly deferReason: string | null;
  readonly openedAt: string | null;
  readonly changedBy: string;
  readonly changedAt: string;
  readonly subjectId: string;
  readonly otherIds: readonly string[];
  readonly childIds: readonly string[];
  readonly referredBy: string;
  readonly referredAt: string;
  readonly criteria: readonly { readonly code: string; readonly evidence: string }[];
  readonly incident: { readonly kind: AbuseKind; readonly on: string } | null;
  readonly repeat: { readonly repeat: boolean; readonly anchor?: string } | null;
  readonly diverts: readonly Diverted[];
  readonly fromForum: string | null;
  readonly homeOrg: string | null;
}
export interface Signature {
  readonly userId: string;
  readonly orgId: string;
  readonly at: string;
}
export interface DeclaredConflict {
  readonly itemId: string;
  readonly userId: string;
  readonly reason: string;
}
export interface Research {
  readonly orgId: string;
  readonly version: number;
  readonly answer: ResearchAnswer;
  readonly words: string;
  readonly informs: readonly string[];
  readonly late: boolean;
  readonly byId: string;
  readonly at: string;
}
/** A case about which the visitor's agency has not answered. */
export interface OwedResearch {
  readonly id: string;
  readonly caseId: string;
  readonly meetingId: string;
  readonly forum: string | null;
  readonly subjectId: string;
  readonly heldOn: string;
  readonly dueOn: string;
  readonly late: boolean;
}
export interface ConferenceAction {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly what: string;
  readonly ownerOrg: string;
  readonly dueOn: string;
  readonly state: ActionState;
  readonly overdue: boolean;
  readonly ended: boolean;
  readonly changedAt: string;
  readonly steps: readonly {
    readonly state: ActionState;
    readonly words: string;
    readonly byId: string;
    readonly orgId: string;
    readonly at: string;
  }[];
  readonly may: readonly ActionStep[];
}
export interface MeetingView {
  readonly meeting: Meeting;
  readonly forum: Pick<Forum, 'id' | 'title' | 'kind' | 'members' | 'chairs'>;
  readonly quorum: number;
  readonly timeBoxMinutes: number;
  readonly signatures: readonly Signature[];
  readonly actionsLeft: readonly ConferenceAction[];
  /** Of each case: agencies that have answered, and how many are asked, which are those that take part in it. */
  readonly items: readonly (AgendaItem & { readonly returned: readonly string[]; readonly asked: number })[];
  readonly diverts: NonNullable<ForumDocument['diverts']>;
  readonly conflicts: readonly DeclaredConflict[];
  /** Null unless the visitor observes the meeting. */
  readonly observing: { readonly signedAt: string | null } | null;
  readonly observers: readonly Observer[];
  /** That it was cancelled or rearranged, the latest first. */
  readonly notices: readonly MeetingNotice[];
  /** The twelve-month list. */
  readonly lapsed: readonly {
    readonly caseId: string;
    readonly subjectId: string;
    readonly expiredOn: string;
    readonly marked: number;
    readonly agencies: number;
  }[];
  readonly hidden: number;
  readonly step: { readonly do: MeetingStep; readonly lacking: string | null } | null;
  readonly may: {
    readonly lead: boolean;
    readonly step: boolean;
    readonly order: boolean;
    readonly observers: boolean;
    readonly cancel: boolean;
    readonly rearrange: boolean;
    readonly sign: boolean;
    readonly readMinutes: boolean;
  };
}
export interface Notes extends Recorded {
  readonly harm: string;
  readonly contributory: string;
  readonly protective: string;
  readonly rationale: string;
  readonly decision: string | null;
}
export interface ItemView {
  /** What the agency that referred has added since. */
  readonly added: readonly string[];
  /** On what referrals of others rested that were merged into it. */
  readonly merged: readonly { readonly orgId: string; readonly evidence: readonly string[] }[];
  readonly item: AgendaItem;
  readonly meeting: Meeting;
  readonly document: ForumDocument;
  readonly timeBoxMinutes: number;
  readonly forum: Pick<Forum, 'id' | 'title'>;
  /** The forum of another area that it was transferred from. */
  readonly origin: string | null;
  readonly notes: Notes | null;
  readonly summary: { readonly version: number; readonly by: string | null; readonly at: string | null };
  readonly openFor: number | null;
  /** The day of the next meeting by the forum's recurrence, when it is still to come: by then actions are asked about. */
  readonly nextOn: string | null;
  readonly members: readonly { readonly orgId: string; readonly inCase: boolean }[];
  readonly presence: readonly { readonly userId: string; readonly orgId: string; readonly present: boolean }[];
  readonly signatures: readonly Signature[];
  readonly conflicts: readonly DeclaredConflict[];
  readonly research: readonly Research[];
  readonly returned: readonly { readonly orgId: string; readonly late: boolean; readonly at: string }[];
  /** Contact before the meeting: where it stands, and what was said as far as the visitor may know it. */
  readonly contact: {
    readonly orgId: string;
    readonly state: AdvocateContact['state'];
    readonly lastAt: string | null;
    readonly attempts: readonly ContactAttempt[];
  } | null;
  readonly shares: readonly {
    readonly toOrg: string;
    readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
    readonly reasons: readonly string[];
  }[];
  readonly actions: readonly ConferenceAction[];
  readonly homes: readonly string[];
  readonly observers: readonly Observing[];
  readonly votes: Votes | null;
  readonly next: string | null;
  readonly may: Readonly<
    Record<
      'lead' | 'signed' | 'research' | 'defer' | 'open' | 'note' | 'hear' | 'propose' | 'nameHome' | 'admit',
      boolean
    >
  >;
}
export type MinutedItem = AgendaItem &
  Notes & {
    readonly heardAt: string | null;
    readonly presence: ItemView['presence'];
    readonly research: readonly Research[];
    readonly actions: readonly ConferenceAction[];
    readonly ballots: readonly Ballot[];
    readonly observed: readonly Observing[];
    /** What was put right since they were issued; what is only proposed for whoever leads alone. */
    readonly amendments: readonly Amendment[];
  };
/** What a panel that votes decided about a case, beside what its minutes say of it. */
export interface DecisionRecord {
  readonly source: string;
  readonly grounds: readonly { readonly title: string; readonly evidence: string }[];
  readonly members: readonly { readonly userId: string; readonly orgId: string }[];
  readonly quorum: {
    readonly needed: number;
    readonly present: number;
    readonly home: { readonly title: string; readonly orgId: string | null; readonly present: boolean } | null;
  };
  readonly voting: {
    readonly moreThanPercent: number;
    readonly otherwise: 'chair' | 'rejected';
    readonly source: string;
  };
  readonly against: readonly string[];
  readonly abstained: readonly string[];
  readonly chair: string | null;
  readonly title: string;
  readonly record: string | null;
  readonly again: boolean;
}
export interface DecisionRead extends Minutes {
  readonly item: MinutedItem;
  readonly record: DecisionRecord;
}
export interface Minutes {
  readonly meeting: Meeting;
  readonly forum: Pick<Forum, 'id' | 'title' | 'kind'>;
  readonly items: readonly MinutedItem[];
  readonly decisions: readonly Decision[];
  readonly homeAgency: HomeAgency | null;
  readonly observers: readonly Observer[];
  readonly informs: readonly Coded[];
  readonly signatures: readonly Signature[];
  readonly conflicts: readonly DeclaredConflict[];
  readonly actionsLeft: readonly ConferenceAction[];
  /** Whether its members vote: then each decision has a record of its own. */
  readonly votes: boolean;
  readonly notShown: number;
  readonly may: Readonly<Record<'approve' | 'issue' | 'correct' | 'amend' | 'answer', boolean>>;
}
