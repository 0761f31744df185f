/** A civil date of the Gregorian calendar, `YYYY-MM-DD`. It has no time and no zone. */
export type CivilDay = string;

/** Milliseconds of a civil day in which the clocks do not change. */
export const DAY = 86_400_000;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * dayNumber counts the civil days since 1970-01-01.
 * Days are counted as integers because a London day may have 23 or 25 hours.
 * @throws RangeError if `day` is not a date that exists, such as 2026-02-29
 */
export function dayNumber(day: CivilDay): number {
  const at = SHAPE.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2026-02-31 as 3 March in some engines, so the day must come back as it went in.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) {
    throw new RangeError(`not a civil date (YYYY-MM-DD): ${day}`);
  }
  return at / DAY;
}

/** civilDay is the inverse of dayNumber. */
export function civilDay(number: number): CivilDay {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** weekday of a day number: 0 is Monday, 6 is Sunday. 1970-01-01 was a Thursday. */
export function weekday(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** addDays is the civil date `count` days later, or earlier when negative. */
export function addDays(day: CivilDay, count: number): CivilDay {
  return civilDay(dayNumber(day) + count);
}

/**
 * addMonths is the same day number `count` months later, or the last day of that month when it has no such day:
 * 31 August + 6 is 28 or 29 February (domain/statutory-reviews.md §3.1 rule 2).
 */
export function addMonths(day: CivilDay, count: number): CivilDay {
  return civilDay(monthsAfter(dayNumber(day), count).number);
}

/**
 * lastDayBeginningWith is the last day of a period of `months` months in which `day` itself is day 1: the day before the
 * same day number, or the last day of a month that lacks it. 5 March + 1 is 4 April; 31 January 2026 + 1 is 28 February
 * (domain/statutory-reviews.md §3.1 rule 1; Police, Crime, Sentencing and Courts Act 2022 s.27(8)).
 */
export function lastDayBeginningWith(day: CivilDay, months: number): CivilDay {
  const { number, clamped } = monthsAfter(dayNumber(day), months);
  return civilDay(clamped ? number : number - 1);
}

/** monthsAfter is addMonths on day numbers; `clamped` says that the month was too short for the day number. */
export function monthsAfter(number: number, count: number): { number: number; clamped: boolean } {
  const from = new Date(number * DAY);
  const dayOfMonth = from.getUTCDate();
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + count;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return {
    number: Date.UTC(year, month, Math.min(dayOfMonth, length)) / DAY,
    clamped: dayOfMonth > length,
  };
}
