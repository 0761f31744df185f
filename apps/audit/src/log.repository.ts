import type { Checkpoint, TileReader } from '@concordat/ledger';
import type { Tx } from '@concordat/messaging';
import type { Pool, QueryResultRow } from 'pg';

/** Runs parameterised SQL: in a unit of work, or on its own where nothing is disclosed that a unit has not put on record. */
export type Query = <R extends QueryResultRow>(sql: string, params?: unknown[], name?: string) => Promise<R[]>;

export const queryOf =
  (pool: Pool): Query =>
  async <R extends QueryResultRow>(sql: string, params: unknown[] = [], name?: string): Promise<R[]> =>
    (await pool.query<R>(name ? { name, text: sql, values: params } : { text: sql, values: params })).rows;

export const inUnit =
  (tx: Tx): Query =>
  (sql, params, name) =>
    tx.query(sql, params, name);

/** The log as its writer left it. */
export interface LogState {
  readonly size: bigint;
  readonly root: Buffer;
  readonly epoch: bigint;
  readonly origin: string | null;
  /** Whether the last heartbeat is a quarter of an hour old. */
  readonly beatDue: boolean;
}

const STATE = `SELECT size, root, epoch, origin, heartbeat_at <= now() - interval '15 minutes' AS "beatDue" FROM log_state`;

/** readState reads the log's state; `lock` holds it until the transaction ends. */
export async function readState(query: Query, lock = false): Promise<LogState> {
  const [row] = await query<{ size: string; root: Buffer; epoch: string; origin: string | null; beatDue: boolean }>(
    lock ? `${STATE} FOR UPDATE` : STATE,
    [],
    lock ? 'lock-log-state' : 'log-state',
  );
  if (!row) throw new Error('log_state has no row');
  return { ...row, size: BigInt(row.size), epoch: BigInt(row.epoch) };
}

/** A checkpoint as it was signed and stored. */
export interface StoredCheckpoint extends Pick<Checkpoint, 'size' | 'root'> {
  readonly note: string;
  readonly at: Date;
}

/** The newest checkpoint, or undefined before the first. */
export async function newestCheckpoint(query: Query): Promise<StoredCheckpoint | undefined> {
  const [row] = await query<{ size: string; root: Buffer; note: string; at: Date }>(
    'SELECT size, root, note, signed_at AS at FROM checkpoint ORDER BY size DESC LIMIT 1',
    [],
    'newest-checkpoint',
  );
  return row && { ...row, size: BigInt(row.size) };
}

/** Reads tiles from the database. A row may have grown wider since; a partial tile is its beginning. */
export const tileReader =
  (query: Query): TileReader =>
  async ({ level, index }) => {
    const [row] = await query<{ data: Buffer }>(
      'SELECT data FROM tile WHERE level = $1 AND idx = $2',
      [level, index],
      'tile',
    );
    if (!row) throw new Error('a tile is missing');
    return row.data;
  };

/** Entries from an index on, in order, as they were sealed. */
export async function entriesFrom(query: Query, from: bigint, count: number): Promise<Buffer[]> {
  const rows = await query<{ bytes: Buffer }>(
    'SELECT bytes FROM entry WHERE idx >= $1 AND idx < $2 ORDER BY idx',
    [from, from + BigInt(count)],
    'entries-from',
  );
  return rows.map((r) => r.bytes);
}
