import { isId } from '@concordat/contracts';
import type { FieldProblem } from '@concordat/platform';
import type { ChronologyQuery } from '../apis/chronology';
import { dayOf } from '../design/civil-date';
import { dateOf } from '../design/filters';

/** What a chronology page was asked for, as it was typed and as it is sent. */
export interface AskedOfChronology {
  readonly typed: Readonly<Record<string, string>>;
  readonly query: ChronologyQuery;
  readonly problems: readonly FieldProblem[];
}

const DAYS = { from: 'The first day', to: 'The last day', asOf: 'The day' } as const;

/** Reads the filters of a chronology from an address. What means nothing is left out; a day that does not exist is said. */
export function readAsked(given: Readonly<Record<string, unknown>>): AskedOfChronology {
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].trim().slice(0, 400) : '');
  const typed: Record<string, string> = {};
  const query: Record<string, string> = {};
  const problems: FieldProblem[] = [];
  for (const name of ['category', 'agency', 'search', 'order', 'cursor', ...Object.keys(DAYS)])
    if (text(name)) typed[name] = text(name);
  if (/^[a-z0-9-]{1,64}$/.test(text('category'))) query['category'] = text('category');
  for (const name of ['agency', 'search']) if (isId(text(name))) query[name] = text(name);
  for (const [name, what] of Object.entries(DAYS)) {
    if (!text(name)) continue;
    const day = dayOf(text(name));
    if (day) query[name] = day;
    else problems.push({ field: name, code: 'not-a-date', message: `${what} must be a real date, like 24/11/2026` });
  }
  if (text('order') === 'newest') query['order'] = 'newest';
  if (text('cursor')) query['cursor'] = text('cursor');
  return { typed, query, problems };
}

/** The address of a page of a chronology that asks for the same, with changes; an empty value takes something away. */
export function chronologyHref(
  caseId: string,
  query: ChronologyQuery,
  change: ChronologyQuery = {},
  page = '',
): string {
  const given = Object.entries({ ...query, ...change }).filter(([, value]) => value !== '' && value !== undefined);
  const base = `/cases/${caseId}/chronology${page}`;
  return given.length === 0 ? base : `${base}?${new URLSearchParams(given as [string, string][]).toString()}`;
}

/** The filters in force, each with the address without it. */
export function chosenOf(
  caseId: string,
  { cursor: _, ...query }: ChronologyQuery,
  titles: { readonly category: string; readonly agency: string; readonly terms: string | null },
) {
  const without = (name: keyof ChronologyQuery): string => chronologyHref(caseId, query, { [name]: '' });
  const shown: [keyof ChronologyQuery, string | null][] = [
    ['category', query.category ? `About: ${titles.category}` : null],
    ['agency', query.agency ? `Agency: ${titles.agency}` : null],
    ['from', query.from ? `From ${dateOf(query.from)}` : null],
    ['to', query.to ? `Until ${dateOf(query.to)}` : null],
    ['search', titles.terms ? `Words: ${titles.terms}` : null],
    ['asOf', query.asOf ? `As it stood on ${dateOf(query.asOf)}` : null],
  ];
  return shown.flatMap(([name, text]) => (text ? [{ text, href: without(name) }] : []));
}
