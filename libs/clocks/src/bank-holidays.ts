import { civilDay, type CivilDay, DAY, dayNumber, weekday, yearOf } from './civil';

/*
 * Bank holidays of England and Wales: the Banking and Financial Dealings Act 1971 with its substitute days, Good Friday
 * and Christmas Day at common law, New Year's Day since 1974 and the early May day since 1978 by proclamation.
 * Computed, because a library costs 40 ms of start-up and the one at hand leaves out 29 April 2011.
 */
type Proclamation = { readonly gone?: CivilDay; readonly given: readonly CivilDay[] };

/** What the sovereign proclaimed for one year only (London Gazette; gov.uk/bank-holidays). */
const PROCLAIMED: Readonly<Record<number, Proclamation>> = {
  1981: { given: ['1981-07-29'] },
  1995: { gone: '1995-05-01', given: ['1995-05-08'] },
  1999: { given: ['1999-12-31'] },
  2002: { gone: '2002-05-27', given: ['2002-06-03', '2002-06-04'] },
  2011: { given: ['2011-04-29'] },
  2012: { gone: '2012-05-28', given: ['2012-06-04', '2012-06-05'] },
  2020: { gone: '2020-05-04', given: ['2020-05-08'] },
  2022: { gone: '2022-05-30', given: ['2022-06-02', '2022-06-03', '2022-09-19'] },
  2023: { given: ['2023-05-08'] },
};

const FIRST_YEAR = 1978;
const known = new Map<number, ReadonlySet<number>>();

/**
 * bankHolidays lists the days on which banks in England and Wales are closed by law in a year, in order, substitute days
 * in place of the weekend days they stand for. Proclamations later than this release are given by a calendar's
 * `closed` and `opened`.
 * @throws RangeError for a year before 1978, when the present rules began
 */
export function bankHolidays(year: number): CivilDay[] {
  return [...holidayNumbers(year)].sort((a, b) => a - b).map(civilDay);
}

/** isBankHoliday answers for a day number. */
export function isBankHoliday(number: number): boolean {
  return holidayNumbers(yearOf(number)).has(number);
}

function holidayNumbers(year: number): ReadonlySet<number> {
  const found = known.get(year);
  if (found) return found;
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > 9999) {
    throw new RangeError(`bank holidays are known from ${FIRST_YEAR} on, not for ${year}`);
  }
  const easter = easterSunday(year);
  const days = new Set([
    onWorkingWeekday(dayNumber(`${year}-01-01`)),
    easter - 2,
    easter + 1,
    firstMonday(year, 5),
    lastMonday(year, 5),
    lastMonday(year, 8),
    ...christmas(year),
  ]);
  const proclaimed = PROCLAIMED[year];
  if (proclaimed?.gone) days.delete(dayNumber(proclaimed.gone));
  for (const day of proclaimed?.given ?? []) days.add(dayNumber(day));
  known.set(year, days);
  return days;
}

/** A weekend day is made good on the next Monday. */
function onWorkingWeekday(number: number): number {
  return weekday(number) > 4 ? number + 7 - weekday(number) : number;
}

/** Two days together: on a weekend they are made good on Monday and Tuesday, never on the same day. */
function christmas(year: number): [number, number] {
  const first = dayNumber(`${year}-12-25`);
  switch (weekday(first)) {
    case 4: // Friday: Boxing Day falls on Saturday
      return [first, first + 3];
    case 5: // Saturday and Sunday
      return [first + 2, first + 3];
    case 6: // Sunday: Boxing Day keeps Monday, Christmas Day is made good on Tuesday
      return [first + 1, first + 2];
    default:
      return [first, first + 1];
  }
}

function firstMonday(year: number, month: number): number {
  const first = Date.UTC(year, month - 1, 1) / DAY;
  return first + ((7 - weekday(first)) % 7);
}

function lastMonday(year: number, month: number): number {
  const last = Date.UTC(year, month, 0) / DAY;
  return last - weekday(last);
}

/** The Gregorian computus in the anonymous form of 1876 (Meeus, Astronomical Algorithms, ch. 8). */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1) / DAY;
}
