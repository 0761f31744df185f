import { demand } from '@concordat/access';
import { Forbidden, RecommendationChanged, type Action, type RecommendationChange } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { expectVersion, NotFound, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { dueOf, type RecommendationDocument, type ReviewAction } from '../recommendation';
import * as kept from './recommendations.repository';

/** Who may do something to a recommendation, beside what their role allows. */
export type Party = 'coordinator' | 'owner' | 'lead' | 'second-person';

/** What a change leaves: parts of its document, or one of its actions. */
export interface Change {
  readonly what: RecommendationChange;
  readonly document?: Partial<RecommendationDocument>;
  /** As it is now; kept by whoever made the change. */
  readonly action?: ReviewAction;
}

interface Changed {
  readonly tx: Tx;
  readonly recommendation: kept.KeptRecommendation;
}

/** The one way in which a recommendation is changed: seen by the caller, from the version in force, with a line and an event. */
@Injectable()
export class ChangingRecommendations {
  constructor(private readonly unit: UnitOfWork) {}

  async recommendation(
    call: Call,
    id: string,
    action: Action,
    work: (given: Changed) => Promise<Change> | Change,
    by: Party = 'coordinator',
  ) {
    const done = await this.unit.run({ action, call, objects: [{ t: 'recommendation' as const, id }] }, async (tx) => {
      const stream = await tx.lock(id);
      const was = await kept.visibleRecommendation(tx, id);
      expectVersion(call, 'recommendation', was.version);
      demand(tx.actor, action);
      if (by === 'coordinator' || (by === 'owner' && !ownsIt(tx, was))) demandCoordinator(tx, was.reviewOwner);
      const change = await work({ tx, recommendation: was });
      const now = { ...was, version: was.version + 1, document: { ...was.document, ...change.document } };
      await kept.replaceRecommendation(tx, now);
      await kept.keepRecommendationStep(tx, now, change.what, change.action);
      publish(tx, stream, now, change.what, change.action);
      return { id, version: now.version, ...(change.action ? { state: change.action.state } : {}) };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** A change of one of its actions; `lead` lets in its lead beside the coordinators. */
  action(
    call: Call,
    ids: { readonly id: string; readonly actionId: string },
    act: Action,
    work: (given: Changed & { readonly action: ReviewAction }) => Promise<ReviewAction> | ReviewAction,
    by: Party = 'coordinator',
    what: RecommendationChange = 'action-moved',
  ) {
    return this.recommendation(
      call,
      ids.id,
      act,
      async ({ tx, recommendation }) => {
        const action = recommendation.actions.find((a) => a.id === ids.actionId);
        if (!action) throw new NotFound('review-action');
        if (by === 'lead' && tx.actor.id !== action.leadId) demandCoordinator(tx, recommendation.reviewOwner);
        const now = await work({ tx, recommendation, action });
        await kept.replaceAction(tx, now);
        return { what, action: now };
      },
      by,
    );
  }
}

/** Whether the caller works for the agency that was asked to answer it. */
const ownsIt = (tx: Tx, { ownerOrg, document }: kept.KeptRecommendation): boolean =>
  ownerOrg !== null && tx.actor.orgId === ownerOrg && (document.requests ?? []).length > 0;

export function demandCoordinator(tx: Tx, reviewOwner: string): void {
  if (tx.actor.orgId !== reviewOwner || !tx.actor.roles.includes('review-coordinator'))
    throw new Forbidden('recommendation.forbidden', 'You may not do this', ['organisation.not-owner']);
}

export function publish(
  tx: Tx,
  stream: Stream,
  { id, version, reviewId, reviewOwner, level }: kept.KeptRecommendation,
  what: RecommendationChange,
  action?: ReviewAction,
): void {
  stream.publish(RecommendationChanged, {
    ...{ recommendationId: id, reviewId, ownerOrg: reviewOwner, level, what },
    ...(action
      ? { actionId: action.id, leadOrg: action.leadOrg, actionState: action.state, due: dueOf(action).due }
      : {}),
  });
  tx.about({
    objects: [
      { t: 'recommendation', id, ver: String(version) },
      { t: 'review', id: reviewId },
    ],
    decision: what,
  });
}
