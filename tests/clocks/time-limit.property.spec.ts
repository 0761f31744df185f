import { dueDay, type Duty, dutyState, type TimeLimit } from '@concordat/clocks';
import { before, isNaiveWorkingDay, monthsOn, type Naive, next, text } from './naive-calendar';

const DATES = 1_000_000;
/** What a test looks up outside is slow: jest stands between. */
const { imul } = Math;

const UNITS = ['month', 'month', 'workingDay', 'calendarDay'] as const;

/** Numerical Recipes' generator: the same dates on every run, so that a failure can be looked at again. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (imul(state, 1664525) + 1013904223) >>> 0;
    return ((state / 4294967296) * below) | 0;
  };
}

/** A walk through the days of the other calendar, of a limit in days. `stops` says whether a day does not count. */
function walk(limit: TimeLimit, anchor: Naive, stops: (day: Naive) => boolean = () => false): string {
  const { unit, value = 0, mode } = limit;
  const counts = (day: Naive): boolean => !stops(day) && (unit !== 'workingDay' || isNaiveWorkingDay(day));
  let day = mode === 'beginningWith' ? before(anchor) : anchor;
  for (let left = value; left > 0;) {
    day = next(day);
    if (counts(day)) left -= 1;
  }
  return text(day);
}

describe('time limits against another calendar', () => {
  it(`agree on ${DATES.toLocaleString('en-GB')} random dates`, () => {
    const random = randomFrom(20261128);
    const wrong: string[] = [];
    for (let i = 0; i < DATES; i += 1) {
      const [y, m] = [2007 + random(70), 1 + random(12)];
      const anchor = { y, m, d: 1 + random(monthsOn({ y, m, d: 31 }, 0).d) };
      const unit = UNITS[random(4)]!;
      const mode = unit !== 'workingDay' && random(2) === 1 ? 'beginningWith' : 'after';
      const limit: TimeLimit = { unit, mode, value: 1 + random(unit === 'month' ? 13 : 20) };
      const [ours, theirs] = [dueDay(limit, text(anchor)), plain(limit, anchor)];
      if (ours !== theirs && wrong.length < 5)
        wrong.push(`${JSON.stringify(limit)} ${text(anchor)}: ${ours} ${theirs}`);
    }
    expect(wrong).toEqual([]);
  });

  it('agree on 20,000 clocks that up to four pauses stop, overlapping or not', () => {
    const random = randomFrom(7);
    const wrong: string[] = [];
    for (let i = 0; i < 20_000; i += 1) {
      const [y, m] = [2010 + random(20), 1 + random(12)];
      const anchor = { y, m, d: 1 + random(monthsOn({ y, m, d: 31 }, 0).d) };
      const unit = (['month', 'workingDay', 'calendarDay'] as const)[random(3)]!;
      const mode = unit !== 'workingDay' && random(2) === 1 ? 'beginningWith' : 'after';
      const value = 1 + random(unit === 'month' ? 4 : 30);
      const duty: Duty = { unit, mode, value, force: 'local', pausable: ['family'], pauseEffect: 'stop' };
      const pauses = Array.from({ length: random(5) }, () => {
        let from = anchor;
        for (let left = random(60); left > 0; left -= 1) from = next(from);
        let to = next(from);
        for (let left = random(40); left > 0; left -= 1) to = next(to);
        return { reason: 'family' as const, from: text(from), to: text(to) };
      });
      const stops = (day: Naive): boolean => pauses.some((p) => p.from <= text(day) && text(day) < p.to);
      const theirs = stepped(duty, anchor, stops);
      const ours = dutyState(duty, { anchors: [text(anchor)], pauses }, '2045-01-01').due?.latest;
      if (ours !== theirs && wrong.length < 5)
        wrong.push(`${JSON.stringify([unit, mode, value, pauses])} ${text(anchor)}: ${ours} ${theirs}`);
    }
    expect(wrong).toEqual([]);
  });
});

function plain(limit: TimeLimit, anchor: Naive): string {
  if (limit.unit !== 'month') return walk(limit, anchor);
  const on = monthsOn(anchor, limit.value ?? 0);
  return text(limit.mode === 'beginningWith' && !on.short ? before(on) : on);
}

/** As many days that count as there are in the limit without pauses, and working days counted as they come. */
function stepped(limit: TimeLimit, anchor: Naive, stops: (day: Naive) => boolean): string {
  if (limit.unit !== 'month') return walk(limit, anchor, stops);
  const last = plain(limit, anchor);
  const first = limit.mode === 'beginningWith' ? before(anchor) : anchor;
  let length = 0;
  for (let day = first; text(day) < last; day = next(day)) length += 1;
  return walk({ ...limit, unit: 'calendarDay', mode: 'after', value: length }, first, stops);
}
