import { demand, mayNot } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { appealStanding } from '../appeal-rules';
import { thresholdOf } from '../asb-threshold';
import { checkDates } from '../date-checks';
import { Kinds, labelOf } from '../kinds';
import { isConfirmed, nextWay, waysFrom } from '../lifecycle';
import { lastAsked } from '../management-review';
import { managementStanding } from '../management-rules';
import { openMeetings } from '../panel-meeting';
import { scopingStanding, unansweredAgencies } from '../scoping-rules';
import { isDrafting } from '../release/drafting';
import { clocksOf } from '../review-clocks';
import { dateOf, decisionOf } from '../review';
import { boardRow, headingOf } from './board-row';
import { ListReviewsDto } from './reviews.dto';
import * as kept from './reviews.repository';

/** The coordinator's board, and one review with everything that is known of how it stands. */
@Injectable()
export class ReviewsReading {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: Kinds,
  ) {}

  list(call: Call) {
    return this.unit.read({ action: 'review.list', call }, async (tx) => {
      demand(tx.actor, 'review.list');
      const { limit = 25, cursor } = valid(ListReviewsDto, call.query);
      const page = await kept.reviewsSeen(tx, limit, cursor);
      tx.about({ objects: page.items.map(({ id, version }) => ({ t: 'review', id, ver: String(version) })) });
      const items = [];
      for (const review of page.items)
        items.push(boardRow(await this.kinds.of(tx, review.kind), review, tx.actor.id, civilDate(tx.now)));
      return { ...page, items, may: { register: mayNot(tx.actor, 'review.register') === null } };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'review.view', call, objects: [{ t: 'review', id }] }, async (tx) => {
      const review = await kept.visibleReview(tx, id);
      demand(tx.actor, 'review.view');
      const kind = await this.kinds.of(tx, review.kind);
      const today = civilDate(tx.now);
      const coordinates = mayNot(tx.actor, 'review.advance') === null && tx.actor.orgId === review.ownerOrg;
      tx.about({ objects: [{ t: 'review', id, ver: String(review.version) }], rule: `${kind.code}@${kind.version}` });
      const history = await kept.historyOf(tx, id);
      const members = await kept.membersOf(tx, id);
      const ways = waysFrom(kind, review, tx.actor.id);
      const linkedFrom = await kept.linkedFrom(tx, id);
      tx.about({ objects: linkedFrom.map((l) => ({ t: 'review', id: l.id })) });
      return {
        ...headingOf(kind, review, today),
        ...{ document: review.document, decisions: review.decisions, history, members, ways },
        kindLabels: Object.fromEntries(this.kinds.current(tx.now).map((k) => [k.code, labelOf(k, today)])),
        laterKind: laterVersion(kind, this.kinds.byCode(kind.code, tx.now)),
        ...{ definition: kind, recommendations: review.recommendations, linkedFrom },
        confirmable: kind.guards.filter((guard) => isConfirmed(guard, review)).map(({ code }) => code),
        next: nextWay(ways)?.to ?? null,
        clocks: clocksOf(kind, review.document, today, decisionOf(review)?.outcome),
        dates: checkDates(kind, review.document),
        threshold: thresholdOf(kind, review.document.complaints ?? [], dateOf(review.document, 'application')) ?? null,
        asked: this.kinds.reviewData(kind.code, tx.now)?.title ?? null,
        appeals: appealStanding(kind, review.document, today),
        managementReviews: lastAsked(review.document.managementReviews ?? []).map((m) =>
          managementStanding(review.document, m, today),
        ),
        scoping: lastAsked(review.document.scoping ?? []).map((request) =>
          scopingStanding(kind, review.document, request, today),
        ),
        ...{ unanswered: unansweredAgencies(review.document), openMeetings: openMeetings(review.document) },
        agreeable: kind.guards.filter(({ check }) => check === 'terms' || check === 'meeting').map(({ code }) => code),
        may: {
          coordinate: coordinates,
          confirm: mayNot(tx.actor, 'review.confirm') === null,
          seeRelease: mayNot(tx.actor, 'review.view-release') === null && isDrafting(tx, review),
          ...{ as: tx.actor.id, for: tx.actor.orgId },
        },
      };
    });
  }
}

/** The version of its kind that is in force when it is a later one; null when there is none to move to. */
const laterVersion = (kind: ReviewKind, current: ReviewKind | undefined): number | null =>
  current && current.version > kind.version ? current.version : null;
