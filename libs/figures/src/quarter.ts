import { addMonths, addDays, type CivilDay } from '@concordat/clocks';

/** A quarter of a calendar year, such as `2026-Q2`. */
export type Quarter = `${number}-Q${1 | 2 | 3 | 4}`;
export const QUARTER = /^(20\d\d)-Q([1-4])$/;

/** The quarter that a civil day is in. Pure, as everything here. */
export const quarterOf = (day: CivilDay): Quarter =>
  `${Number(day.slice(0, 4))}-Q${Math.ceil(Number(day.slice(5, 7)) / 3) as 1 | 2 | 3 | 4}`;

/** Its first and its last civil day. */
export function daysOfQuarter(quarter: Quarter): { readonly from: CivilDay; readonly to: CivilDay } {
  const [, year, number] = QUARTER.exec(quarter)!;
  const from = `${year}-${String(Number(number) * 3 - 2).padStart(2, '0')}-01`;
  return { from, to: addDays(addMonths(from, 3), -1) };
}

/** The quarter that is so many before another. */
export const quartersBefore = (quarter: Quarter, count: number): Quarter =>
  quarterOf(addMonths(daysOfQuarter(quarter).from, -3 * count));

/** The last quarter that is over on a civil day. */
export const lastQuarterOver = (today: CivilDay): Quarter => quartersBefore(quarterOf(today), 1);

/** Four quarters, the last of which is `to`, in their order. */
export const yearTo = (to: Quarter): readonly Quarter[] => [3, 2, 1, 0].map((back) => quartersBefore(to, back));

/** The last quarter of a financial year, which is called by the year in which it begins on 1 April. */
export const lastOfFinancialYear = (year: number): Quarter => `${year + 1}-Q1`;
