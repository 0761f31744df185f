import type { AgendaItemState, FlagState, FlagStep, ReferralStanding, ReferralStep } from '@concordat/contracts';
import type { ForumBanding } from '../meetings/forum-bandings';
import type { ForumStage, StageBegun } from './forum-stage';
import type { Diverted } from './meetings';
import type { Decision, HomeAgency } from './votes';

export interface Coded {
  readonly code: string;
  readonly title: string;
}
export interface ForumDocument {
  readonly subject: { readonly title: string; readonly hint: string };
  readonly others: { readonly title: string; readonly hint: string; readonly min: number };
  readonly criteria: readonly (Coded & { readonly hint: string; readonly always?: boolean })[];
  readonly repeat?: { readonly months: number; readonly definitions: readonly (Coded & { readonly hint: string })[] };
  readonly stages?: readonly ForumStage[];
  readonly order: 'children-first' | 'as-listed';
  readonly review: 'one-off' | 'until-closed';
  readonly emergency?: { readonly noticeMinutes: number; readonly withinHours: number; readonly quorum: number };
  readonly advocate?: { readonly title: string; readonly hint: string };
  readonly consent: 'preferred' | 'norm' | 'for-support';
  readonly diverts?: readonly {
    readonly code: string;
    readonly question: string;
    readonly to: string;
    readonly words: string;
  }[];
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
  readonly bandings?: readonly ForumBanding[];
  readonly repeat: { readonly definition: string; readonly anchor: string } | null;
  readonly may: { readonly attend: boolean; readonly lead: boolean; readonly change: boolean };
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
    /** Of one that was heard and comes back: not before this day. */
    readonly waitsUntil: string | null;
    readonly heldOn: string | null;
    readonly state: AgendaItemState | null;
    readonly orgId: string;
    readonly version: number;
    readonly standing: ReferralStanding;
    readonly diverts: readonly Diverted[];
    readonly steps: readonly {
      readonly step: ReferralStep | 'transfer';
      readonly words: string;
      readonly advice: string | null;
      readonly byId: string;
      readonly orgId: string;
      readonly at: string;
    }[];
    readonly may: readonly ReferralStep[];
    /** Of one that is merged: the referral that stays. */
    readonly mergedInto: string | null;
    /** Referrals about the same matter into which it may be merged. */
    readonly into: readonly string[];
    readonly stages: readonly StageBegun[];
    /** Stages that the visitor may put on record as begun. */
    readonly begin: readonly Coded[];
    /** Stages beside others whose end the visitor may put on record. */
    readonly end: readonly Coded[];
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
