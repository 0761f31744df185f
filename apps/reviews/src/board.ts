import type { ClockView } from './review-clocks';

/** What of the board may be asked for alone. */
export const boardOnly = ['overdue', 'unanchored', 'paused', 'look-again', 'ready', 'ended'] as const;
export type BoardOnly = (typeof boardOnly)[number];

/** What the board is sorted by; with `-` before it, the other way round. */
export const boardSorts = ['due', 'reference', 'state', 'used', 'missing'] as const;
export type BoardSort = (typeof boardSorts)[number] | `-${(typeof boardSorts)[number]}`;

/** A pause that runs. */
export interface BoardPause {
  readonly reason: string;
  readonly title: string;
  readonly from: string;
  readonly reviewOn: string;
  /** The day on which it was to be looked at has come. */
  readonly lookAgain: boolean;
}

/** A review as one line of the coordinator's board (domain/statutory-reviews.md, oversight). */
export interface BoardRow {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly ownerOrg: string;
  readonly state: string;
  readonly stateTitle: string;
  readonly kind: { readonly code: string; readonly version: number; readonly label: string };
  /** What is to be done first; null when no clock runs. */
  readonly duty: ClockView | null;
  /** How many clocks are overdue, and how many cannot be computed. */
  readonly overdue: number;
  readonly unanchored: number;
  readonly pauses: readonly BoardPause[];
  /** The next step of the usual path with what it lacks; null at the end of its life. */
  readonly next: { readonly to: string; readonly title: string; readonly missing: readonly string[] } | null;
}

export interface BoardQuery {
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly only?: BoardOnly | undefined;
  readonly sort?: BoardSort | undefined;
}

/** Where reviews stand: one for each state of each version of a kind that there is a review in. */
export interface BoardPlace {
  readonly kind: { readonly code: string; readonly version: number; readonly label: string };
  readonly state: string;
  readonly stateTitle: string;
  /** No usual step leads on from there. */
  readonly ended: boolean;
}

const FITS: Readonly<Record<BoardOnly, (row: BoardRow) => boolean>> = {
  overdue: ({ overdue }) => overdue > 0,
  unanchored: ({ unanchored }) => unanchored > 0,
  paused: ({ pauses }) => pauses.length > 0,
  'look-again': ({ pauses }) => pauses.some(({ lookAgain }) => lookAgain),
  ready: ({ next }) => next !== null && next.missing.length === 0,
  ended: ({ next }) => next === null,
};

/** The share of the original time that is used; what has no limit comes before everything that has one. */
const shareUsed = ({ duty }: BoardRow): number =>
  duty?.daysUsed != null && duty.daysAllowed ? duty.daysUsed / duty.daysAllowed : -1;

type Key = string | number;
const KEYS: Readonly<Record<(typeof boardSorts)[number], (row: BoardRow) => Key>> = {
  due: ({ duty }) => (duty ? (duty.due?.latest ?? '9999-12-30') : '9999-12-31'),
  reference: ({ reference }) => reference,
  state: (row) => stateWords(row),
  used: shareUsed,
  missing: ({ next }) => next?.missing.length ?? -1,
};

/** How the board is sorted when nothing is asked: what is due first comes first, and of what has ended the last that began. Pure. */
export const sortOf = ({ sort, only }: BoardQuery): BoardSort => sort ?? (only === 'ended' ? '-reference' : 'due');

/**
 * keptOrder is the order of a board that the database can put in order and count by itself; undefined for one that is sorted or
 * narrowed by what moves with the day: what is due, the time used, what is missing. Pure.
 */
export function keptOrder(
  asked: BoardQuery,
): { readonly by: 'reference' | 'state'; readonly descending: boolean } | undefined {
  const sort = sortOf(asked);
  const by = sort.replace('-', '');
  if (by !== 'reference' && by !== 'state') return undefined;
  if (asked.only === 'overdue' || asked.only === 'unanchored' || asked.only === 'ready') return undefined;
  return { by, descending: sort.startsWith('-') };
}

/** placesOf is the places of which a board shows reviews: of the kind and the state that are asked, ended or not. Pure. */
export const placesOf = <P extends BoardPlace>(places: readonly P[], { kind, state, only }: BoardQuery): P[] =>
  places.filter(
    (place) =>
      place.ended === (only === 'ended') && (!kind || place.kind.code === kind) && (!state || place.state === state),
  );

/** The order of places by their state, then by their kind, as boardOf sorts reviews by it: the same number for the same words. Pure. */
export function ranked<P extends BoardPlace>(
  places: readonly P[],
  descending: boolean,
): (P & { readonly rank: number })[] {
  const words = [...new Set(places.map(stateWords))].sort(compared);
  return places.map((place) => ({ ...place, rank: (descending ? -1 : 1) * words.indexOf(stateWords(place)) }));
}
const stateWords = ({ kind, stateTitle }: Pick<BoardPlace, 'kind' | 'stateTitle'>): string =>
  `${stateTitle}\u0000${kind.label}`;

/**
 * boardOf is the rows that fit what is asked, in the order that is asked; what is due first comes first when nothing is.
 * Reviews that have come to their end are left out unless they are asked for. The same order each time: what is equal is
 * sorted by its reference. Pure.
 */
export function boardOf(rows: readonly BoardRow[], asked: BoardQuery): BoardRow[] {
  const { kind, state, only } = asked;
  const sort = sortOf(asked);
  const key = KEYS[sort.replace('-', '') as (typeof boardSorts)[number]];
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows
    .filter((row) => only === 'ended' || row.next !== null)
    .filter((row) => !kind || row.kind.code === kind)
    .filter((row) => !state || row.state === state)
    .filter((row) => !only || FITS[only](row))
    .sort((a, b) => sign * compared(key(a), key(b)) || compared(a.reference, b.reference));
}

function compared(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
