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
  state: ({ kind, stateTitle }) => `${stateTitle}\u0000${kind.label}`,
  used: shareUsed,
  missing: ({ next }) => next?.missing.length ?? -1,
};

/**
 * boardOf is the rows that fit what is asked, in the order that is asked; what is due first comes first when nothing is.
 * Reviews that have come to their end are left out unless they are asked for. The same order each time: what is equal is
 * sorted by its reference. Pure.
 */
export function boardOf(rows: readonly BoardRow[], { kind, state, only, sort = 'due' }: BoardQuery): BoardRow[] {
  const key = KEYS[sort.replace('-', '') as (typeof boardSorts)[number]];
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows
    .filter((row) => only === 'ended' || row.next !== null)
    .filter((row) => !kind || row.kind.code === kind)
    .filter((row) => !state || row.state === state)
    .filter((row) => !only || FITS[only](row))
    .sort((a, b) => sign * compared(key(a), key(b)) || compared(a.reference, b.reference));
}

const compared = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0);
