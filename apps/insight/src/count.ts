import { civilDate } from '@concordat/clocks';
import type { RecordKind, Told } from './told';

/** One of something, by what it is looked for by. What does not apply is an empty text. */
export interface Count {
  readonly measure: string;
  /** The first day of the month in which it began; of what is still to come, the day itself. */
  readonly day: string;
  readonly area: string;
  /** Code of a pathway, or of a kind of forum, action or review. */
  readonly kind: string;
  /** The agency whose it is: that triages, leads, owns, or is to act. */
  readonly agency: string;
  /** A code, or the id of another agency. */
  readonly code: string;
}

/** What a record counts as, once enough was told of it. */
export type Counting = (told: readonly Told[]) => Count[];
export type Countings = Readonly<Record<RecordKind, Counting>>;

/** Of what has no day. */
export const UNDATED = '1970-01-01';
const NOTHING = { day: UNDATED, area: '', kind: '', agency: '', code: '' };

/** A count with what is said of it. */
export const count = (measure: string, more: Partial<Omit<Count, 'measure'>>): Count => ({
  measure,
  ...NOTHING,
  ...more,
});

/** The month of a civil day, by its first. */
export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
/** The month, in London, of an instant. */
export const monthAt = (at: string): string => monthOf(civilDate(new Date(at)));

/** The newest value that was told under a name. */
export const latest = (told: readonly Told[], name: string): string | undefined =>
  told.findLast(({ data }) => data[name] !== undefined)?.data[name];

export const told1 = (told: readonly Told[], what: string): Told | undefined => told.find((each) => each.what === what);

const keyOf = (c: Count): string => JSON.stringify([c.measure, c.day, c.area, c.kind, c.agency, c.code]);

/** A count and by how much its number changes. */
export interface Change extends Count {
  readonly by: number;
}

/** changesOf is what becomes of the numbers when records that counted as `before` count as `after`. Pure. */
export function changesOf(before: readonly Count[], after: readonly Count[]): Change[] {
  const sums = new Map<string, { count: Count; by: number }>();
  const add = (counts: readonly Count[], by: number): void => {
    for (const each of counts) {
      const key = keyOf(each);
      const sum = sums.get(key);
      if (sum) sum.by += by;
      else sums.set(key, { count: each, by });
    }
  };
  add(before, -1);
  add(after, 1);
  return [...sums.values()].flatMap(({ count: each, by }) => (by === 0 ? [] : [{ ...each, by }]));
}
