import type { ContextName } from '@concordat/contracts';
import type { Client } from 'pg';
import type { ActRow, ClockRow, CursorRow, DeadlineRow, EffectRow, Evidence, OutboxRow } from './evidence';

type FromRows = Pick<
  Evidence,
  | 'streams'
  | 'outbox'
  | 'acts'
  | 'cursors'
  | 'effects'
  | 'handled'
  | 'waiting'
  | 'keys'
  | 'clocks'
  | 'register'
  | 'takenAt'
  | 'canariesAtHome'
>;

/** rowsOf reads what the contexts' tables say, all of one moment: the transaction of `db` must be repeatable read. */
export async function rowsOf(db: Client, contexts: readonly ContextName[], stem: string): Promise<FromRows> {
  const query = async <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> =>
    (await db.query<R>(sql, params)).rows;
  const each = async <R>(read: (context: ContextName) => Promise<R[]>): Promise<R[]> => {
    const all: R[] = [];
    for (const context of contexts) all.push(...(await read(context)));
    return all;
  };
  const [time] = await query<{ ms: string }>(`SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms`);
  const [home] = await query<{ n: number }>(
    'SELECT count(*)::int AS n FROM referrals.referral WHERE content::text LIKE $1',
    [`%${stem}%`],
  );
  return {
    streams: await each((context) =>
      query<{ stream: string; version: string }>(`SELECT id AS stream, version FROM ${context}.stream`).then((rows) =>
        rows.map((r) => ({ context, stream: r.stream, version: BigInt(r.version) })),
      ),
    ),
    outbox: await each((context) => outboxOf(query, context)),
    acts: await each((context) => actsOf(query, context)),
    cursors: await each((consumer) =>
      query<{ source: string; stream: string; last: string; parked: string | null }>(
        `SELECT source, stream_id AS stream, last_version AS last, parked_reason AS parked FROM ${consumer}.stream_cursor`,
      ).then((rows) => rows.map((r): CursorRow => ({ ...r, consumer, last: BigInt(r.last) }))),
    ),
    effects: (
      await query<{ seq: string; consumer: ContextName; source: string; stream: string; version: string; id: string }>(
        'SELECT seq, consumer, source, stream_id AS stream, version, event_id AS id FROM faults.effect',
      )
    ).map(({ seq, version, id, ...r }): EffectRow => ({
      ...r,
      seq: BigInt(seq),
      version: BigInt(version),
      eventId: id,
    })),
    handled: await query<{ consumer: ContextName; type: string }>('SELECT consumer, type FROM faults.handled'),
    waiting: await each((consumer) =>
      query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${consumer}.inbox`).then((rows) =>
        rows.map((r) => ({ consumer, rows: r.rows })),
      ),
    ),
    keys: await each((context) =>
      query<{ actor: string; key: string }>(`SELECT actor_id AS actor, key FROM ${context}.idempotency`).then((rows) =>
        rows.map((r) => ({ context, ...r })),
      ),
    ),
    clocks: await clocksOf(query),
    register: await registerOf(query),
    takenAt: Number(time?.ms),
    canariesAtHome: home?.n ?? 0,
  };
}

type Query = <R extends object>(sql: string, params?: unknown[]) => Promise<R[]>;

async function outboxOf(query: Query, context: ContextName): Promise<OutboxRow[]> {
  const rows = await query<Omit<OutboxRow, 'context' | 'seq' | 'version'> & { seq: string; version: string }>(
    `SELECT seq, event_id AS "eventId", stream_id AS stream, stream_version AS version, topic, partition,
            published_at IS NOT NULL AS published, j ->> 'type' AS type, j ->> 'correlationid' AS corr,
            j ->> 'causationid' AS cause, encode(sha256(body), 'hex') AS digest
       FROM ${context}.outbox, LATERAL (SELECT convert_from(body, 'UTF8')::jsonb AS j) b`,
  );
  return rows.map((r) => ({ ...r, context, seq: BigInt(r.seq), version: BigInt(r.version) }));
}

async function actsOf(query: Query, context: ContextName): Promise<ActRow[]> {
  const rows = await query<Omit<ActRow, 'context' | 'seq'> & { seq: string | null }>(
    `SELECT event_id AS id, seq, published_at IS NOT NULL AS published, d ->> 'action' AS action, d ->> 'outcome' AS outcome,
            d ->> 'actor' AS actor, d ->> 'corr' AS corr, d ->> 'cause' AS cause,
            ARRAY(SELECT o ->> 'id' FROM jsonb_array_elements(d -> 'objects') o) AS objects,
            ARRAY(SELECT jsonb_array_elements_text(d -> 'subjects')) AS subjects,
            (extract(epoch FROM created_at) * 1000)::float8 AS at
       FROM ${context}.act, LATERAL (SELECT convert_from(body, 'UTF8')::jsonb -> 'data' AS d) b`,
  );
  return rows.map((r) => ({ ...r, context, seq: r.seq === null ? null : BigInt(r.seq) }));
}

interface Entry {
  readonly what: string;
  readonly at: string;
  readonly dueAt?: string | null;
}

async function registerOf(query: Query): Promise<DeadlineRow[]> {
  const rows = await query<{ id: string; due: Date; fired: Date | null; pending: boolean; firings: number }>(
    `SELECT d.id, d.due_at AS due, d.fired_at AS fired, d.status = 'pending' AS pending,
            (SELECT count(*)::int FROM notifications.outbox o, LATERAL (SELECT convert_from(o.body, 'UTF8')::jsonb AS e) b
              WHERE o.stream_id = d.id AND e ->> 'type' = 'notifications.deadline-fired.v1'
                AND (e #>> '{data,dueAt}')::timestamptz = d.due_at) AS firings
       FROM notifications.deadline d WHERE d.due_at <= clock_timestamp()`,
  );
  return rows.map(({ due, fired, ...r }) => ({ ...r, dueAt: due.getTime(), firedAt: fired?.getTime() ?? null }));
}

/** Each rating with a time limit starts a clock; the next rating, a decision, a reopening or a withdrawal stops it. */
async function clocksOf(query: Query): Promise<ClockRow[]> {
  const rows = await query<{ id: string; entries: Entry[] }>('SELECT id, entries FROM referrals.referral');
  return rows.flatMap(({ id, entries }) => clocksIn(id, entries));
}

/** clocksIn reads the clocks of one referral from its history. Pure. */
export function clocksIn(referral: string, entries: readonly Entry[]): ClockRow[] {
  const clocks: {
    referral: string;
    dueAt: number;
    stoppedAt: number | null;
    firedAt: number[];
    firedStopped: number;
  }[] = [];
  for (const { what, at, dueAt } of entries) {
    const running = clocks.at(-1);
    if (what === 'clock-passed') {
      // By its due time, so that one that fires after it was stopped is not taken for the next one's. Two may be due in the
      // same millisecond: then it is that of the one that runs.
      const due = clocks.filter((c) => c.dueAt === Date.parse(dueAt ?? ''));
      const its = due.find((c) => c.stoppedAt === null) ?? due.at(-1);
      its?.firedAt.push(Date.parse(at));
      if (its && its.stoppedAt !== null) its.firedStopped++;
      continue;
    }
    const stops = ['rated', 'decided', 'reopened', 'withdrawn'].includes(what);
    if (stops && running?.stoppedAt === null) running.stoppedAt = Date.parse(at);
    if (what === 'rated' && dueAt)
      clocks.push({ referral, dueAt: Date.parse(dueAt), stoppedAt: null, firedAt: [], firedStopped: 0 });
  }
  return clocks;
}
