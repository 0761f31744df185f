import { isId, listedStatuses, openStatuses } from '@concordat/contracts';
import type { Listing } from '../../apis/referrals';

/** The ways in which triage looks at its work. Each has its own filters to begin with; those chosen come on top. */
export const VIEWS = [
  { code: 'needs-triage', title: 'Needs triage', counted: 'awaitingTriage', fixed: { status: 'received,reopened' } },
  { code: 'mine', title: 'Mine', counted: 'mine', fixed: { assigned: 'me', status: openStatuses.join(',') } },
  {
    code: 'unassigned',
    title: 'Unassigned',
    counted: 'unassigned',
    fixed: { assigned: 'none', status: openStatuses.join(',') },
  },
  { code: 'overdue', title: 'Overdue', counted: 'overdue', fixed: { overdue: 'true' } },
  { code: 'all', title: 'All', counted: null, fixed: {} },
] as const;
export type WorkView = (typeof VIEWS)[number];

export const SORTS = ['reference', 'received', 'colour', 'due'] as const;
type Sort = (typeof SORTS)[number];

const CODE = /^[a-z0-9-]{1,60}$/;
const isStatuses = (v: string): boolean => v.split(',').every((s) => (listedStatuses as string[]).includes(s));
/** The filters that one may choose, and what each may hold. Codes and ids only, so that they may stand in an address. */
const FILTERS = {
  status: isStatuses,
  colour: (v: string) => CODE.test(v),
  pathway: (v: string) => CODE.test(v),
  area: isId as (v: string) => boolean,
  assigned: (v: string) => v === 'me' || v === 'none' || isId(v),
  overdue: (v: string) => v === 'true',
} as const;
export type Filter = keyof typeof FILTERS;
type Chosen = Partial<Record<Filter, string>>;

/** What an address of the worklist asks for. What it holds that means nothing is left out. */
export interface WorkAsked {
  readonly view: WorkView;
  readonly chosen: Chosen;
  /** A leading minus turns the order round. */
  readonly sort: string;
  readonly cursor?: string;
}

/** readWorklist reads an address. Without a view, the chosen filters say which: with any all is shown, else what waits. */
export function readWorklist(query: Readonly<Record<string, unknown>>): WorkAsked {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  const chosen: Chosen = {};
  for (const [name, fits] of Object.entries(FILTERS)) if (fits(text(name))) chosen[name as Filter] = text(name);
  const asked = VIEWS.find((v) => v.code === text('view'));
  const view = asked ?? (Object.keys(chosen).length > 0 ? VIEWS[4] : VIEWS[0]);
  const sorted = (SORTS as readonly string[]).includes(text('sort').replace(/^-/, ''));
  const cursor = text('cursor').slice(0, 500);
  return { view, chosen, sort: sorted ? text('sort') : '-received', ...(cursor ? { cursor } : {}) };
}

/** The list that the API is asked for: what a view fixes cannot be chosen otherwise, except its statuses. */
export function listingOf({ view, chosen, sort, cursor }: WorkAsked): Listing {
  const fixed: Chosen = view.fixed;
  const { status, ...rest } = { ...chosen, ...fixed };
  return {
    ...(rest as Omit<Listing, 'status'>),
    ...(chosen.status || status ? { status: chosen.status ?? status! } : {}),
    side: 'received',
    sort,
    ...(cursor ? { cursor } : {}),
  };
}

/** An address of the worklist: `asked` with changes; a change to null takes something away. Changes begin at the first page. */
export function hrefOf(
  asked: WorkAsked,
  change: { sort?: string; cursor?: string | null } & Partial<Record<Filter, null>> = {},
): string {
  const { sort, cursor, ...taken } = change;
  const chosen = Object.entries(asked.chosen).filter(([name]) => !(name in taken));
  const order = sort ?? asked.sort;
  const parts = [
    ['view', asked.view.code],
    ...chosen,
    ...(order === '-received' ? [] : [['sort', order]]),
    ...(cursor ? [['cursor', cursor]] : []),
  ];
  return `/triage?${new URLSearchParams(parts as [string, string][]).toString()}`;
}

/** A column's heading: sorted how, and where its link leads. What is sorted already is turned round. */
export function columnOf(asked: WorkAsked, sort: Sort, text: string) {
  const descending = asked.sort.startsWith('-');
  const sorted = asked.sort.replace('-', '') === sort;
  // Newest first is what people want of what was received; the soonest, the gravest and the first of the rest.
  const first = sort === 'received' ? `-${sort}` : sort;
  return {
    text,
    href: hrefOf(asked, { sort: sorted ? (descending ? sort : `-${sort}`) : first }),
    sorted: sorted ? (descending ? 'descending' : 'ascending') : null,
  };
}
