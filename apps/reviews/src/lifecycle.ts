import { IllegalTransition, RuleBroken } from '@concordat/contracts';
import type { ReviewGuard, ReviewKind, ReviewTransition } from '@concordat/packs';
import { unanswered, unsettled } from './action-rules';
import { appealLacks, letterSentLacks } from './appeal-rules';
import { chronologyLacks } from './combined-chronology';
import { openDateErrors } from './date-checks';
import { familyLacks } from './family';
import { managementLacks } from './management-rules';
import { chairLacks, isAgreed, panelLacks, termsLack } from './panel-rules';
import { joiningLacks } from './linking';
import { leavingLacks } from './publication-rules';
import { packageLacks } from './release-rules';
import { scopingLacks, unansweredAgencies } from './scoping-rules';
import { datesOf, decisionOf, runningPauses, type ReviewRecord } from './review';

/** What stands between a review and its next state. */
export interface Missing {
  readonly code: string;
  readonly text: string;
  /** What mends it: a date, a decision, a notice, somebody's confirmation; or nothing that can be recorded now. */
  readonly check: ReviewGuard['check'] | 'dates';
}

export interface Way {
  readonly to: string;
  readonly title: string;
  /** Whether a reason must be given: it leaves the usual path. */
  readonly reason: boolean;
  readonly missing: readonly Missing[];
}

/** waysFrom is every step that the kind has from where the review is, with what each still lacks. Pure. */
export function waysFrom(kind: ReviewKind, review: ReviewRecord, who: string): Way[] {
  return kind.transitions
    .filter(({ from }) => from === review.state)
    .map((way) => ({
      to: way.to,
      title: kind.states.find(({ code }) => code === way.to)?.title ?? way.to,
      reason: way.reason ?? false,
      missing: missingFor(kind, review, way, who),
    }));
}

/**
 * nextWay is the step that the review is on its way to: the first of the usual ones whose outcome is not another than was
 * decided. Undefined at the end of its life.
 */
export function nextWay(ways: readonly Way[]): Way | undefined {
  const usual = ways.filter(({ reason }) => !reason);
  return usual.find(({ missing }) => missing.every(({ check }) => check !== 'outcome')) ?? usual[0];
}

/** missingFor names everything that a step still lacks when `who` would take it. Pure; fails closed. */
export function missingFor(kind: ReviewKind, review: ReviewRecord, way: ReviewTransition, who: string): Missing[] {
  const missing = way.guards.flatMap((code): Missing[] => {
    const guard = kind.guards.find((g) => g.code === code);
    if (!guard) return [{ code, text: 'A guard that this kind does not explain', check: 'confirmed' }];
    const more = isMet(kind, review, guard, who);
    return more === null
      ? []
      : [{ code, text: more === '' ? guard.text : `${guard.text}. ${more}`, check: guard.check }];
  });
  const disorder = openDateErrors(kind, review.document).map(({ text }): Missing => ({
    code: 'dates',
    text: `${text}. Correct a date, or say why both are right`,
    check: 'dates',
  }));
  return [...missing, ...disorder];
}

/** Null when nothing is lacking. */
const listed = (lacks: readonly string[]): string | null =>
  lacks.length === 0 ? null : `Not yet: ${lacks.join('; ')}`;

/** Whether somebody can meet a guard by confirming it, as the review stands. Pure. */
export const isConfirmed = ({ check }: ReviewGuard, { document, recommendations }: ReviewRecord): boolean =>
  check === 'confirmed' ||
  check === 'second-person' ||
  (check === 'silence-told' && unansweredAgencies(document).length > 0) ||
  (check === 'management-reviews' && managementLacks(document).asked === 0) ||
  ((check === 'answered' || check === 'actions') && recommendations.length === 0);

/** Null when it is met; else what is to be added to the guard's own words, which may be nothing. */
function isMet(kind: ReviewKind, review: ReviewRecord, guard: ReviewGuard, who: string): string | null {
  const { document } = review;
  const decision = decisionOf(review);
  switch (guard.check) {
    case 'fact': {
      const fact = kind.facts.find(({ code }) => code === guard.fact);
      const parties = fact?.perParty ? document.parties : [null];
      return parties.some((party) => datesOf(document, guard.fact ?? '', party).length > 0) ? null : '';
    }
    case 'decision':
      return decision?.round === document.round ? null : '';
    case 'outcome':
      return decision && guard.outcomes?.includes(decision.outcome) ? null : '';
    case 'notices': {
      if (!decision) return '';
      const due = kind.notices.filter(({ outcomes }) => outcomes.includes(decision.outcome));
      const unsent = due.filter(
        ({ code }) => !document.notices.some((n) => n.code === code && n.decision === decision.number),
      );
      return unsent.length === 0 ? null : `Not yet: ${unsent.map(({ to }) => to).join(', ')}`;
    }
    case 'no-pause': {
      const running = runningPauses(document).filter(({ reason }) => guard.reasons?.includes(reason));
      return running.length === 0 ? null : '';
    }
    case 'answered':
    case 'actions': {
      // That a review makes no recommendation is nothing to compute: a second person confirms it.
      if (review.recommendations.length === 0) {
        const without = isMet(kind, review, { ...guard, check: 'second-person' }, who);
        return without === null ? null : ['There is no recommendation', without].filter(Boolean).join('. ');
      }
      const open = guard.check === 'answered' ? unanswered(review.recommendations) : unsettled(review.recommendations);
      return open.length === 0 ? null : `Not yet: ${open.join(', ')}`;
    }
    case 'chair':
      return listed(chairLacks(document));
    case 'panel':
      return listed(panelLacks(kind.panel, document));
    case 'terms':
      return listed(termsLack(document));
    case 'meeting':
      return isAgreed(document, guard.code) ? null : '';
    case 'scoping': {
      const { asked, open } = scopingLacks(document, guard);
      if (!asked) return 'Nobody is asked yet';
      return open.length === 0 ? null : `${open.length} of them ${open.length === 1 ? 'has' : 'have'} not answered`;
    }
    case 'silence-told': {
      // Where everybody answered there is nothing to tell.
      const silent = unansweredAgencies(document).length;
      if (silent === 0 || isMet(kind, review, { ...guard, check: 'confirmed' }, who) === null) return null;
      return `${silent} of those that were asked ${silent === 1 ? 'has' : 'have'} not answered`;
    }
    case 'management-reviews': {
      const { asked, open } = managementLacks(document);
      // That no agency is to make one is nothing to compute: a second person confirms it.
      if (asked === 0) {
        const without = isMet(kind, review, { ...guard, check: 'second-person' }, who);
        return without === null ? null : ['No agency is asked for one', without].filter(Boolean).join('. ');
      }
      return open === 0 ? null : `${open} of ${asked} ${open === 1 ? 'is' : 'are'} still open`;
    }
    case 'joined':
      return listed(joiningLacks(document));
    case 'release':
      return listed(packageLacks(guard.package ?? [], document));
    case 'kinds-tested':
      return (document.kindTests ?? []).length > 0 ? null : '';
    case 'family':
      return listed(familyLacks(guard.topic, document));
    case 'chronology':
      return listed(chronologyLacks(document));
    case 'appeal-open':
    case 'appeal-decided':
      return appealLacks(guard, document);
    case 'letter-sent':
      return letterSentLacks(guard, document);
    case 'quality':
    case 'submitted':
    case 'letter':
    case 'publication':
    case 'copies':
      return listed(leavingLacks(guard, kind, document) ?? ['a check that this kind does not explain']);
    case 'confirmed':
    case 'second-person': {
      const said = document.confirmations.filter((c) => c.guard === guard.code && c.round === document.round);
      if (guard.check === 'confirmed') return said.length > 0 ? null : '';
      if (said.some(({ by }) => by !== who)) return null;
      return said.length > 0 ? 'Confirmed by you: somebody else must confirm it or take the step' : '';
    }
  }
}

/**
 * takeStep is the state and round after a step.
 * @throws IllegalTransition if the kind has no such step from here
 * @throws RuleBroken `review.guards-missing`, with what is missing as reasons
 */
export function takeStep(
  kind: ReviewKind,
  review: ReviewRecord,
  to: string,
  who: string,
): Pick<ReviewRecord, 'state'> & { readonly round: number; readonly reason: boolean } {
  const way = kind.transitions.find((t) => t.from === review.state && t.to === to);
  if (!way)
    throw new IllegalTransition('review.step-not-open', 'This is not open where the review stands now', review.state);
  const missing = missingFor(kind, review, way, who);
  if (missing.length > 0)
    throw new RuleBroken('review.guards-missing', `Missing: ${missing.map(({ text }) => text).join('; ')}`, {
      reasons: missing.map(({ code }) => code),
    });
  return { state: to, round: review.document.round + (way.again ? 1 : 0), reason: way.reason ?? false };
}
