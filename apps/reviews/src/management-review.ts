import type { ManagementMove } from '@concordat/contracts';
import type { Recorded, ReviewDocument } from './review';

/** That an agency is asked for an individual management review of what it did (domain/statutory-reviews.md §7). */
export interface ManagementReview extends Recorded {
  readonly id: string;
  readonly round: number;
  readonly orgId: string;
  /** The period that it is to cover. */
  readonly from: string;
  readonly to: string;
  readonly askedOn: string;
  readonly dueOn: string;
}

/** How an agency says that its review was made. The paper itself goes the agency's own way, and is not kept here. */
export interface Submission {
  readonly author: string;
  /** That the author had no part in what is reviewed, and manages nobody who had. */
  readonly independent: boolean;
  readonly signer: string;
  readonly signedOn: string;
  readonly from: string;
  readonly to: string;
  /** Which records were looked through. */
  readonly records: string;
  readonly staffSeen: number;
  /** Who cleared that staff are seen while a criminal case holds interviews up. */
  readonly clearance: string | null;
  /** The version of the terms of reference whose questions it answers. */
  readonly terms: number;
  readonly goodPractice: boolean;
  readonly recommendations: number;
}

/** What whoever reads it finds, beside what can be computed. */
export interface Judgement {
  readonly analysis: boolean;
  readonly smart: boolean;
}

/** One thing that was done with it. Nothing is changed afterwards. */
export interface ManagementStep extends Recorded {
  readonly review: string;
  readonly move: ManagementMove;
  readonly orgId: string | null;
  readonly submission?: Submission;
  readonly judgement?: Judgement;
  /** Why it was returned, waived, refused; to whom it was escalated. */
  readonly reason: string | null;
}

export type ManagementState =
  'requested' | 'inProgress' | 'submitted' | 'returned' | 'accepted' | 'waived' | 'refused' | 'escalated';

export const managementReviewsOf = ({ managementReviews = [], round }: ReviewDocument): ManagementReview[] =>
  managementReviews.filter((m) => m.round === round);

/**
 * lastAsked is what was asked in this round or, where nothing was, in the last that asked anything: a review that a quality panel sends
 * back begins a round, and what was done before it was done. Pure.
 */
export function lastAsked<T extends { readonly round: number }>(all: readonly T[]): T[] {
  const last = Math.max(0, ...all.map(({ round }) => round));
  return all.filter(({ round }) => round === last);
}

export const managementStepsOf = ({ managementSteps = [] }: ReviewDocument, id: string): ManagementStep[] =>
  managementSteps.filter((s) => s.review === id);
