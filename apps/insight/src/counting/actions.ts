import { civilDate } from '@concordat/clocks';
import { count, latest, monthOf, type Counting } from '../count';
import type { Told } from '../told';

interface Words {
  readonly kind: string;
  readonly state: string;
  readonly due: string;
  readonly agency: string;
  /** States in which it is done as far as its agency goes, and in which it is over without that. */
  readonly done: readonly string[];
  readonly over: readonly string[];
}

/**
 * An action counts by the day on which it is due: an open one by that very day, since whether it is overdue follows from it, and any
 * other in the month of it, as done in time, done late, or ended. By when it was done, not by when that was verified. Pure.
 */
const actionsOf =
  ({ kind, state, due, agency, done, over }: Words): Counting =>
  (told) => {
    const [now, day] = [latest(told, state), latest(told, due)];
    if (now === undefined || day === undefined) return [];
    const place = { kind, agency: latest(told, agency) ?? '' };
    const closed = { ...place, day: monthOf(day) };
    if (over.includes(now)) return [count('action', { ...closed, code: 'ended' })];
    if (!done.includes(now)) return [count('action', { ...place, day, code: 'open' })];
    const at = doneAt(told, (each) => done.includes(each.data[state] ?? now));
    return [count('action', { ...closed, code: civilDate(new Date(at)) <= day ? 'in-time' : 'late' })];
  };

/** The first of the last events in a row that say that it is done. */
function doneAt(told: readonly Told[], isDone: (each: Told) => boolean): string {
  const before = told.findLastIndex((each) => !isDone(each));
  return told[before + 1]!.at;
}

export const ofConferenceAction = actionsOf({
  ...{ kind: 'conference', state: 'state', due: 'dueOn', agency: 'orgId' },
  ...{ done: ['done'], over: ['not-possible', 'not-done'] },
});
export const ofReviewAction = actionsOf({
  ...{ kind: 'review', state: 'actionState', due: 'due', agency: 'leadOrg' },
  ...{ done: ['CLAIMED_DONE', 'VERIFIED', 'CLOSED'], over: ['SUPERSEDED', 'NOT_PURSUED'] },
});
