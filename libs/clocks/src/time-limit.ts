import { type Calendar, stepWorkingDays } from './calendar';
import { civilDay, type CivilDay, dayNumber, monthsAfter } from './civil';

/**
 * The part of a statutory or procedural clock that arithmetic needs (domain/statutory-reviews.md §1 and §3.1).
 * `asap` is never due. `period` is a reporting period of `value` months, counted on from 1 July 2007.
 */
export type TimeLimit = {
  readonly unit: 'month' | 'workingDay' | 'calendarDay' | 'asap' | 'period';
  readonly value?: number;
  /** Whether the anchor is itself day 1 (`beginningWith`) or the day after it is (`after`). */
  readonly mode: 'after' | 'beginningWith';
};

/** A date as far as it is known: `2026`, `2026-03` or `2026-03-05`. */
export type KnownDate = string;

/** The earliest and the latest day that something can be; the same when the date is known to the day. */
export type DayRange = { readonly earliest: CivilDay; readonly latest: CivilDay };

/** A stretch of days that do not count: from `from` to the day before `until`, as day numbers. */
export type Stopped = { readonly from: number; readonly until: number };

/** Working days of England and Wales: Monday to Friday less bank holidays, with no forum's own closures. */
export const ENGLAND_AND_WALES: Calendar = { id: 'england-and-wales', bankHolidays: 'england-and-wales', hours: {} };

/** Consecutive three-month periods began on 1 July 2007 (SI 2007/1831 reg 3). */
const PERIODS_FROM = { year: 2007, month: 6 };
const MOST_UNITS = 10_000;

/**
 * rangeOf is the earliest and latest day of a date that may be known to the month or the year only.
 * @throws RangeError if there is no such date
 */
export function rangeOf(date: KnownDate): DayRange {
  if (date.length === 10) {
    dayNumber(date);
    return { earliest: date, latest: date };
  }
  const [first, months] = date.length === 7 ? [`${date}-01`, 1] : [`${date}-01-01`, 12];
  return { earliest: first, latest: civilDay(monthsAfter(dayNumber(first), months).number - 1) };
}

/**
 * dueDay is the last day that is in time, or null for what is only to be done as soon as possible. It ends at 23:59:59 in
 * London (see endOfDay), and is not moved off a weekend. Days that are stopped do not count: a limit in days takes as many
 * more, and one in months is moved by as many calendar days. What stops after the due day has no effect.
 *
 * @param stopped in order, not overlapping
 * @throws RangeError for a value that is no whole number of at least 1, and for working days that begin with the anchor,
 *   which mean nothing (§3.1 rule 3: day 1 is the next working day)
 */
export function dueDay(
  limit: TimeLimit,
  anchor: CivilDay,
  stopped: readonly Stopped[] = [],
  calendar: Calendar = ENGLAND_AND_WALES,
): CivilDay | null {
  if (limit.unit === 'asap') return null;
  const { value = 0 } = limit;
  if (!Number.isInteger(value) || value < 1 || value > MOST_UNITS)
    throw new RangeError(`a time limit counts whole units from 1 to ${MOST_UNITS}, not ${limit.value}`);
  const from = dayNumber(anchor);
  switch (limit.unit) {
    case 'period':
      return civilDay(endOfNextPeriod(from, value));
    case 'workingDay':
      if (limit.mode === 'beginningWith') throw new RangeError('working days are counted from the day after');
      return civilDay(workingDays(from, value, stopped, calendar));
    case 'calendarDay': {
      const last = from + value - (limit.mode === 'beginningWith' ? 1 : 0);
      return civilDay(moved(last, firstDay(limit, from), stopped));
    }
    case 'month': {
      const { number, clamped } = monthsAfter(from, value);
      const last = limit.mode === 'beginningWith' && !clamped ? number - 1 : number;
      return civilDay(moved(last, firstDay(limit, from), stopped));
    }
  }
}

/** dueRange is dueDay of a date that may not be known to the day. */
export function dueRange(
  limit: TimeLimit,
  anchor: KnownDate,
  stopped: readonly Stopped[] = [],
  calendar: Calendar = ENGLAND_AND_WALES,
): DayRange | null {
  const { earliest, latest } = rangeOf(anchor);
  const first = dueDay(limit, earliest, stopped, calendar);
  if (first === null) return null;
  return { earliest: first, latest: earliest === latest ? first : dueDay(limit, latest, stopped, calendar)! };
}

/** moved is a day, later by each stretch that begins before or on it; days before the limit's first do not count. */
export function moved(last: number, first: number, stopped: readonly Stopped[]): number {
  let day = last;
  for (const { from, until } of stopped) {
    if (from > day) break;
    day += Math.max(0, until - Math.max(from, first));
  }
  return day;
}

function firstDay({ mode }: TimeLimit, anchor: number): number {
  return mode === 'beginningWith' ? anchor : anchor + 1;
}

function workingDays(from: number, count: number, stopped: readonly Stopped[], calendar: Calendar): number {
  let day = from;
  for (let left = count; left > 0;) {
    day = stepWorkingDays(day, 1, calendar);
    const stop = stopped.find((s) => s.from <= day && day < s.until);
    if (stop) day = stop.until - 1;
    else left -= 1;
  }
  return day;
}

function endOfNextPeriod(day: number, months: number): number {
  const at = new Date(day * 86_400_000);
  const since = (at.getUTCFullYear() - PERIODS_FROM.year) * 12 + at.getUTCMonth() - PERIODS_FROM.month;
  const next = Math.floor(since / months) + 2;
  return Date.UTC(PERIODS_FROM.year, PERIODS_FROM.month + next * months, 0) / 86_400_000;
}
