import type { ConsentGiver, DecidedHow, VoteChoice, VoteOutcome } from '@concordat/contracts';

/** The agency for the area where the person lives, of the kind that a forum demands to be there. */
export interface HomeAgency {
  readonly title: string;
  readonly hint: string;
}
/** What a meeting may decide, and what it needs on record. */
export interface Decision {
  readonly code: string;
  readonly title: string;
  readonly record?: { readonly title: string; readonly hint: string };
  readonly needsConsent?: boolean;
  /** Whether the case comes back, and after how many months where the meeting names no day. */
  readonly again: boolean;
  readonly after?: { readonly months: number };
}
/** Something that was put to the vote, with its count among the members that are, or were, there. */
export interface Ballot {
  readonly id: string;
  readonly decision: string;
  readonly putBy: string;
  readonly putAt: string;
  readonly outcome: VoteOutcome | null;
  readonly present: readonly string[] | null;
  readonly votes: readonly { readonly orgId: string; readonly choice: VoteChoice }[];
  readonly count: {
    readonly present: number;
    readonly for: number;
    readonly against: number;
    readonly abstained: number;
    readonly missing: number;
  };
}
export interface Votes {
  /** `result`: what it comes to as it stands; null until every member that is there has voted. */
  readonly ballots: readonly (Ballot & { readonly result: VoteOutcome | null })[];
  readonly may: { readonly put: boolean; readonly voteFor: readonly string[] };
}
/** How a decision came about, and what was put on record with it. */
export interface Recorded {
  readonly recorded: string;
  readonly consentBy: ConsentGiver | null;
  readonly decidedHow: DecidedHow | null;
  /** Of a case that comes back: not before this day. */
  readonly againFrom: string | null;
}
/** Somebody who observes a meeting. */
export interface Observer {
  readonly userId: string;
  readonly orgId: string;
  readonly why: string;
  readonly signedAt: string | null;
}
/** An observer who has signed, and whether they are in the room for a case. */
export interface Observing {
  readonly userId: string;
  readonly orgId: string;
  readonly present: boolean;
}
