/*
 * A second calendar for tests, which shares nothing with the first: no Date, no day numbers, no time zone. A day is a year,
 * a month and a day that are written down; the next day is found by looking at how long the month is.
 */
export type Naive = { readonly y: number; readonly m: number; readonly d: number };

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
export const lengthOf = (y: number, m: number): number => (m === 2 && isLeap(y) ? 29 : LENGTHS[m - 1]!);

export function next({ y, m, d }: Naive): Naive {
  if (d < lengthOf(y, m)) return { y, m, d: d + 1 };
  return m === 12 ? { y: y + 1, m: 1, d: 1 } : { y, m: m + 1, d: 1 };
}

export const text = ({ y, m, d }: Naive): string => `${y}-${m < 10 ? '0' : ''}${m}-${d < 10 ? '0' : ''}${d}`;

const SHIFTS = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];

/** Sakamoto's rule: 0 is Sunday. */
export function dayOfWeek({ y, m, d }: Naive): number {
  const year = m < 3 ? y - 1 : y;
  const shift = SHIFTS[m - 1]!;
  return (year + ((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0) + shift + d) % 7;
}

/** The same day of a later month, or the last day that it has. `short` says that it had to be. */
export function monthsOn(day: Naive, months: number): Naive & { readonly short: boolean } {
  let { y, m } = day;
  for (let left = months; left > 0; left -= 1) [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  const length = lengthOf(y, m);
  return { y, m, d: day.d > length ? length : day.d, short: day.d > length };
}

export function before({ y, m, d }: Naive): Naive {
  if (d > 1) return { y, m, d: d - 1 };
  return m === 1 ? { y: y - 1, m: 12, d: 31 } : { y, m: m - 1, d: lengthOf(y, m - 1) };
}

/** Bank holidays of England and Wales as gov.uk lists them, for the years in which something was moved or added. */
const LISTED: Readonly<Record<number, string>> = {
  2011: '1-3 4-22 4-25 4-29 5-2 5-30 8-29 12-26 12-27',
  2012: '1-2 4-6 4-9 5-7 6-4 6-5 8-27 12-25 12-26',
  2020: '1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28',
  2022: '1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27',
  2023: '1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26',
};
const kept = new Map<number, ReadonlySet<number>>();

export function isNaiveHoliday({ y, m, d }: Naive): boolean {
  let days = kept.get(y);
  if (!days) kept.set(y, (days = holidaysOf(y)));
  return days.has(m * 100 + d);
}

/** Gauss's rule for Easter, and a walk through the months for Mondays. */
function holidaysOf(y: number): ReadonlySet<number> {
  const listed = LISTED[y];
  if (listed)
    return new Set(
      listed
        .split(' ')
        .map((day) => day.split('-').map(Number))
        .map(([m, d]) => m! * 100 + d!),
    );
  const days = new Set<number>();
  const add = ({ m, d }: Naive): void => void days.add(m * 100 + d);
  const free = (day: Naive): Naive => {
    let at = day;
    while ([0, 6].includes(dayOfWeek(at)) || days.has(at.m * 100 + at.d)) at = next(at);
    return at;
  };
  add(free({ y, m: 1, d: 1 }));
  const easter = gauss(y);
  add(before(before(easter)));
  add(next(easter));
  const mondays = (m: number): Naive[] =>
    Array.from({ length: lengthOf(y, m) }, (_, i) => ({ y, m, d: i + 1 })).filter((day) => dayOfWeek(day) === 1);
  add(mondays(5)[0]!);
  add(mondays(5).at(-1)!);
  add(mondays(8).at(-1)!);
  // A weekend day is made good after both days of Christmas that are not.
  const christmas = [25, 26].map((d) => ({ y, m: 12, d }));
  for (const day of christmas.filter((c) => ![0, 6].includes(dayOfWeek(c)))) add(day);
  for (const day of christmas.filter((c) => [0, 6].includes(dayOfWeek(c)))) add(free(day));
  return days;
}

function gauss(y: number): Naive {
  const k = Math.floor(y / 100);
  const p = Math.floor((13 + 8 * k) / 25);
  const q = Math.floor(k / 4);
  const m = (15 - p + k - q) % 30;
  const n = (4 + k - q) % 7;
  const d = (19 * (y % 19) + m) % 30;
  const e = (2 * (y % 4) + 4 * (y % 7) + 6 * d + n) % 7;
  const march = 22 + d + e;
  if (march <= 31) return { y, m: 3, d: march };
  const april = d + e - 9;
  if (d === 29 && e === 6) return { y, m: 4, d: 19 };
  if (d === 28 && e === 6 && (11 * m + 11) % 30 < 19) return { y, m: 4, d: 18 };
  return { y, m: 4, d: april };
}

export function isNaiveWorkingDay(day: Naive): boolean {
  const at = dayOfWeek(day);
  return at !== 0 && at !== 6 && !isNaiveHoliday(day);
}
