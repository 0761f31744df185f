import type { Call } from '@concordat/platform';
import type { Client, QueryResultRow } from 'pg';

/** What a statement comes to: its rows, or how many rows it touched. */
export type Reply = readonly QueryResultRow[] | number;
export type Answer = (values: readonly never[], call: Call) => Reply;

/** How a context's statements are answered from memory: by name, or by what their text looks like. */
export interface Answers {
  readonly named: Readonly<Record<string, Answer>>;
  readonly texts?: readonly (readonly [RegExp, Answer])[];
}

interface Asked {
  readonly name?: string;
  readonly text: string;
  readonly values: never[];
}

/**
 * Stands in the place of a database connection. The product's own services ask their own statements; here they are
 * answered from memory, and what they write is kept for COPY. A statement that is not known is an error, so that a change
 * of the product cannot go past the bulk path unseen.
 */
export class Statements {
  call: Call | null = null;
  /** While the partnership is founded, what is not known goes to the real database, as there is little of it. */
  real: Client | null = null;

  constructor(private readonly answers: Answers) {}

  async query(asked: Asked): Promise<{ rows: readonly QueryResultRow[]; rowCount: number }> {
    const answer =
      (asked.name ? this.answers.named[asked.name] : undefined) ??
      this.answers.texts?.find(([like]) => like.test(asked.text))?.[1];
    if (!answer) {
      if (this.real) return (await this.real.query(asked.text, asked.values)) as never;
      throw new Error(`the bulk path does not know the statement ${asked.name ?? asked.text}`);
    }
    const reply = answer(asked.values, this.call!);
    return typeof reply === 'number' ? { rows: [], rowCount: reply } : { rows: reply, rowCount: reply.length };
  }
}

/** The rows of a statement whose parameters are columns, as `unnest` takes them. */
export const rowsOf = (columns: readonly unknown[]): unknown[][] =>
  (columns[0] as unknown[]).map((_, n) => columns.map((column) => (column as unknown[])[n]));

/** An array parameter. */
export const strings = (value: unknown): string[] => value as string[];
