import type { Query } from './log.repository';
import type { StoredRecord } from './records.repository';

/** Restricted records that are closed to the reader. To whoever may read restricted records, none is. */
export async function closedTo(query: Query): Promise<readonly string[]> {
  const [row] = await query<{ closed: string[] }>('SELECT closed_to_caller(true) AS closed', [], 'closed-to-reader');
  return row!.closed;
}

/** Those of these acts that concern one of some records. */
export async function concerningAny(
  query: Query,
  indexes: readonly bigint[],
  ids: readonly string[],
): Promise<ReadonlySet<bigint>> {
  if (ids.length === 0 || indexes.length === 0) return new Set();
  const rows = await query<{ idx: string }>(
    `SELECT t.idx FROM trail t WHERE t.idx = ANY ($1::bigint[]) AND EXISTS (
       SELECT 1 FROM mention m WHERE m.id = ANY ($2::uuid[]) AND m.kind IN ('s', 'o') AND m.at = t.at AND m.idx = t.idx)`,
    [indexes, ids],
    'concerning-any',
  );
  return new Set(rows.map((r) => BigInt(r.idx)));
}

/** Records as somebody may have them to whom some are closed: of those the sealed leaf, which speaks of nobody, and no more. */
export async function withoutClosed(
  query: Query,
  records: readonly StoredRecord[],
  closed: readonly string[],
): Promise<StoredRecord[]> {
  const withheld = await concerningAny(
    query,
    records.map((r) => r.idx),
    closed,
  );
  return records.map((r) => (withheld.has(r.idx) ? { ...r, owner: null, sealed: null, wrapped: null } : r));
}
