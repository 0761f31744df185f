import type { Names } from '../apis/directory';
import type {
  QuarterState,
  Rates,
  SharesBy,
  ShownNumber,
  Statistics,
  Tally,
  TwelveMonths,
  UsedPopulation,
} from '../apis/forum-statistics';
import { countOf } from '../design/filters';

const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'];
/** `2026-Q2` is April to June 2026. Pure, as everything here. */
export const quarterText = (quarter: string): string =>
  `${MONTHS[Number(quarter.slice(-1)) - 1]} ${quarter.slice(0, 4)}`;

/** What an address says, if it is a quarter. */
export const quarterAsked = (given: unknown): string | undefined =>
  typeof given === 'string' && /^20\d\d-Q[1-4]$/.test(given) ? given : undefined;

/** The last quarter that is over and the eleven before it. */
export function quarterChoices(last: string): { value: string; text: string }[] {
  const count = Number(last.slice(0, 4)) * 4 + Number(last.slice(-1)) - 1;
  return Array.from({ length: 12 }, (_, back) => {
    const quarter = `${Math.floor((count - back) / 4)}-Q${((count - back) % 4) + 1}`;
    return { value: quarter, text: quarterText(quarter) };
  });
}

export const STATES: Readonly<Record<QuarterState, string>> = {
  counted: '',
  proxied: 'missing: the quarter before stands in for it',
  missing: 'missing, as the one beside it: nothing stands in for them',
  'not-begun': 'before its first meeting',
};

/** A number as it is published, in words where it is not shown. */
export const shownText = (value: ShownNumber, limit: number): string =>
  value === 'few' ? `fewer than ${limit}` : value === 'hidden' ? 'not shown' : String(value);

const of = (value: number | null, unit = ''): string => (value === null ? '–' : `${value}${unit}`);

/** Rates with what each is measured against. */
export function rateRows(rates: Rates, population: UsedPopulation | null): { text: string; value: string }[] {
  const people = population && `${population.title}: ${countOf(population.count)} (${population.vintage})`;
  return [
    { text: 'Repeats, of all cases', value: of(rates.repeatRate, '%') },
    { text: 'Children for each case', value: of(rates.childrenPerCase) },
    ...(population
      ? [
          { text: `Cases per ${countOf(population.per)}. ${people}`, value: of(rates.perPopulation) },
          { text: `Cases recommended for this population`, value: of(rates.recommended) },
          { text: 'Cases, of those recommended', value: of(rates.ofRecommended, '%') },
        ]
      : []),
  ];
}

/** What stands behind shares of referrals, as it is said beside each. */
export const FORCES: Readonly<Record<SharesBy['force'], string>> = {
  guidance: 'as guidance counts them',
  local: 'as is local practice',
  unverified: 'as is local practice, not verified as how others count',
};
export const sharesTitle = ({ force }: SharesBy): string => `Shares of referrals, ${FORCES[force]}`;

const COUNTS = [
  ['cases', 'Cases heard, repeats among them'],
  ['repeats', 'Repeats'],
  ['children', 'Children'],
] as const;

/** A line of figures: of these twelve months, of the twelve before, and by how much it changed. */
export interface FigureRow {
  readonly text: string;
  readonly now: string;
  readonly before: string;
  readonly change: string;
}

const CLOCKS = {
  minutes: 'Minutes issued in time',
  research: 'Research returned in time',
  contact: 'Contact before the meeting',
} as const;

/** Clocks, actions and staff of these twelve months. The twelve before are not counted so. */
function practiceSections({ clocks, actions, staff }: Statistics['practice']): { title: string; rows: FigureRow[] }[] {
  const row = (text: string, now: string): FigureRow => ({ text, now, before: '–', change: '–' });
  const sections = [
    {
      title: 'In time',
      rows: clocks.map(({ code, met, missed, running, compliance }) =>
        row(
          CLOCKS[code],
          `${of(compliance, '%')} (${met} of ${met + missed}${running > 0 ? `, ${running} still running` : ''})`,
        ),
      ),
    },
    {
      title: 'Actions',
      rows: [
        row('Done', String(actions.done)),
        row('Not possible, circumstances changed', String(actions.notPossible)),
        row('Not done by the agency', String(actions.notDone)),
        row('Still open', String(actions.open)),
        row('Done, of all actions', of(actions.ofAll, '%')),
        row('Done, of those that were possible', of(actions.ofPossible, '%')),
      ],
    },
    {
      title: 'Full-time staff that so many cases need',
      rows: staff.flatMap(({ title, actual, recommended }) => [
        row(title, of(actual)),
        ...(recommended === null ? [] : [row(`${title}, for the cases recommended`, of(recommended))]),
      ]),
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** Every figure beside the one of the year before, in sections, as the page and the file show them. */
export function figureSections(view: Statistics, names: Names): { title: string; rows: FigureRow[] }[] {
  const { now, before, change, population } = view;
  const count = (year: TwelveMonths, read: (tally: Tally) => number): string => of(year.total && read(year.total));
  const row = (text: string, read: (tally: Tally) => number, by: number | null = null): FigureRow => ({
    ...{ text, now: count(now, read), before: count(before, read) },
    change: by === null ? '–' : `${by > 0 ? '+' : ''}${by}%`,
  });
  const orgs = [...new Set([now, before].flatMap(({ total }) => Object.keys(total?.agencies ?? {})))];
  const [rates, ratesBefore] = [rateRows(now.rates, population), rateRows(before.rates, population)];
  const group = (year: TwelveMonths, code: string): string => {
    const found = year.total?.groups[code];
    return year.total ? `${found?.yes ?? 0} (known of ${found?.known ?? 0})` : '–';
  };
  return [
    { title: 'Cases', rows: COUNTS.map(([what, text]) => row(text, (tally) => tally[what], change?.[what] ?? null)) },
    {
      title: 'Rates',
      rows: rates.map(({ text, value }, index) => ({
        ...{ text, now: value, before: ratesBefore[index]!.value, change: '–' },
      })),
    },
    {
      title: 'Who referred',
      rows: orgs
        .map((org) => row(names.organisation(org), (tally) => tally.agencies[org] ?? 0))
        .toSorted((a, b) => a.text.localeCompare(b.text)),
    },
    ...(view.sharesBy
      ? [
          {
            title: sharesTitle(view.sharesBy),
            rows: now.shares.map(({ title, cases, share }, index) => {
              const then = before.shares[index];
              const text = (count: number | null, of100: number | null) =>
                count === null || of100 === null ? '–' : `${of100}% (${count})`;
              return {
                ...{ text: title, now: text(cases, share), before: text(then?.cases ?? null, then?.share ?? null) },
                change: '–',
              };
            }),
          },
        ]
      : []),
    {
      title: 'Who they are about, of all cases',
      rows: view.groups.map(({ code, title }) => ({
        ...{ text: title, now: group(now, code), before: group(before, code), change: '–' },
      })),
    },
    ...practiceSections(view.practice),
  ];
}
