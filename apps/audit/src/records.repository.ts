import type { Query } from './log.repository';

/** A sealed act as it is stored: the entry, and while they exist the detail and the key that it is under. */
export interface StoredRecord {
  readonly idx: bigint;
  readonly eventId: string;
  readonly bytes: Buffer;
  readonly owner: string | null;
  readonly sealed: Buffer | null;
  readonly wrapped: Buffer | null;
}

const RECORD = `SELECT e.idx, e.event_id AS "eventId", e.bytes, d.owner, d.sealed, k.wrapped
  FROM entry e LEFT JOIN detail d ON d.idx = e.idx LEFT JOIN data_key k ON k.owner = d.owner`;

type Row = Omit<StoredRecord, 'idx'> & { idx: string };
const recordOf = (row: Row): StoredRecord => ({ ...row, idx: BigInt(row.idx) });

/** The records at these indexes, ascending; those that are not there are left out. */
export async function recordsAt(query: Query, indexes: readonly bigint[]): Promise<StoredRecord[]> {
  const rows = await query<Row>(`${RECORD} WHERE e.idx = ANY($1::bigint[]) ORDER BY e.idx`, [indexes], 'records-at');
  return rows.map(recordOf);
}

/** The record of one act, or undefined when it has not been sealed. */
export async function recordOfAct(query: Query, eventId: string): Promise<StoredRecord | undefined> {
  const [row] = await query<Row>(`${RECORD} WHERE e.event_id = $1`, [eventId], 'record-of-act');
  return row && recordOf(row);
}

/** Whether the act at `idx` was done by this user. */
export async function isBy(query: Query, idx: bigint, userId: string): Promise<boolean> {
  const rows = await query(
    `SELECT 1 FROM trail t JOIN mention m ON m.id = $2 AND m.kind = 'u' AND m.at = t.at AND m.idx = t.idx WHERE t.idx = $1`,
    [idx, userId],
    'is-by',
  );
  return rows.length > 0;
}
