import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { actionMoves, latenessOf, movesOf } from '../action-rules';
import { Kinds, labelOf } from '../kinds';
import { answerOf, requestStanding, type ReviewAction } from '../recommendation';
import { visibleReview } from '../reviews/reviews.repository';
import { TrackDto } from './recommendations.dto';
import * as kept from './recommendations.repository';
import { figuresOf, themesSeen, tracked, type TrackedRow } from './tracker.repository';

/** Reads recommendations: one, and all that the caller may see, across all reviews. */
@Injectable()
export class TrackingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'recommendation.list', call }, async (tx) => {
      demand(tx.actor, 'recommendation.list');
      const q = valid(TrackDto, call.query);
      const page = await this.page(tx, q, 25);
      const figures = await figuresOf(tx, q, civilDate(tx.now));
      return { ...page, figures, themes: await themesSeen(tx), kinds: this.labels(tx) };
    });
  }

  /** As the list, to be taken out. */
  export(call: Call) {
    return this.unit.read({ action: 'recommendation.export', call }, (tx) => {
      demand(tx.actor, 'recommendation.export');
      return this.page(tx, valid(TrackDto, call.query), 100);
    });
  }

  view(call: Call, id: string) {
    const act = { action: 'recommendation.view' as const, call, objects: [{ t: 'recommendation' as const, id }] };
    return this.unit.read(act, async (tx) => {
      const recommendation = await kept.visibleRecommendation(tx, id);
      demand(tx.actor, 'recommendation.view');
      const earlier = await kept.visibleAmong(tx, recommendation.repeats);
      const later = await kept.visibleAmong(tx, await kept.repeatedBy(tx, id));
      const seen = [recommendation, ...earlier, ...later];
      tx.about({ objects: seen.map((r) => ({ t: 'recommendation', id: r.id, ver: String(r.version) })) });
      const sees = await kept.seesReview(tx, recommendation.reviewId);
      const asked = tx.actor.orgId === recommendation.ownerOrg && (recommendation.document.requests ?? []).length > 0;
      const coordinate =
        tx.actor.orgId === recommendation.reviewOwner && mayNot(tx.actor, 'recommendation.propose') === null;
      return {
        ...recommendation,
        kind: this.labels(tx)[recommendation.kindCode] ?? recommendation.kindCode,
        answer: answerOf(recommendation),
        actions: recommendation.actions.map((a) => ({
          ...a,
          lateness: latenessOf(a, civilDate(tx.now)),
          may: movesOf(a).filter((move) => {
            const { by } = actionMoves[move];
            if (by === 'coordinator') return coordinate;
            return by === 'lead' ? coordinate || tx.actor.id === a.leadId : sees && !didIt(a, tx.actor.id);
          }),
        })),
        earlier: earlier.map(inBrief),
        later: later.map(inBrief),
        history: await kept.stepsOf(tx, id),
        request: requestStanding(recommendation, civilDate(tx.now)),
        may: {
          ...{ coordinate, seeReview: sees },
          answer: mayNot(tx.actor, 'recommendation.answer') === null && (coordinate || asked),
        },
      };
    });
  }

  /** What a review's own page shows of its recommendations, and what may be linked as a repeat. */
  ofReview(call: Call, reviewId: string) {
    const act = { action: 'recommendation.list' as const, call, objects: [{ t: 'review' as const, id: reviewId }] };
    return this.unit.read(act, async (tx) => {
      await visibleReview(tx, reviewId);
      demand(tx.actor, 'recommendation.list');
      const all = await kept.recommendationsOf(tx, reviewId);
      tx.about({ objects: all.map((r) => ({ t: 'recommendation', id: r.id, ver: String(r.version) })) });
      return {
        items: all.map((r) => ({
          ...inBrief(r),
          ...{ level: r.level, theme: r.theme, ownerOrg: r.ownerOrg, department: r.document.department },
          response: answerOf(r)?.response ?? null,
          actions: r.actions.map((a) => ({ number: a.number, state: a.state, ...latenessOf(a, civilDate(tx.now)) })),
        })),
      };
    });
  }

  private async page(tx: Tx, q: TrackDto, usual: number) {
    const today = civilDate(tx.now);
    const page = await tracked(tx, q, today, q.limit ?? usual);
    tx.about({ objects: page.items.map(({ id, version }) => ({ t: 'recommendation', id, ver: String(version) })) });
    return { ...page, items: page.items.map((row) => this.line(row, today)) };
  }

  private line(row: TrackedRow, today: string) {
    const { action } = row;
    const open = action && ['PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED'].includes(action.state);
    return { ...row, action: action && { ...action, overdue: open === true && action.due < today } };
  }

  private labels(tx: Tx): Record<string, string> {
    const today = civilDate(tx.now);
    return Object.fromEntries(this.kinds.current(tx.now).map((kind) => [kind.code, labelOf(kind, today)]));
  }
}

const didIt = ({ leadId, claims }: ReviewAction, who: string): boolean => leadId === who || claims.at(-1)?.by === who;

const inBrief = ({ id, reference, number, document }: kept.KeptRecommendation) => ({
  ...{ id, reference, number, text: document.text },
});
