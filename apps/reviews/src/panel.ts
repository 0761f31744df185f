import type { PanelRole, ScopingAnswer, ScopingMove } from '@concordat/contracts';
import type { Recorded, ReviewDocument } from './review';

/** What somebody declares of themselves before they sit (domain/statutory-reviews.md §6): no part in what is reviewed. */
export interface Independence extends Recorded {
  readonly statement: string;
  /** Whether they declared a conflict, such as managing staff who were involved. */
  readonly conflict: boolean;
}

/** Somebody who sits on the panel of a review, with or without an account here. */
export interface PanelMember extends Recorded {
  readonly id: string;
  readonly role: PanelRole;
  /** The seat that they fill, such as police; of a kind's essential seats or another. */
  readonly seat: string;
  /** The agency that they sit for; null for somebody independent of all of them. */
  readonly orgId: string | null;
  readonly userId: string | null;
  /** Of somebody who has no account. */
  readonly name: string | null;
  /** The last counts. */
  readonly declarations: readonly Independence[];
  readonly endedOn: string | null;
}

/** A meeting of the panel, with what it lacked to be quorate by the membership of that day. */
export interface PanelMeeting extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly on: string;
  /** Ids of the members who were there. */
  readonly present: readonly string[];
  /** Codes of guards whose subject it agreed: terms, draft. Empty when it was not quorate. */
  readonly agreed: readonly string[];
  /** The version of the terms of reference that it approved. */
  readonly terms: number | null;
  readonly lacked: readonly string[];
  readonly minute: string;
  /** The planned meeting that it was; absent for one that was not planned here. */
  readonly planned?: string;
  /** Ids of the members who had said that they could not come. */
  readonly apologies?: readonly string[];
  /** What it decided beside what guards ask for, one by one. */
  readonly decisions?: readonly string[];
}

/** One version of the terms of reference. It is never changed: another follows it. */
export interface TermsVersion extends Recorded {
  readonly number: number;
  readonly text: string;
}

/** That an agency was asked what it knows, and by when it is to answer. */
export interface ScopingRequest extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly orgId: string;
  readonly askedOn: string;
  readonly dueOn: string;
}

/** What an agency answered, or that it did not. The last counts. */
export interface ScopingReturn extends Recorded {
  readonly requestId: string;
  readonly answer: ScopingAnswer;
  readonly on: string;
  readonly text: string | null;
}

/** What was done about an agency that did not answer in time. */
export interface ScopingStep extends Recorded {
  readonly requestId: string;
  readonly move: ScopingMove;
  readonly on: string;
  /** Who was reminded or asked, by their post; of going on without an answer, who decided it. */
  readonly who: string;
  /** How; of going on without an answer, why. */
  readonly text: string;
}

export const membersSitting = ({ panel = [] }: ReviewDocument, on?: string): PanelMember[] =>
  panel.filter(({ endedOn }) => endedOn === null || (on !== undefined && on < endedOn));

export const returnOf = ({ returns = [] }: ReviewDocument, requestId: string): ScopingReturn | undefined =>
  returns.findLast((r) => r.requestId === requestId);
