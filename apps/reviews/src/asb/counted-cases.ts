import { civilDate, rangeOf } from '@concordat/clocks';
import type { CaseEvent, CountedCase } from '../asb-figures';
import { datesOf, type DatedFact, type Decision, type ReviewRecord } from '../review';
import type { ReviewStep } from '../reviews/reviews.repository';

type Step = Pick<ReviewStep, 'fromState' | 'toState' | 'at'>;
const REVIEWED: ReadonlySet<string> = new Set(['MET_MANDATORY', 'MET_DISCRETIONARY', 'REVIEWED_THOUGH_NOT_MET']);

/**
 * countedCase is an ASB case review as the yearly figures see it, by the dates of its events: of what it was asked, of the
 * decision in force in each round, of each panel that was held, of each appeal that reopened it. Pure.
 */
export function countedCase(review: ReviewRecord, steps: readonly Step[]): CountedCase {
  const { document, decisions, recommendations } = review;
  const events: CaseEvent[] = dayOf(datesOf(document, 'application').at(-1), (on) => ({ what: 'application', on }));
  const rounds = [...new Set(decisions.map(({ round }) => round))].sort((a, b) => a - b);
  // What an appeal reopens is asked and decided anew, in the rounds after it.
  const appeals = steps.filter(({ fromState, toState }) => fromState === 'APPEAL' && toState === 'RETURNS');
  const panels = steps.filter(({ fromState, toState }) => fromState === 'PANEL' && toState === 'PLAN');
  for (const [i, round] of rounds.entries()) {
    const appeal = appeals[i - 1];
    if (i > 0 && appeal) events.push(...dayOf(before(document.facts, 'appeal-decided', appeal), reopened));
    const decision = decisions.findLast((d) => d.round === round)!;
    events.push(...decided(decision));
    const next = appeals[i]?.at;
    const panel = panels.find(({ at }) => (!appeal || at > appeal.at) && (next === undefined || at < next));
    if (panel && REVIEWED.has(decision.outcome))
      events.push(
        ...dayOf(before(document.facts, 'panel', panel), (on) => ({
          ...{ what: 'review' as const, on, thoughNotMet: decision.outcome === 'REVIEWED_THOUGH_NOT_MET' },
          recommended: recommendations.length > 0,
        })),
      );
  }
  // One that an appeal has reopened is open again before anybody has decided anew.
  for (const appeal of appeals.slice(Math.max(0, rounds.length - 1)))
    events.push(...dayOf(before(document.facts, 'appeal-decided', appeal), reopened));
  return { reference: review.reference, events };
}

const reopened = (on: string): CaseEvent => ({ what: 'reopened', on });

function decided({ outcome, decidedOn: on }: Decision): CaseEvent[] {
  if (outcome === 'NOT_MET' || outcome === 'REVIEWED_THOUGH_NOT_MET') return [{ what: 'not-met', on }];
  if (outcome === 'WITHDRAWN') return [{ what: 'withdrawn', on }];
  return outcome === 'REDIRECTED' ? [{ what: 'redirected', on }] : [];
}

/** The date that was believed when a step was taken that rests on it; without one, the day of the step. */
function before(facts: readonly DatedFact[], code: string, { at }: Step): { readonly date: string } {
  const known = facts.filter((f) => f.code === code && Date.parse(f.at) <= Date.parse(at)).at(-1);
  return known ?? { date: civilDate(new Date(at)) };
}

/** An event on the first day that a date can mean. */
const dayOf = (fact: { readonly date: string } | undefined, event: (on: string) => CaseEvent): CaseEvent[] =>
  fact ? [event(rangeOf(fact.date).earliest)] : [];
