import type { Arrival, Source } from './inbox';
import type { Tx } from './tx';

/** A record of the inbox, and how often it has failed. */
export interface Row extends Arrival {
  readonly attempts: number;
}

/** The record was applied by somebody else meanwhile, or its stream was parked: nothing to do. */
export class Overtaken extends Error {}

/** The same as PostgreSQL answers. */
export interface RawRow {
  source: Source;
  stream_id: string;
  stream_version: string;
  event_id: string;
  body: Buffer;
  attempts: number;
  next_attempt_at: Date | number;
}

/** Cuts each stream's run at its first gap, and at a row that waits for its next attempt. */
export function contiguous(rows: readonly RawRow[]): Row[] {
  const last = new Map<string, bigint>();
  const result: Row[] = [];
  for (const r of rows) {
    const stream = `${r.source}/${r.stream_id}`;
    const version = BigInt(r.stream_version);
    const previous = last.get(stream);
    if (previous !== undefined && version !== previous + 1n) continue;
    if (r.next_attempt_at instanceof Date && r.next_attempt_at.getTime() > Date.now()) continue;
    last.set(stream, version);
    result.push({
      source: r.source,
      streamId: r.stream_id,
      version,
      eventId: r.event_id,
      body: r.body,
      attempts: r.attempts,
    });
  }
  return result;
}

/**
 * Moves the cursors over these rows and takes the rows from the inbox. Locks the cursors, so a second worker waits here
 * and then finds itself overtaken. Throws Overtaken unless every stream stood just before its first row.
 */
export async function advanceAll(tx: Tx, rows: readonly Row[]): Promise<void> {
  const streams = new Map<string, { source: string; id: string; first: bigint; last: bigint }>();
  for (const row of rows) {
    const key = `${row.source}/${row.streamId}`;
    const seen = streams.get(key);
    if (seen) seen.last = row.version;
    else streams.set(key, { source: row.source, id: row.streamId, first: row.version, last: row.version });
  }
  const ordered = [...streams.values()].sort((a, b) => (a.id < b.id ? -1 : 1)); // one lock order for all
  const moving = tx.execute(
    `INSERT INTO stream_cursor AS c (source, stream_id, last_version)
     SELECT a.source, a.id, a.last FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[]) AS a(source, id, first, last)
      WHERE a.first = 1 OR (SELECT e.last_version FROM stream_cursor e WHERE e.source = a.source AND e.stream_id = a.id) = a.first - 1
     ON CONFLICT (source, stream_id) DO UPDATE SET last_version = EXCLUDED.last_version
      WHERE c.parked_reason IS NULL AND c.last_version = (
        SELECT a.first - 1 FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS a(source, id, first) WHERE a.source = c.source AND a.id = c.stream_id)`,
    [ordered.map((s) => s.source), ordered.map((s) => s.id), ordered.map((s) => s.first), ordered.map((s) => s.last)],
    'advance-cursors',
  );
  // Sent without waiting: whoever was overtaken takes nothing either, for the whole is rolled back.
  const taking = tx.execute(
    `DELETE FROM inbox WHERE ctid = ANY (ARRAY(
       SELECT (SELECT i.ctid FROM inbox i WHERE i.source = a.source AND i.stream_id = a.id AND i.stream_version = a.version)
         FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS a(source, id, version)))`,
    [rows.map((r) => r.source), rows.map((r) => r.streamId), rows.map((r) => r.version)],
    'take-from-inbox',
  );
  const [moved] = await Promise.all([moving, taking]);
  if (moved !== ordered.length) throw new Overtaken();
}
