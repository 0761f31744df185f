import type {
  AbuseKind,
  ActionState,
  ActionStep,
  AgendaItemState,
  FlagState,
  FlagStep,
  MeetingState,
  MeetingStep,
  ReferralStanding,
  ReferralStep,
  ResearchAnswer,
} from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { AdvocateContact, ContactAttempt } from './advocate-contacts';
import type { Done, List } from './lists';
import type { ForumStage, StageBegun } from './forum-stage';
import type { Amendment, MeetingNotice, SummaryNow } from './put-right';
import type { Ballot, Decision, HomeAgency, Observer, Observing, Recorded, Votes } from './votes';

interface Coded {
  readonly code: string;
  readonly title: string;
}
export interface ForumDocument {
  readonly subject: { readonly title: string; readonly hint: string };
  readonly others: { readonly title: string; readonly hint: string; readonly min: number };
  readonly criteria: readonly (Coded & { readonly hint: string })[];
  readonly repeat?: { readonly months: number; readonly definitions: readonly (Coded & { readonly hint: string })[] };
  readonly stages?: readonly ForumStage[];
  readonly order: 'children-first' | 'as-listed';
  readonly review: 'one-off' | 'until-closed';
  readonly emergency?: { readonly noticeMinutes: number; readonly withinHours: number; readonly quorum: number };
  readonly advocate?: { readonly title: string; readonly hint: string };
  readonly consent: 'preferred' | 'norm' | 'for-support';
  readonly homeAgency?: HomeAgency;
  readonly voting?: { readonly moreThanPercent: number; readonly otherwise: 'chair' | 'rejected' };
  readonly statement: string;
  readonly informs: readonly Coded[];
  readonly decisions: readonly Decision[];
}
export interface Forum {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly kindTitle: string;
  readonly members: readonly { readonly orgId: string; readonly people: readonly string[] }[];
  readonly chairs: readonly string[];
  readonly coordinators: readonly string[];
  readonly version: number;
  readonly cadence: string;
  readonly area?: string;
  readonly startsAt: string;
  readonly place: string;
  readonly cutOffDays: number;
  readonly researchDays: number;
  readonly timeBoxMinutes: number;
  readonly quorum: number;
  readonly advocateOrg?: string;
  readonly repeat: { readonly definition: string; readonly anchor: string } | null;
  readonly may: { readonly attend: boolean; readonly lead: boolean; readonly change: boolean };
}
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
/** A flag on an agency's own file after a hearing. */
export interface Flag {
  readonly id: string;
  readonly version: number;
  readonly forumId: string;
  readonly forum: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly otherIds: readonly string[];
  readonly childIds: readonly string[];
  readonly expiresOn: string;
  readonly state: FlagState;
  readonly step: FlagStep | null;
  /** Whether another flag on the same person keeps the file marked. */
  readonly besides: boolean;
}
export interface ReferralsOfCase {
  readonly items: readonly {
    readonly id: string;
    readonly forumId: string;
    readonly subjectId: string;
    readonly at: string;
    readonly repeat: { readonly repeat: boolean } | null;
    readonly waiting: boolean;
    readonly heldOn: string | null;
    readonly state: AgendaItemState | null;
    readonly orgId: string;
    readonly version: number;
    readonly standing: ReferralStanding;
    readonly steps: readonly {
      readonly step: ReferralStep | 'transfer';
      readonly words: string;
      readonly advice: string | null;
      readonly byId: string;
      readonly orgId: string;
      readonly at: string;
    }[];
    readonly may: readonly ReferralStep[];
    readonly stages: readonly StageBegun[];
    /** Stages that the visitor may put on record as begun. */
    readonly begin: readonly Coded[];
    /** Whether the visitor may call a meeting out of the rhythm for it. */
    readonly emergency: boolean;
    /** Whether the visitor may transfer it to the forum of another area. */
    readonly transfer: boolean;
    readonly fromForum: string | null;
  }[];
  readonly people: readonly string[];
  readonly forums: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: string;
    readonly document: ForumDocument;
    /** What the forum's return counts, each asked by a question of its own. */
    readonly characteristics: readonly (Coded & { readonly question: string })[];
    readonly members: readonly { readonly orgId: string; readonly inCase: boolean }[];
    readonly leadInCase: boolean;
    /** Whether the visitor's agency is of a kind that refers to it. */
    readonly mayRefer: boolean;
    /** Agencies that can be the one for the area where the person lives; none where that is not asked. */
    readonly homes: readonly string[];
    /** Who speaks with the person harmed before the meeting. */
    readonly advocate: { readonly orgId: string; readonly inCase: boolean } | null;
  }[];
  /** Of the visitor's agency. */
  readonly flags: readonly Omit<Flag, 'forum' | 'step'>[];
  readonly grounds: readonly Coded[];
  readonly may: { readonly refer: boolean };
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
  readonly items: readonly (AgendaItem & { readonly returned: readonly string[] })[];
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
    readonly presence: ItemView['presence'];
    readonly research: readonly Research[];
    readonly actions: readonly ConferenceAction[];
    readonly ballots: readonly Ballot[];
    readonly observed: readonly Observing[];
    /** What was put right since they were issued; what is only proposed for whoever leads alone. */
    readonly amendments: readonly Amendment[];
  };
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
  readonly notShown: number;
  readonly may: Readonly<Record<'approve' | 'issue' | 'correct' | 'amend' | 'answer', boolean>>;
}
/** What is asked of an agency's actions. */
export interface ActionQuery {
  readonly only?: string;
  readonly forum?: string;
  readonly sort?: string;
  readonly cursor?: string;
}
interface Sending {
  readonly key?: string;
  readonly version?: number;
}

/** Forums and their meetings, as pages ask the risk context for them. */
@Injectable()
export class Conferences {
  constructor(private readonly apis: Apis) {}

  /** With the kinds that can be set up, and the areas whose population is known. */
  allForums(asking: Asking): Promise<{
    readonly items: readonly Forum[];
    readonly kinds: readonly (Coded & { readonly repeat: ForumDocument['repeat'] | null })[];
    readonly areas: readonly Coded[];
    readonly may: { readonly setUp: boolean };
  }> {
    return this.apis.get(asking, 'risk', '/forums');
  }

  /** For the visitor's own calendar. */
  calendar(asking: Asking, id: string): Promise<{ readonly text: string; readonly method: 'REQUEST' | 'CANCEL' }> {
    return this.apis.get(asking, 'risk', `/meetings/${id}/calendar`);
  }

  async forums(asking: Asking): Promise<readonly Forum[]> {
    return (await this.apis.get<{ items: Forum[] }>(asking, 'risk', '/forums')).items;
  }

  forum(
    asking: Asking,
    id: string,
  ): Promise<
    Forum & {
      readonly document: ForumDocument;
      readonly counted: boolean;
      readonly versions: readonly {
        readonly version: number;
        readonly settings: Readonly<Record<string, unknown>>;
        readonly changedBy: string;
        readonly changedAt: string;
      }[];
    }
  > {
    return this.apis.get(asking, 'risk', `/forums/${id}`);
  }

  meetings(
    asking: Asking,
    forumId: string,
  ): Promise<{ items: readonly MeetingOfForum[]; suggested: string | null; may: { plan: boolean } }> {
    return this.apis.get(asking, 'risk', `/forums/${forumId}/meetings`);
  }

  referrals(asking: Asking, caseId: string): Promise<ReferralsOfCase> {
    return this.apis.get(asking, 'risk', `/cases/${caseId}/forum-referrals`);
  }

  refer(
    asking: Asking,
    caseId: string,
    body: object,
    key: string,
  ): Promise<Done & { repeat: boolean; listed: boolean }> {
    return this.apis.change(asking, 'POST', 'risk', `/cases/${caseId}/forum-referrals`, { body, key });
  }

  plan(asking: Asking, forumId: string, body: object, key: string): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', `/forums/${forumId}/meetings`, { body, key });
  }

  meeting(asking: Asking, id: string): Promise<MeetingView> {
    return this.apis.get(asking, 'risk', `/meetings/${id}`);
  }

  minutes(asking: Asking, id: string): Promise<Minutes> {
    return this.apis.get(asking, 'risk', `/meetings/${id}/minutes`);
  }

  item(asking: Asking, id: string): Promise<ItemView> {
    return this.apis.get(asking, 'risk', `/agenda-items/${id}`);
  }

  notes(asking: Asking, itemId: string): Promise<SummaryNow> {
    return this.apis.get(asking, 'risk', `/agenda-items/${itemId}/notes`);
  }

  async flags(asking: Asking): Promise<readonly Flag[]> {
    return (await this.apis.get<{ items: Flag[] }>(asking, 'risk', '/forum-flags')).items;
  }

  actions(asking: Asking, query: ActionQuery): Promise<List<ConferenceAction>> {
    return this.apis.get(asking, 'risk', '/conference-actions', { ...query });
  }

  action(asking: Asking, id: string): Promise<ConferenceAction> {
    return this.apis.get(asking, 'risk', `/conference-actions/${id}`);
  }

  /** `what` is the rest of its address under `/api/risk`. */
  post(asking: Asking, what: string, body: object, sending: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'risk', what, { body, ...sending });
  }

  put(asking: Asking, what: string, body: object, version: number, key?: string): Promise<Done> {
    return this.apis.change(asking, 'PUT', 'risk', what, { body, version, ...(key ? { key } : {}) });
  }
}
