import type { PublicationDecision, PublicationReason, QualityVerdict } from '@concordat/contracts';
import type { Recorded } from './review';

/** That the whole package was sent to the central quality panel, and what was in it. */
export interface Submission extends Recorded {
  readonly number: number;
  readonly round: number;
  readonly sentOn: string;
  readonly how: string;
  readonly receipt: string;
  /** The released files that were sent, by their ids. */
  readonly files: readonly string[];
}

/** A letter of the central quality panel, with its points in the order of their numbers. */
export interface QualityLetter extends Recorded {
  readonly number: number;
  readonly round: number;
  readonly receivedOn: string;
  readonly verdict: QualityVerdict;
  readonly points: readonly string[];
}

/** What was done about a point of a letter (domain/statutory-reviews.md §8, change log). The last counts. */
export interface QualityAnswer extends Recorded {
  readonly letter: number;
  /** From 1. */
  readonly point: number;
  readonly done: boolean;
  readonly response: string;
  /** Where in the report it was changed. */
  readonly location: string | null;
  /** Why it was not done. */
  readonly reason: string | null;
  readonly on: string;
}

/** How much is published, and why not more. A later one supersedes it. */
export interface PublicationRecord extends Recorded {
  readonly number: number;
  readonly decision: PublicationDecision;
  readonly reasons: readonly PublicationReason[];
  readonly text: string | null;
  readonly heldBack: string | null;
  readonly reviewOn: string | null;
  /** What was learnt, for those who may not read the report. */
  readonly learning: string | null;
  readonly decider: string;
  readonly decidedOn: string;
}

/** A copy for a central body: sent, with a receipt. */
export interface CentralCopy extends Recorded {
  readonly code: string;
  readonly sentOn: string;
  readonly how: string | null;
  readonly receipt: string;
  /** The day by which it is to be acknowledged, as was agreed; absent or null when none was. */
  readonly acknowledgeBy?: string | null;
}

/** That a central body acknowledged a copy. The last for a copy counts. */
export interface CopyReceipt extends Recorded {
  /** Which copy, in the order in which they were recorded, from 1. */
  readonly copy: number;
  readonly on: string;
  /** What it was acknowledged by, such as a reference of theirs. */
  readonly reference: string;
}
