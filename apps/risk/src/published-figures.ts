import { RuleBroken } from '@concordat/contracts';
import { suppressed, type Cell, type Mark, type Quarter, type Sum } from '@concordat/figures';
import type { ForumStatistics } from '@concordat/packs';
import { percentages } from './referral-shares';
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
  /** Cases by who referred them. A share, in per cent, is null where a number that it is made of is not shown. */
  readonly shares?: {
    readonly force: string;
    readonly source: string;
    readonly parties: readonly {
      readonly code: string;
      readonly title: string;
      readonly cases: Shown;
      readonly share: number | null;
    }[];
  };
  /** Null also where a number that it is made of is not shown. */
  readonly rates: Rates;
  /** What small means in them: 1 and more, and less than this. */
  readonly limit: number;
}

/**
 * publishedOf is what of a financial year may be shown to anybody. Quarters, the year, agencies and groups are looked at together: what
 * is hidden in one table cannot be calculated from another. `referrers` are the agencies of each party whose share is told. Pure.
 * @throws RuleBroken where the forum had not begun; where two quarters in a row are missing; where its first takes over one of the year before, which was published
 *   by itself; and where nothing could be shown without telling of few.
 */
export function publishedOf(
  year: YearFigures,
  measure: { readonly per: number; readonly recommended: number } | null,
  population: number | null,
  limit: number,
  referrers: Referrers | null = null,
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
  const found = inDetail(year, total, limit, referrers?.agencies ?? null);
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
    ...(referrers && kept.parties ? { shares: sharesShown(referrers, total, shown, open) } : {}),
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

/** Who referred, by party: by which rule, and which agencies each party is. */
export interface Referrers {
  readonly shares: NonNullable<ForumStatistics['shares']>;
  readonly agencies: Parties;
}
type Parties = Readonly<Record<string, readonly string[]>>;

/** Shares are of all cases and of each other: one that is not shown takes the others with it. */
function sharesShown(
  { shares: { force, source, parties }, agencies }: Referrers,
  total: Tally,
  shown: (id: string, value: number) => Shown,
  open: (...ids: string[]) => boolean,
): NonNullable<PublishedFigures['shares']> {
  const counts = mapped(agencies, (_code, orgs) => casesOf(total, orgs));
  const by = percentages({ parties }, counts, total.cases);
  const whole = open('cases', ...parties.map(({ code }) => `party.${code}`));
  return {
    ...{ force, source },
    parties: parties.map(({ code, title }) => ({
      ...{ code, title, cases: shown(`party.${code}`, counts[code] ?? 0) },
      share: whole ? (by[code] ?? null) : null,
    })),
  };
}
const casesOf = ({ agencies }: Tally, orgs: readonly string[]): number =>
  orgs.reduce((sum, org) => sum + (agencies[org] ?? 0), 0);

interface Kept {
  readonly quarters: YearFigures['quarters'];
  readonly total: Tally;
  readonly parties: Parties | null;
}

/** As many of the tables as can be shown, and what of them is not: quarters are given up first, then agencies, then groups. */
function inDetail(
  { quarters }: YearFigures,
  total: Tally,
  limit: number,
  parties: Parties | null,
): { readonly kept: Kept; readonly marks: ReadonlyMap<string, Mark> } | null {
  const tries: readonly Kept[] = [
    { quarters, total, parties },
    { quarters: [], total, parties },
    { quarters: [], total: { ...total, agencies: {} }, parties: null },
    { quarters: [], total: { ...total, agencies: {}, groups: {} }, parties: null },
  ];
  for (const kept of tries) {
    const { cells, sums } = systemOf(kept.quarters, kept.total, kept.parties);
    const marks = suppressed(cells, sums, limit);
    if (marks) return { kept, marks };
  }
  return null;
}

/** Every number of a year, and everything that a reader knows to add up. What is never printed, as cases that are new, is in it too. */
export function systemOf(
  quarters: YearFigures['quarters'],
  total: Tally,
  parties: Parties | null = null,
): { readonly cells: readonly Cell[]; readonly sums: readonly Sum[] } {
  const what = ['cases', 'repeats', 'new', 'children'];
  const names = quarters.map(({ quarter }) => quarter);
  const agencies = Object.entries(total.agencies);
  const groups = Object.entries(total.groups);
  const sides = Object.entries(parties ?? {});
  return {
    cells: [
      ...quarters.flatMap(({ quarter, tally }) => countsOf(`${quarter}.`, tally)),
      ...countsOf('', total),
      ...agencies.map(([org, value]) => ({ id: `agency.${org}`, value })),
      ...sides.map(([code, orgs]) => ({ id: `party.${code}`, value: casesOf(total, orgs) })),
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
      ...(sides.length > 0 ? [{ total: 'cases', parts: sides.map(([code]) => `party.${code}`) }] : []),
      ...sides
        .map(([code, orgs]) => [code, orgs.filter((org) => org in total.agencies)] as const)
        .filter(([, orgs]) => orgs.length > 0)
        .map(([code, orgs]) => ({ total: `party.${code}`, parts: orgs.map((org) => `agency.${org}`) })),
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
