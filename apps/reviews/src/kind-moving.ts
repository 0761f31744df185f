import { RuleBroken } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';
import type { ReviewRecord } from './review';

/** That a review follows another version of its kind from then on, and who approved it. It is never taken back. */
export interface KindMove {
  readonly from: number;
  readonly to: number;
  /** The office that approved it, as the review's decider has it. */
  readonly approver: string;
  readonly approvedOn: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

type Moving = Pick<ReviewRecord, 'state' | 'document' | 'decisions'>;

/** movingLacks names what a review holds and another version of its kind has no place for, by its code. Pure. */
export function movingLacks(to: ReviewKind, { state, document, decisions }: Moving): string[] {
  const lost = (held: readonly string[], known: readonly { readonly code: string }[]): string[] =>
    [...new Set(held)].filter((code) => !known.some((k) => k.code === code));
  return [
    ...lost([state], to.states),
    ...lost(
      document.facts.map(({ code }) => code),
      to.facts,
    ),
    ...lost(
      document.notices.map(({ code }) => code),
      to.notices,
    ),
    ...lost(
      document.extensions.map(({ clock }) => clock),
      to.clocks,
    ),
    ...lost(
      document.pauses.map(({ reason }) => reason),
      to.pauses.map(({ reason }) => ({ code: reason })),
    ),
    ...lost(
      decisions.map(({ outcome }) => outcome),
      to.outcomes,
    ),
  ];
}

/**
 * demandMove lets a review move on to the version of its kind that is in force, when nothing of it would be lost. Pure.
 * @throws RuleBroken `review.kind-not-later` when it follows that version or a later one, or another was meant
 * @throws RuleBroken `review.kind-does-not-fit` with the codes for which the version has no place
 */
export function demandMove(
  from: Pick<ReviewKind, 'version'>,
  to: ReviewKind | undefined,
  meant: number,
  review: Moving,
): ReviewKind {
  if (!to || to.version <= from.version || to.version !== meant)
    throw new RuleBroken('review.kind-not-later', 'No later version of its kind is in force');
  const lacks = movingLacks(to, review);
  if (lacks.length > 0)
    throw new RuleBroken('review.kind-does-not-fit', 'The version has no place for something that is recorded', {
      reasons: lacks,
    });
  return to;
}
