import type { RecordedAct } from './act';
import type { Pending, Tx } from './tx';

/** A prepared statement: one text per name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** What is kept of a request that may be sent again, under the key that it came with. */
export interface Answered {
  readonly actorId: string;
  readonly key: string;
  readonly digest: Buffer;
  readonly reply: object;
}

/**
 * flushOf gives the statements that make a unit of work what it is, to be sent in this order and answered in it: what the unit
 * left to be written last, its streams' versions, its events in the outbox, its act, and the answer under its key. Pure.
 */
export function flushOf(tx: Pick<Tx, 'writes' | 'changed' | 'events'>, act: RecordedAct, answered: Answered | null) {
  const statements: Statement[] = [...tx.writes];
  const changed = tx.changed();
  for (const { id, was, now } of changed)
    statements.push(
      was === 0
        ? { name: 'open-stream', text: OPEN_STREAM, values: [id, now] }
        : { name: 'advance-stream', text: ADVANCE_STREAM, values: [id, now] },
    );
  if (changed.length > 0) statements.push(intoOutbox(tx.events));
  statements.push({ name: 'flush-act', text: FLUSH_ACT, values: [act.id, act.body] });
  if (answered) {
    const { actorId, key, digest, reply } = answered;
    statements.push({ name: 'flush-key', text: FLUSH_KEY, values: [actorId, key, digest, JSON.stringify(reply)] });
  }
  return statements;
}

/**
 * A statement for each stream, of which a unit has one or two: PostgreSQL plans a statement over an array anew each time,
 * which cost more than everything else that the streams need. One that somebody else opened meanwhile fails the unit; an
 * older one is locked (Tx.lock), so nobody else can have advanced it.
 */
const OPEN_STREAM = 'INSERT INTO stream (id, version, changed_at) VALUES ($1, $2, clock_timestamp())';
const ADVANCE_STREAM = 'UPDATE stream SET version = $2, changed_at = clock_timestamp() WHERE id = $1';
const FLUSH_ACT = 'INSERT INTO act (event_id, body) VALUES ($1, $2)';
const FLUSH_KEY = 'INSERT INTO idempotency (actor_id, key, request_digest, reply) VALUES ($1, $2, $3, $4)';

const OUTBOX = 'INSERT INTO outbox (event_id, stream_id, stream_version, topic, partition, headers, body)';
const row = (n: number): string => `($${[1, 2, 3, 4, 5].map((c) => n * 6 + c).join(', $')}, '{}', $${n * 6 + 6})`;
/** Nearly every unit publishes one event, or a few: their rows are written out, for the reason above. */
const OUTBOX_FEW = [1, 2, 3].map(
  (rows) => `${OUTBOX} VALUES ${Array.from({ length: rows }, (_, n) => row(n)).join(', ')}`,
);
const OUTBOX_MANY = `${OUTBOX}
  SELECT e, s, v, t, p, '{}', b
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::smallint[], $6::bytea[]) AS x(e, s, v, t, p, b)`;

function intoOutbox(events: readonly Pending[]): Statement {
  const rows = events.map((e) => [e.id, e.streamId, e.version, e.topic, e.partition, e.body]);
  const few = OUTBOX_FEW[rows.length - 1];
  if (few) return { name: `flush-outbox-${rows.length}`, text: few, values: rows.flat() };
  const column = (n: number): unknown[] => rows.map((values) => values[n]);
  return { name: 'flush-outbox', text: OUTBOX_MANY, values: [0, 1, 2, 3, 4, 5].map(column) };
}
