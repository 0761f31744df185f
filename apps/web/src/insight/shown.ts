import { changeText, shownText } from '@concordat/figures';
import type { Names } from '../apis/directory';
import type { InsightFilter, InsightQuery, InsightRow, InsightTable } from '../apis/insight';
import { barsOf } from '../design/bars';

const FORMS: Readonly<Record<keyof Required<InsightQuery>, RegExp>> = {
  period: /^20\d\d(-Q[1-4])?$/,
  ...{ area: /^[0-9a-f-]{36}$/, agency: /^[0-9a-f-]{36}$/, kind: /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/ },
};
const isId = (value: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** What an address asks for; what is no filter, or none of the form that it must have, is left aside. Pure, as everything here. */
export const readAsked = (given: Readonly<Record<string, unknown>>): InsightQuery =>
  Object.fromEntries(
    Object.entries(FORMS).flatMap(([name, form]) => {
      const value = given[name];
      if (typeof value !== 'string' || !form.test(value)) return [];
      return (name === 'area' || name === 'agency') && !isId(value) ? [] : [[name, value]];
    }),
  );

/** The address of a page with these filters. */
export function insightHref(path: string, query: InsightQuery): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

const CANNOT: Readonly<Record<InsightFilter, string>> = {
  area: 'has no area, so these figures are of the whole partnership and not of the area that you chose',
  agency: 'cannot be told by agency, so these figures are of all of them',
  kind: 'has no such kind, so these figures are of all kinds',
};

/** That something was asked for which cannot be chosen of a subject: said, and never passed over. */
export const unchosenText = (what: string, unchosen: readonly InsightFilter[]): string | null =>
  unchosen.length === 0
    ? null
    : `${what}: what is counted here ${unchosen.map((name) => CANNOT[name]).join('; and it ')}.`;

/** A row as it is written. */
export const lineOf = (row: InsightRow, limit: number, text: string) => ({
  text,
  now: shownText(row.now, limit),
  before: shownText(row.before, limit),
  change: changeText(row.change),
});

/** A table with its chart; null rows where none of it can be shown. */
export function tableOf(table: InsightTable, limit: number, names: Names) {
  const { code, title, ref, rows } = table;
  const named = (row: InsightRow): string => {
    if (ref === null) return row.text ?? row.code;
    if (row.code === '') return ref === 'area' ? 'No area is known' : 'Nobody of the partnership';
    return ref === 'area' ? names.area(row.code) : names.organisation(row.code);
  };
  const lines = rows?.map((row) => lineOf(row, limit, named(row))) ?? null;
  const bars = rows?.map((row, i) => ({
    text: lines![i]!.text,
    value: typeof row.now === 'number' ? row.now : 0,
    label: row.before === null ? lines![i]!.now : `${lines![i]!.now} (${lines![i]!.before.toLowerCase()} before)`,
  }));
  return { code, title, lines, chart: bars ? barsOf(bars, true) : null };
}

/** Whether anything was counted at all. */
export const isEmpty = (rows: readonly InsightRow[]): boolean =>
  rows.every(({ now, before }) => now === 0 && (before === 0 || before === null));
