/** A month as a calendar shows it: weeks from Monday, with the days of other months left blank. */
export interface Month<T> {
  readonly month: string;
  readonly previous: string;
  readonly next: string;
  readonly weeks: readonly (readonly (Day<T> | null)[])[];
}
export interface Day<T> {
  readonly day: string;
  readonly number: number;
  readonly items: readonly T[];
}

const DAY_MS = 86_400_000;

/** monthOf lays out a month, `2026-11`, with what is on each day by `dayOf`. Pure. */
export function monthOf<T>(month: string, items: readonly T[], dayOf: (item: T) => string): Month<T> {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  const length = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const days = Array.from({ length }, (_, i): Day<T> => {
    const day = new Date(first + i * DAY_MS).toISOString().slice(0, 10);
    return { day, number: i + 1, items: items.filter((item) => dayOf(item) === day) };
  });
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells = [...Array<null>(before).fill(null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  const weeks = Array.from({ length: cells.length / 7 }, (_, w) => cells.slice(w * 7, w * 7 + 7));
  const other = (by: number): string =>
    new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by, 1)).toISOString().slice(0, 7);
  return { month, previous: other(-1), next: other(1), weeks };
}

/** The month that is asked for, or the one of `today`. Pure. */
export const monthAsked = (asked: string | undefined, today: string): string =>
  asked && /^20\d{2}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
