import type { ReviewKind } from '@concordat/packs';
import type { BoardRow } from '../board';
import { labelOf } from '../kinds';
import { nextWay, waysFrom } from '../lifecycle';
import { decisionOf, runningPauses, type ReviewRecord } from '../review';
import { clocksOf, nextDuty } from '../review-clocks';

/** What a review is called and where it stands, as every page says first. Pure. */
export function headingOf(
  kind: ReviewKind,
  review: Pick<ReviewRecord, 'id' | 'version' | 'reference' | 'ownerOrg' | 'state'>,
  today: string,
) {
  const { id, version, reference, ownerOrg, state } = review;
  return {
    ...{ id, version, reference, ownerOrg, state },
    kind: { code: kind.code, version: kind.version, label: labelOf(kind, today) },
    stateTitle: kind.states.find(({ code }) => code === state)?.title ?? state,
  };
}

/** A review as one line of the board on a civil day, as `who` would take its next step. Pure. */
export function boardRow(kind: ReviewKind, review: ReviewRecord, who: string, today: string): BoardRow {
  const clocks = clocksOf(kind, review.document, today, decisionOf(review)?.outcome);
  const way = nextWay(waysFrom(kind, review, who));
  return {
    ...headingOf(kind, review, today),
    duty: nextDuty(clocks) ?? null,
    overdue: clocks.filter(({ status }) => status === 'overdue').length,
    unanchored: clocks.filter(({ status }) => status === 'unanchored').length,
    pauses: runningPauses(review.document).map(({ reason, from, reviewOn }) => ({
      ...{ reason, from, reviewOn, lookAgain: reviewOn <= today },
      title: kind.pauses.find((p) => p.reason === reason)?.title ?? reason,
    })),
    next: way ? { to: way.to, title: way.title, missing: way.missing.map(({ text }) => text) } : null,
  };
}
