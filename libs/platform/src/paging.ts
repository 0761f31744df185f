import { Invalid, isId } from '@concordat/contracts';

/** One part of a sort key: an expression, and the type as which a cursor's text is read back. */
export interface SortKey {
  readonly sql: string;
  readonly type: 'timestamptz' | 'date' | 'int' | 'text' | 'uuid';
}

/** An order that no two rows share a place in: the last key is an id. */
export interface Sorting {
  readonly name: string;
  readonly keys: readonly SortKey[];
  readonly descending: boolean;
}

export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** How many there are: exact to a thousand, then only that there are more (user-interface.md §2). */
export interface Count {
  readonly value: number;
  readonly more: boolean;
}

/** A count says “more than” beyond this: to count on would cost more than anybody wants to know. */
export const COUNTED = 1_000;
export const countOf = (n: number): Count => ({ value: Math.min(n, COUNTED), more: n > COUNTED });

const FORMS: Readonly<Record<SortKey['type'], (text: string) => boolean>> = {
  timestamptz: (text) => text === 'infinity' || (/^[\d :.+T-]{10,40}$/.test(text) && !Number.isNaN(Date.parse(text))),
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)),
  int: (text) => /^\d{1,9}$/.test(text),
  text: (text) => /^[A-Z0-9-]{0,40}$/.test(text),
  uuid: isId,
};

/**
 * Paging by keyset, forwards and backwards: a page never shifts under the reader as records come and go, and the last is as
 * quick as the first. Give `where` and `order` to the statement, select `keys` in it, and hand its rows to `page`. The
 * expressions of the keys may be others than the sorting's own, where a part of a union sorts by what it shows.
 */
export class Paging {
  private readonly cursor: { back: boolean; keys: string[] } | null;
  private readonly own: readonly string[];

  /** Throws Invalid for a cursor that was not made for this sorting. */
  constructor(
    private readonly sorting: Sorting,
    readonly limit: number,
    cursor: string | undefined,
  ) {
    this.cursor = cursor === undefined ? null : read(cursor, sorting);
    this.own = sorting.keys.map((k) => k.sql);
  }

  /** The condition of the page, with parameters from `$<first>`; `params` go with it. */
  where(first: number, keys = this.own): string {
    if (!this.cursor) return 'true';
    const asked = this.sorting.keys.map((k, i) => `$${first + i}::${k.type}`).join(', ');
    return `(${keys.join(', ')}) ${this.descending ? '<' : '>'} (${asked})`;
  }

  get params(): readonly string[] {
    return this.cursor?.keys ?? [];
  }

  order(keys = this.own): string {
    return keys.map((sql) => `${sql} ${this.descending ? 'DESC' : 'ASC'}`).join(', ');
  }

  /** The column from which `page` makes cursors. */
  keys(keys = this.own): string {
    return `ARRAY[${keys.map((sql) => `(${sql})::text`).join(', ')}] AS keys`;
  }

  /** Cuts rows, of which one more than the limit was asked for, to a page in reading order. */
  page<T extends { keys: string[] }>(rows: readonly T[]): Page<Omit<T, 'keys'>> {
    const beyond = rows.length > this.limit;
    const shown = rows.slice(0, this.limit);
    const back = this.cursor?.back ?? false;
    if (back) shown.reverse();
    const before = back ? beyond : this.cursor !== null;
    const after = back ? true : beyond;
    return {
      items: shown.map(({ keys: _keys, ...item }) => item),
      next: after ? this.at(shown.at(-1), 'next') : null,
      previous: before ? this.at(shown[0], 'previous') : null,
    };
  }

  private get descending(): boolean {
    return this.sorting.descending !== (this.cursor?.back ?? false);
  }

  private at(row: { keys: string[] } | undefined, direction: string): string | null {
    if (!row) return null;
    return Buffer.from(JSON.stringify([this.sorting.name, direction, ...row.keys])).toString('base64url');
  }
}

function read(text: string, sorting: Sorting): { back: boolean; keys: string[] } {
  const [name, direction, ...keys] = parse(text);
  const fits =
    name === sorting.name &&
    (direction === 'next' || direction === 'previous') &&
    keys.length === sorting.keys.length &&
    sorting.keys.every((key, i) => typeof keys[i] === 'string' && FORMS[key.type](keys[i]));
  if (!fits) throw new Invalid([{ field: 'cursor', code: 'wrong-form', message: 'Start again from the first page' }]);
  return { back: direction === 'previous', keys: keys as string[] };
}

function parse(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? (parsed as unknown[]) : [];
  } catch {
    return []; // no cursor of ours
  }
}
