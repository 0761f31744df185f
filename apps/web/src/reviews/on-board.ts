import type { Board, BoardQuery } from '../apis/oversight';
import type { BoardReview } from '../apis/reviews';
import { isPage, sheetLinks } from './sheets';
import { dueText, FORCES, standingOf, usedText } from './words';

type Given = Readonly<Record<string, unknown>>;

/** What may be asked of the board alone. */
export const ONLY = [
  { value: 'overdue', text: 'Something is overdue' },
  { value: 'paused', text: 'Paused' },
  { value: 'look-again', text: 'A pause to be looked at again' },
  { value: 'ready', text: 'Nothing missing for the next step' },
  { value: 'unanchored', text: 'A clock that cannot be computed' },
  { value: 'ended', text: 'Ended' },
];
const SORTS = ['due', 'reference', 'state', 'used', 'missing'];

/** A review of the board: codes in words. Pure. */
export const boardLine = (review: BoardReview) => ({
  ...review,
  duty: review.duty && {
    ...review.duty,
    ...{ force: FORCES[review.duty.force], state: standingOf(review.duty) },
    ...{ due: dueText(review.duty), used: usedText(review.duty) },
  },
});

/** What of an address may be asked of the board. What is none of its words is left out. Pure. */
export function readBoard(given: Given): BoardQuery {
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name] : '');
  const sort = text('sort');
  return {
    ...(/^[a-z0-9-]{1,64}$/.test(text('kind')) ? { kind: text('kind') } : {}),
    ...(/^[A-Z][A-Z0-9_]{1,39}$/.test(text('state')) ? { state: text('state') } : {}),
    ...(ONLY.some(({ value }) => value === text('only')) ? { only: text('only') } : {}),
    ...(SORTS.includes(sort.replace(/^-/, '')) ? { sort } : {}),
    ...(isPage(text('page')) ? { page: text('page') } : {}),
  };
}

/** The address of the board with what is asked. */
export function boardHref(query: BoardQuery, path = '/reviews/board'): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

/** A heading that sorts: what is sorted already is turned round; time used and what is missing begin with the most. Pure. */
export function boardColumn({ page: _, ...asked }: BoardQuery, name: string, text: string) {
  const now = asked.sort ?? (asked.only === 'ended' ? '-reference' : 'due');
  const sorted = now.replace('-', '') === name;
  const descending = now.startsWith('-');
  const first = name === 'used' || name === 'missing' ? `-${name}` : name;
  return {
    ...{ text, sorted: sorted ? (descending ? 'descending' : 'ascending') : null },
    href: boardHref({ ...asked, sort: sorted ? (descending ? name : `-${name}`) : first }),
  };
}

/** What stands above the board: how many there are. Pure. */
export const boardCount = ({ total }: Pick<Board, 'total'>): string => `${total} ${total === 1 ? 'review' : 'reviews'}`;

/** Which page of the board this is, and where it goes on. Pure. */
export const boardSheet = ({ page: _, ...asked }: BoardQuery, board: Pick<Board, 'page' | 'pages'>) =>
  sheetLinks(board, (to) => boardHref(to === 1 ? asked : { ...asked, page: String(to) }));
