import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { Forbidden, ReviewChanged, type Action, type ReviewChange } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import { expectVersion, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Kinds } from '../kinds';
import { decisionOf, type ReviewDocument, type ReviewRecord } from '../review';
import { toldOf } from '../review-clocks';
import { keepStep, replaceReview, visibleReview } from './reviews.repository';

/** What a change leaves: parts of the document, perhaps another state. */
export interface Change {
  readonly what: ReviewChange;
  readonly document?: Partial<ReviewDocument>;
  readonly state?: string;
  readonly reason?: string | null;
  /** The version of its kind that it follows from now on. */
  readonly kind?: ReviewKind;
}

export interface Changed {
  readonly tx: Tx;
  readonly review: ReviewRecord;
  readonly kind: ReviewKind;
}

/**
 * The one way in which a review is changed: seen by the caller, from the version in force, by whoever may, with a line of
 * its history, an event and an act.
 */
@Injectable()
export class Changing {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  /** `named` lets in those who are named to see the review; otherwise only its agency's coordinators. */
  async review(
    call: Call,
    id: string,
    action: Action,
    work: (given: Changed) => Promise<Change> | Change,
    { named = false } = {},
  ) {
    const act = { action, call, objects: [{ t: 'review' as const, id }] };
    const done = await this.unit.run(act, async (tx) => {
      const stream = await tx.lock(id);
      const was = await visibleReview(tx, id);
      expectVersion(call, 'review', was.version);
      demand(tx.actor, action);
      if (!named && tx.actor.orgId !== was.ownerOrg)
        throw new Forbidden('review.forbidden', 'You may not do this', ['organisation.not-owner']);
      const kind = await this.kinds.of(tx, was.kind);
      const change = await work({ tx, review: was, kind });
      const follows = change.kind ?? kind;
      if (change.kind) await this.kinds.pin(tx, change.kind);
      const review = {
        ...was,
        version: was.version + 1,
        kind: { code: follows.code, version: follows.version, digest: follows.digest },
        state: change.state ?? was.state,
        document: { ...was.document, ...change.document },
      };
      await replaceReview(tx, review);
      await keepStep(tx, review, { what: change.what, from: was.state, reason: change.reason ?? null });
      publish(tx, stream, follows, review, change.what);
      return { id, version: review.version, state: review.state };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

export function publish(
  tx: Tx,
  stream: Stream,
  definition: ReviewKind,
  review: ReviewRecord,
  what: ReviewChange,
): void {
  const { id, version, kind, state, ownerOrg, document } = review;
  stream.publish(ReviewChanged, {
    ...{ reviewId: id, kind: kind.code, kindVersion: kind.version, state, ownerOrg, what },
    ...(document.areaId ? { areaId: document.areaId } : {}),
    ...toldOf(definition, document, civilDate(tx.now), decisionOf(review)?.outcome, state),
  });
  tx.about({
    objects: [{ t: 'review', id, ver: String(version) }],
    rule: `${kind.code}@${kind.version}`,
    decision: what,
  });
}

/** Who does something now, for what is written down of it. */
export const recordedBy = ({ actor, now }: Tx): { by: string; at: string } => ({
  by: actor.id,
  at: now.toISOString(),
});
