import type { CharacteristicAnswer } from '@concordat/contracts';
import { quarterOf, quartersBefore, yearTo, type Quarter } from '@concordat/figures';

/** A case that was heard at a meeting whose minutes are issued, as far as figures need to know of it: nobody is in it. */
export interface CountedCase {
  readonly heldOn: string;
  /** The agency that referred it. */
  readonly orgId: string;
  readonly repeat: boolean;
  readonly children: number;
  readonly characteristics: Readonly<Record<string, CharacteristicAnswer>>;
}

/** Of cases, in whole numbers. `cases` includes repeats: it counts cases as they were heard, and not people. */
export interface Tally {
  readonly cases: number;
  readonly repeats: number;
  readonly children: number;
  readonly agencies: Readonly<Record<string, number>>;
  /** By group: in how many cases somebody is of it, and in how many it was answered with yes or no at all. */
  readonly groups: Readonly<Record<string, { readonly yes: number; readonly known: number }>>;
}

/**
 * Where the figures of a quarter come from. A quarter without a meeting whose minutes are issued is missing: it takes over those of
 * the quarter before (`proxied`), unless two in a row are missing, which nothing takes the place of.
 */
export type QuarterState = 'counted' | 'proxied' | 'missing' | 'not-begun';
export interface QuarterFigures {
  readonly quarter: Quarter;
  readonly state: QuarterState;
  readonly tally: Tally;
}

/** Twelve months. `total` is null when two quarters in a row are missing: then the forum counts for nothing, its population neither. */
export interface YearFigures {
  readonly quarters: readonly QuarterFigures[];
  readonly total: Tally | null;
  /** Whether each of its four quarters has figures: only then may it be measured against a population. */
  readonly whole: boolean;
}

export function tallied(cases: readonly CountedCase[], groups: readonly string[]): Tally {
  const agencies: Record<string, number> = {};
  for (const { orgId } of cases) agencies[orgId] = (agencies[orgId] ?? 0) + 1;
  const answered = (code: string, answers: readonly CharacteristicAnswer[]): number =>
    cases.filter(({ characteristics }) => answers.includes(characteristics[code]!)).length;
  return {
    ...{ cases: cases.length, repeats: cases.filter((c) => c.repeat).length, agencies },
    children: cases.reduce((sum, c) => sum + c.children, 0),
    groups: Object.fromEntries(
      groups.map((code) => [code, { yes: answered(code, ['yes']), known: answered(code, ['yes', 'no']) }]),
    ),
  };
}

const NOTHING: Tally = { cases: 0, repeats: 0, children: 0, agencies: {}, groups: {} };

function added(a: Tally, b: Tally): Tally {
  const keys = (of: 'agencies' | 'groups'): string[] => [...new Set([...Object.keys(a[of]), ...Object.keys(b[of])])];
  const group = (code: string, of: 'yes' | 'known'): number =>
    (a.groups[code]?.[of] ?? 0) + (b.groups[code]?.[of] ?? 0);
  return {
    ...{ cases: a.cases + b.cases, repeats: a.repeats + b.repeats, children: a.children + b.children },
    agencies: Object.fromEntries(keys('agencies').map((org) => [org, (a.agencies[org] ?? 0) + (b.agencies[org] ?? 0)])),
    groups: Object.fromEntries(
      keys('groups').map((code) => [code, { yes: group(code, 'yes'), known: group(code, 'known') }]),
    ),
  };
}

/**
 * figuresTo counts the twelve months that end with a quarter (domain/risk-conferences.md §10). `meetings` are the days of all
 * meetings whose minutes are issued, so that a meeting without a case is no missing quarter; before the first the forum has not begun.
 * Pure.
 */
export function figuresTo(
  to: Quarter,
  cases: readonly CountedCase[],
  meetings: readonly string[],
  groups: readonly string[],
): YearFigures {
  const met = new Set(meetings.map(quarterOf));
  const [first] = [...met].sort();
  const stateOf = (quarter: Quarter): QuarterState => {
    if (first === undefined || quarter < first) return 'not-begun';
    if (met.has(quarter)) return 'counted';
    const alone = met.has(quartersBefore(quarter, 1)) && (quarter === to || met.has(quartersBefore(quarter, -1)));
    return alone ? 'proxied' : 'missing';
  };
  const of = (quarter: Quarter): Tally =>
    tallied(
      cases.filter(({ heldOn }) => quarterOf(heldOn) === quarter),
      groups,
    );
  const quarters = yearTo(to).map((quarter): QuarterFigures => {
    const state = stateOf(quarter);
    return { quarter, state, tally: of(state === 'proxied' ? quartersBefore(quarter, 1) : quarter) };
  });
  return {
    quarters,
    total: quarters.some(({ state }) => state === 'missing')
      ? null
      : quarters.reduce((sum, { tally }) => added(sum, tally), NOTHING),
    whole: quarters.every(({ state }) => state === 'counted' || state === 'proxied'),
  };
}

/**
 * rounded divides whole numbers and rounds once, half up, to so many decimals: from raw counts, never from what was rounded before.
 * Null of a division by nothing. Pure.
 */
export function rounded(count: number, by: number, decimals = 1): number | null {
  if (by === 0) return null;
  const scale = 10 ** decimals;
  return Math.floor((2 * count * scale + by) / (2 * by)) / scale;
}

/** By how many per cent something rose, or fell below nought; null when there was nothing before. Half up, as `rounded`. */
export const changed = (now: number, before: number): number | null => rounded((now - before) * 100, before);

/** What a year comes to against a population; null what cannot be said of it. */
export interface Rates {
  /** Repeats of 100 cases. */
  readonly repeatRate: number | null;
  readonly childrenPerCase: number | null;
  /** Cases of so many people of the population. */
  readonly perPopulation: number | null;
  /** Cases that would be expected of this population, and how many of 100 of these there were. */
  readonly recommended: number | null;
  readonly ofRecommended: number | null;
}

export function ratesOf(
  { total, whole }: YearFigures,
  measure: { readonly per: number; readonly recommended: number } | null,
  population: number | null,
): Rates {
  const measurable = total !== null && whole && measure !== null && population !== null;
  const expected = measurable ? rounded(population * measure.recommended, measure.per, 0) : null;
  return {
    repeatRate: total && rounded(total.repeats * 100, total.cases),
    childrenPerCase: total && rounded(total.children, total.cases),
    perPopulation: measurable ? rounded(total.cases * measure.per, population) : null,
    recommended: expected,
    // From the raw product: what is expected was rounded already.
    ofRecommended: measurable ? rounded(total.cases * 100 * measure.per, population * measure.recommended) : null,
  };
}
