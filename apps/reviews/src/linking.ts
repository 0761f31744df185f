import { RuleBroken } from '@concordat/contracts';
import type { ReviewDocument, ReviewLink } from './review';

/**
 * demandLink refuses what says the same again, and that two reviews are taken in by each other. Pure.
 * @throws RuleBroken `review.linked-already` or `review.joined-circle`
 */
export function demandLink(
  link: Pick<ReviewLink, 'relation' | 'reviewId' | 'reference'>,
  own: ReviewDocument,
  other: ReviewDocument | null,
  ownId: string,
): void {
  if ((own.links ?? []).some((l) => l.relation === link.relation && l.reference === link.reference))
    throw new RuleBroken('review.linked-already', 'This is said already');
  if (link.relation === 'joinedTo' && other?.links?.some((l) => l.relation === 'joinedTo' && l.reviewId === ownId))
    throw new RuleBroken('review.joined-circle', 'The other review is taken in by this one');
}

/** What lacks for a review to be joined to another: that it is said which. Pure. */
export const joiningLacks = ({ links = [] }: ReviewDocument): string[] =>
  links.some(({ relation }) => relation === 'joinedTo') ? [] : ['it is not said which review takes it in'];
