import { demand } from '@concordat/access';
import { Forbidden, type Action } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Peers } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { membersSitting } from '../panel';
import { draftsReview } from '../release-rules';
import type { ReviewDocument, ReviewRecord } from '../review';
import { visibleReview } from '../reviews/reviews.repository';

/** Whether the caller coordinates the review or drafts it. */
export const isDrafting = ({ actor }: Tx, { ownerOrg, document }: ReviewRecord): boolean =>
  (actor.orgId === ownerOrg && actor.roles.includes('review-coordinator')) || draftsReview(document, actor.id);

/** Lets through who sees who is protected in a review, and its files before they leave it (§8). */
export function demandDrafting(tx: Tx, review: ReviewRecord): void {
  if (!isDrafting(tx, review)) throw new Forbidden('review.forbidden', 'You may not do this', ['review.not-drafting']);
}

export async function draftedReview(tx: Tx, id: string, action: Action): Promise<ReviewRecord> {
  const review = await visibleReview(tx, id);
  demand(tx.actor, action);
  demandDrafting(tx, review);
  return review;
}

/** Who may be named in what leaves a review: its chair, its author and its panel. */
@Injectable()
export class Nameable {
  constructor(private readonly peers: Peers) {}

  async of(document: ReviewDocument): Promise<string[]> {
    const sitting = membersSitting(document);
    const ids = sitting.flatMap(({ userId }) => userId ?? []);
    const { staff } =
      ids.length === 0
        ? { staff: [] }
        : await this.peers.get<{ staff: readonly { readonly name: string }[] }>(
            'reviews',
            'identity',
            `/staff?ids=${ids.join(',')}`,
          );
    return [...new Set([...sitting.flatMap(({ name }) => name ?? []), ...staff.map(({ name }) => name)])];
  }
}
