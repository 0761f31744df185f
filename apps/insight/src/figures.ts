import { roundedTo, suppressed, type Cell, type Mark, type Shown, type Sum } from '@concordat/figures';
import type { Plan, TablePlan } from './plan';

/** A number in a period and in the same period a year before. */
export interface Counted {
  readonly now: number;
  readonly before: number;
}
/** What was counted of a subject: totals by their codes, and each table's rows by code. */
export interface CountedSubject {
  readonly totals: Readonly<Record<string, Counted>>;
  readonly tables: Readonly<Record<string, Readonly<Record<string, Counted>>>>;
}
export interface ShownPair {
  readonly now: Shown;
  readonly before: Shown | null;
  /** In per cent of the year before, from what is shown; null where that cannot be said. */
  readonly change: number | null;
}
export interface ShownTable {
  readonly code: string;
  /** Null where what it hides could be calculated: then none of it is shown. */
  readonly rows: readonly ({ readonly code: string } & ShownPair)[] | null;
}
export interface ShownSubject {
  readonly totals: readonly ({ readonly code: string } & ShownPair)[];
  readonly tables: readonly ShownTable[];
}

/** Which column of the two. */
type Column = 'now' | 'before';
const NONE: Counted = { now: 0, before: 0 };
const total = (code: string): string => `total ${code}`;
const cell = (table: string, row: string): string => `row ${table} ${row}`;
const rest = (table: string, row: string): string => `rest ${table} ${row}`;

/**
 * shownOf is what of a subject may be shown. All tables of a period are one system of sums: what is hidden in one cannot be calculated
 * from another. Because a reader may ask again with other filters, what is shown is rounded as well: the difference of two answers
 * tells of nobody (decision 38). `compares` is false while the period runs: then nothing is said of a change. Pure.
 */
export function shownOf(plan: Plan, counted: CountedSubject, limit: number, compares: boolean): ShownSubject {
  if (plan.exact) return put(plan, counted, plan.tables, (value) => value, compares);
  for (let kept = plan.tables.length; kept >= 0; kept--) {
    const tables = plan.tables.slice(0, kept);
    const marks = {
      now: marksOf(plan, tables, counted, 'now', limit),
      before: marksOf(plan, tables, counted, 'before', limit),
    };
    if (!marks.now || !marks.before) continue;
    const shown = (value: number, id: string, column: Column): Shown =>
      marks[column]!.get(id) ?? roundedTo(value, limit);
    return put(plan, counted, tables, shown, compares);
  }
  throw new Error('a total by itself can always be another'); // 1 to limit - 1, of which there are several
}

function put(
  plan: Plan,
  counted: CountedSubject,
  kept: readonly TablePlan[],
  shown: (value: number, id: string, column: Column) => Shown,
  compares: boolean,
): ShownSubject {
  const always = new Set(plan.totals.filter((each) => each.always).map(({ code }) => code));
  const pair = (of: string, id: string, value: Counted = NONE): ShownPair => {
    const now = shown(value.now, id, 'now');
    const before = always.has(of) ? null : shown(value.before, id, 'before');
    return { now, before, change: compares ? changeOf(now, before) : null };
  };
  return {
    totals: plan.totals.map(({ code }) => ({ code, ...pair(code, total(code), counted.totals[code]) })),
    tables: plan.tables.map(({ code, of, order = [] }) => {
      if (!kept.some((table) => table.code === code)) return { code, rows: null };
      const rows = counted.tables[code] ?? {};
      const others = Object.keys(rows).filter((row) => !order.includes(row));
      // By what is shown, so that the order tells nothing of two numbers that are hidden.
      const listed = others.map((row) => ({ code: row, ...pair(of, cell(code, row), rows[row]) }));
      const first = order.map((row) => ({ code: row, ...pair(of, cell(code, row), rows[row]) }));
      return {
        code,
        rows: [...first, ...listed.sort((a, b) => rank(b.now) - rank(a.now) || (a.code < b.code ? -1 : 1))],
      };
    }),
  };
}

const rank = (shown: Shown): number => (typeof shown === 'number' ? shown : shown === 'hidden' ? 2 : 1);

/** In whole per cent, from what is shown. */
const changeOf = (now: Shown, before: Shown | null): number | null =>
  typeof now === 'number' && typeof before === 'number' && before > 0
    ? Math.round(((now - before) / before) * 100)
    : null;

/** A share in whole per cent, from what is shown; null where that cannot be said. Pure. */
export const shareOf = (part: Shown | null | undefined, whole: Shown | null | undefined): number | null =>
  typeof part === 'number' && typeof whole === 'number' && whole > 0 ? Math.round((part / whole) * 100) : null;

/** systemOf is every number of a subject in one column, and everything that a reader knows to add up. Pure. */
export function systemOf(
  plan: Plan,
  tables: readonly TablePlan[],
  counted: CountedSubject,
  column: Column,
): { readonly cells: readonly Cell[]; readonly sums: readonly Sum[] } {
  const cells: Cell[] = plan.totals.map(({ code }) => ({
    id: total(code),
    value: (counted.totals[code] ?? NONE)[column],
  }));
  const sums: Sum[] = [];
  const rowsOf = (table: string): [string, number][] =>
    Object.entries(counted.tables[table] ?? {}).map(([row, value]) => [row, value[column]]);
  for (const { code, of, only } of tables) {
    const rows = rowsOf(code);
    cells.push(...rows.map(([row, value]) => ({ id: cell(code, row), value })));
    if (rows.length > 0) sums.push({ total: total(of), parts: rows.map(([row]) => cell(code, row)) });
    if (!only) continue;
    // Those of some codes: their sum is known from the table of codes, and what is left of each row from the table within.
    cells.push({ id: total(of), value: rows.reduce((sum, [, value]) => sum + value, 0) });
    const named = only.codes.filter((each) => counted.tables[only.table]?.[each]);
    if (named.length > 0) sums.push({ total: total(of), parts: named.map((each) => cell(only.table, each)) });
    for (const [row, value] of rowsOf(only.within)) {
      const some = counted.tables[code]?.[row];
      if (!some) continue;
      cells.push({ id: rest(code, row), value: value - some[column] });
      sums.push({ total: cell(only.within, row), parts: [cell(code, row), rest(code, row)] });
    }
  }
  return { cells, sums };
}

function marksOf(
  plan: Plan,
  tables: readonly TablePlan[],
  counted: CountedSubject,
  column: Column,
  limit: number,
): ReadonlyMap<string, Mark> | null {
  const { cells, sums } = systemOf(plan, tables, counted, column);
  return suppressed(cells, sums, limit);
}
