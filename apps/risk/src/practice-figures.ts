import type { ForumStatistics } from '@concordat/packs';
import { rounded } from './forum-figures';

/** What is counted of how a forum keeps to its clocks and what became of its actions, in whole numbers. */
export type PracticeCounts = Readonly<
  Record<
    | 'minutesMet'
    | 'minutesMissed'
    | 'minutesRunning'
    | 'researchMet'
    | 'researchMissed'
    | 'contactMet'
    | 'contactMissed'
    | 'actionsDone'
    | 'actionsNotPossible'
    | 'actionsNotDone'
    | 'actionsOpen',
    number
  >
>;

/** A clock: what was in time, what was not, and what still runs, which counts for neither. */
export interface ClockFigure {
  readonly code: 'minutes' | 'research' | 'contact';
  readonly met: number;
  readonly missed: number;
  readonly running: number;
  /** Per cent of what was met or missed; null where there was nothing yet. */
  readonly compliance: number | null;
}

/** Full-time staff that so many cases need, and that the recommended number of cases would. */
export interface StaffFigure {
  readonly code: string;
  readonly title: string;
  readonly actual: number | null;
  readonly recommended: number | null;
}

/** Clocks of a forum (domain/risk-conferences.md §10). Pure, as everything here. */
export function clocksOf(c: PracticeCounts): ClockFigure[] {
  const clock = (code: ClockFigure['code'], met: number, missed: number, running: number): ClockFigure => ({
    ...{ code, met, missed, running, compliance: rounded(met * 100, met + missed) },
  });
  return [
    clock('minutes', c.minutesMet, c.minutesMissed, c.minutesRunning),
    clock('research', c.researchMet, c.researchMissed, 0),
    clock('contact', c.contactMet, c.contactMissed, 0),
  ];
}

/** What became of actions: of all, and of those that were possible. */
export function actionsOf({ actionsDone, actionsNotPossible, actionsNotDone, actionsOpen }: PracticeCounts) {
  const all = actionsDone + actionsNotPossible + actionsNotDone + actionsOpen;
  return {
    ...{ done: actionsDone, notPossible: actionsNotPossible, notDone: actionsNotDone, open: actionsOpen },
    ofAll: rounded(actionsDone * 100, all),
    ofPossible: rounded(actionsDone * 100, all - actionsNotPossible),
  };
}

/** Each rounded once, from raw counts: a recommended number of cases is not rounded before it is divided. */
export const staffOf = (
  { staffing = [], measure }: Pick<ForumStatistics, 'staffing' | 'measure'>,
  cases: number | null,
  population: number | null,
): StaffFigure[] =>
  staffing.map(({ code, title, casesPerYear }) => ({
    ...{ code, title, actual: cases === null ? null : rounded(cases, casesPerYear) },
    recommended:
      measure && population !== null ? rounded(population * measure.recommended, measure.per * casesPerYear) : null,
  }));
