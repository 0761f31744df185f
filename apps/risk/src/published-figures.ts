import { RuleBroken } from '@concordat/contracts';
import { suppressed, type Cell, type Mark, type Quarter, type Sum } from '@concordat/figures';
import { ratesOf, type QuarterState, type Rates, type Tally, type YearFigures } from './forum-figures';

/** A number as it is published: itself, that it is a small one, or that it is not shown because it would tell of one. */
export type Shown = number | Mark;

/**
 * The figures of a financial year as anybody may read them. A table is empty where even what it hides could be calculated: when there
 * are as few cases as there are quarters or agencies, “fewer than” says how many.
 */
export interface PublishedFigures {
  readonly quarters: readonly {
    readonly quarter: Quarter;
    readonly state: QuarterState;
    readonly cases: Shown;
    readonly repeats: Shown;
    readonly children: Shown;
  }[];
  readonly cases: Shown;
  readonly repeats: Shown;
  readonly children: Shown;
  readonly agencies: Readonly<Record<string, Shown>>;
  /** Of how many cases somebody is of the group, of all cases. */
  readonly groups: Readonly<Record<string, Shown>>;
  /** Null also where a number that it is made of is not shown. */
  readonly rates: Rates;
  /** What small means in them: 1 and more, and less than this. */
  readonly limit: number;
}

/**
 * publishedOf is what of a financial year may be shown to anybody. Quarters, the year, agencies and groups are looked at together: what
 * is hidden in one table cannot be calculated from another. Pure.
 * @throws RuleBroken where the forum had not begun; where two quarters in a row are missing; where its first takes over one of the year before, which was published
 *   by itself; and where nothing could be shown without telling of few.
 */
export function publishedOf(
  year: YearFigures,
  measure: { readonly per: number; readonly recommended: number } | null,
  population: number | null,
  limit: number,
): PublishedFigures {
  const { total } = year;
  if (!total)
    throw new RuleBroken('figures.quarters-missing', 'Two quarters in a row are missing: the year is not published');
  if (year.quarters.every(({ state }) => state === 'not-begun'))
    throw new RuleBroken('figures.none', 'The forum did not meet in this year');
  if (year.quarters[0]?.state === 'proxied')
    throw new RuleBroken(
      'figures.taken-over',
      'Its first quarter takes over figures of the year before: the year is not published',
    );
  const found = inDetail(year, total, limit);
  if (!found) throw new RuleBroken('figures.too-few', 'Nothing of this year can be shown without telling of few cases');
  const { kept, marks } = found;
  const shown = (id: string, value: number): Shown => marks.get(id) ?? value;
  const open = (...ids: string[]): boolean => ids.every((id) => !marks.has(id));
  const rates = ratesOf(year, measure, population);
  return {
    quarters: kept.quarters.map(({ quarter, state, tally }) => ({
      ...{ quarter, state, cases: shown(`${quarter}.cases`, tally.cases) },
      ...{
        repeats: shown(`${quarter}.repeats`, tally.repeats),
        children: shown(`${quarter}.children`, tally.children),
      },
    })),
    ...{ cases: shown('cases', total.cases), repeats: shown('repeats', total.repeats) },
    children: shown('children', total.children),
    agencies: mapped(kept.total.agencies, (org, count) => shown(`agency.${org}`, count)),
    groups: mapped(kept.total.groups, (code, { yes }) => shown(`group.${code}`, yes)),
    rates: {
      repeatRate: open('cases', 'repeats') ? rates.repeatRate : null,
      childrenPerCase: open('cases', 'children') ? rates.childrenPerCase : null,
      perPopulation: open('cases') ? rates.perPopulation : null,
      recommended: rates.recommended,
      ofRecommended: open('cases') ? rates.ofRecommended : null,
    },
    limit,
  };
}

interface Kept {
  readonly quarters: YearFigures['quarters'];
  readonly total: Tally;
}

/** As many of the tables as can be shown, and what of them is not: quarters are given up first, then agencies, then groups. */
function inDetail(
  { quarters }: YearFigures,
  total: Tally,
  limit: number,
): { readonly kept: Kept; readonly marks: ReadonlyMap<string, Mark> } | null {
  const tries: readonly Kept[] = [
    { quarters, total },
    { quarters: [], total },
    { quarters: [], total: { ...total, agencies: {} } },
    { quarters: [], total: { ...total, agencies: {}, groups: {} } },
  ];
  for (const kept of tries) {
    const { cells, sums } = systemOf(kept.quarters, kept.total);
    const marks = suppressed(cells, sums, limit);
    if (marks) return { kept, marks };
  }
  return null;
}

/** Every number of a year, and everything that a reader knows to add up. What is never printed, as cases that are new, is in it too. */
export function systemOf(
  quarters: YearFigures['quarters'],
  total: Tally,
): { readonly cells: readonly Cell[]; readonly sums: readonly Sum[] } {
  const what = ['cases', 'repeats', 'new', 'children'];
  const names = quarters.map(({ quarter }) => quarter);
  const agencies = Object.entries(total.agencies);
  const groups = Object.entries(total.groups);
  return {
    cells: [
      ...quarters.flatMap(({ quarter, tally }) => countsOf(`${quarter}.`, tally)),
      ...countsOf('', total),
      ...agencies.map(([org, value]) => ({ id: `agency.${org}`, value })),
      ...groups.flatMap(([code, { yes }]) => [
        { id: `group.${code}`, value: yes },
        { id: `group.${code}.others`, value: total.cases - yes },
      ]),
    ],
    sums: [
      ...['', ...names.map((name) => `${name}.`)].map((at) => ({
        total: `${at}cases`,
        parts: [`${at}repeats`, `${at}new`],
      })),
      ...(names.length > 0 ? what.map((each) => ({ total: each, parts: names.map((name) => `${name}.${each}`) })) : []),
      ...(agencies.length > 0 ? [{ total: 'cases', parts: agencies.map(([org]) => `agency.${org}`) }] : []),
      ...groups.map(([code]) => ({ total: 'cases', parts: [`group.${code}`, `group.${code}.others`] })),
      // A quarter that takes over the one before is known to be the same.
      ...quarters.flatMap(({ state, quarter }, index) =>
        state === 'proxied' && index > 0
          ? what.map((each) => ({ total: `${quarter}.${each}`, parts: [`${names[index - 1]}.${each}`] }))
          : [],
      ),
    ],
  };
}

const countsOf = (at: string, { cases, repeats, children }: Tally): Cell[] => [
  ...[
    { id: `${at}cases`, value: cases },
    { id: `${at}repeats`, value: repeats },
  ],
  ...[
    { id: `${at}new`, value: cases - repeats },
    { id: `${at}children`, value: children },
  ],
];
const mapped = <V, W>(of: Readonly<Record<string, V>>, to: (key: string, value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(key, value)]));
