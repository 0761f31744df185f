/** A civil date of the Gregorian calendar, `YYYY-MM-DD`. It has no time and no zone. */
export type CivilDay = string;

/** Milliseconds of a civil day in which the clocks do not change. */
export const DAY = 86_400_000;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days of a common year before each month. */
const BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
/** Days of 400 years of the Gregorian calendar, after which it repeats itself. */
const ERA = 146_097;
/** 1 March of the year 0, and the days for which a civil date has four digits of year. */
const MARCH_0 = -719_468;
const [FIRST, LAST] = [-719_528, 2_932_896];

/** 1 January 1970, counted from 400 years before the year 1. */
const EPOCH = 865_259;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const lengthOf = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);

/** The day number of a year, month and day that exist. Whole numbers only, because this is asked a million times over. */
function numberOf(year: number, month: number, day: number): number {
  // 400 years on, so that no division is of a negative number; `| 0` takes the whole part.
  const past = year + 399;
  const leaps = (past >> 2) - ((past / 100) | 0) + ((past / 400) | 0);
  const within = (BEFORE[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
  return past * 365 + leaps + within - EPOCH;
}

type Parts = { readonly year: number; readonly month: number; readonly day: number };

/** The year, month and day of a day number (H. Hinnant, chrono-Compatible Low-Level Date Algorithms). */
function partsOf(number: number): Parts {
  if (!(number >= FIRST && number <= LAST)) throw new RangeError(`not a day of the years 0 to 9999: ${number}`);
  const since = number - MARCH_0 + ERA;
  const era = (since / ERA) | 0;
  const ofEra = since - era * ERA;
  const yearOfEra = ((ofEra - ((ofEra / 1460) | 0) + ((ofEra / 36_524) | 0) - ((ofEra / 146_096) | 0)) / 365) | 0;
  const ofYear = ofEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const fromMarch = ((5 * ofYear + 2) / 153) | 0;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: ofYear - (((153 * fromMarch + 2) / 5) | 0) + 1 };
}

/** yearOf a day number. */
export const yearOf = (number: number): number => partsOf(number).year;

/**
 * dayNumber counts the civil days since 1970-01-01.
 * Days are counted as integers because a London day may have 23 or 25 hours.
 * @throws RangeError if `day` is not a date that exists, such as 2026-02-29
 */
export function dayNumber(day: CivilDay): number {
  if (SHAPE.test(day)) {
    const [year, month, date] = [+day.slice(0, 4), +day.slice(5, 7), +day.slice(8, 10)];
    if (date >= 1 && date <= lengthOf(year, month)) return numberOf(year, month, date);
  }
  throw new RangeError(`not a civil date (YYYY-MM-DD): ${day}`);
}

/**
 * civilDay is the inverse of dayNumber.
 * @throws RangeError for a day whose year has not four digits
 */
export function civilDay(number: number): CivilDay {
  const { year, month, day } = partsOf(number);
  const leading = year >= 1000 ? '' : year >= 100 ? '0' : year >= 10 ? '00' : '000';
  return `${leading}${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
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
  const { year, month, day } = partsOf(number);
  const index = year * 12 + month - 1 + count;
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const length = lengthOf(y, m);
  return { number: numberOf(y, m, day > length ? length : day), clamped: day > length };
}

/** Whole days from one civil day to another; negative when the second is before the first. */
export const daysBetween = (from: CivilDay, to: CivilDay): number => dayNumber(to) - dayNumber(from);
