import type { Connection } from '../load';

/** One operation over a connection: what was wrong with its answer, or null. */
export type Doing = (connection: Connection) => Promise<string | null>;

/** A referral as everybody can find it. */
export interface Row {
  readonly id: string;
  readonly reference: string;
  readonly family: string;
}

/** Something that a person types into the search, and how many of those it must find the caller may see (25 at most). */
export interface Sought {
  readonly term: string;
  readonly least: number;
}

export const operations = ['create', 'read', 'list', 'search'] as const;
export type Operation = (typeof operations)[number];

/** How many entries about each operation are on record. */
export type Audited = Readonly<Partial<Record<Operation, number>>>;

/**
 * Something that does the task: referrals with validation, of which an agency sees those that it made or received, and an
 * audit entry for each thing done. Every operation is one request to it, if it can be.
 */
export interface Contender {
  readonly name: string;
  readonly url: string;
  /** How many audit entries one operation makes; those that it does not log are left out. */
  readonly entries: Readonly<Partial<Record<Operation, number>>>;
  /** Makes tokens new where they are short-lived. Called before each round, outside what is timed. */
  refresh?(): Promise<void>;
  create(content: unknown): Doing;
  read(row: Row): Doing;
  /** The newest twenty-five that the caller's agency received; `newest` must be the first. */
  list(newest: string): Doing;
  search(sought: Sought): Doing;
  /** Resolves when a row of which the caller may know nothing is neither read, nor listed, nor found. @throws otherwise */
  hides(row: Row): Promise<void>;
  /** Entries so far. */
  audited(): Promise<Audited>;
  /** Waits until nothing of what was asked of it is still to be done. */
  atRest(): Promise<void>;
  pid(): number | undefined;
  residentMb(): number | undefined;
  /** Stops it and starts it again: milliseconds until it answers. */
  restart(): Promise<number>;
  stop(): Promise<void>;
}

/** Whether an answer shows what it must: at least so many, all of them what was asked for, the first of them first. */
export function shows<T>(
  items: readonly T[] | undefined,
  least: number,
  fits: (item: T) => boolean,
  first?: (item: T) => boolean,
): string | null {
  if (!items) return 'no items';
  if (items.length < least) return `${items.length} of ${least} found`;
  if (!items.every(fits)) return 'something that was not asked for, or that the caller may not see';
  return !first || (items[0] !== undefined && first(items[0])) ? null : 'another is first';
}
