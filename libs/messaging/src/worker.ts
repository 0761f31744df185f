import {
  begin,
  inSpan,
  serviceActorId,
  systemCall,
  Problem,
  Unavailable,
  type Call,
  type Part,
} from '@concordat/platform';
import type { ContextName, Received } from '@concordat/contracts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { actStream } from './act';
import { decode, Unprocessable } from './envelope';
import type { Inbox, Pace } from './inbox';
import { advanceAll, contiguous, Overtaken, type RawRow, type Row } from './inbox-rows';
import { inParallel, parted, Seats } from './in-parallel';
import type { Handlers, Handling } from './on';
import { Parking } from './parking';
import { SecondLook } from './second-look';
import type { Tx } from './tx';
import { isConnectionLoss, type UnitOfWork } from './unit-of-work';
import { Wakeful } from './wakeful';

/** An event that is applied in a unit of work of its own. */
interface Single {
  readonly row: Row;
  readonly event: Received<never>;
  readonly handling: Handling;
}

/** An event that is applied together with others. */
interface Batched {
  readonly row: Row;
  readonly event: Received<never>;
  readonly handling: Handling | 'ignored';
}

/** The least time between the beginnings of two rounds. */
const GAP_MS: Readonly<Record<Pace, number>> = { prompt: 5, unhurried: 50 };
const HEADS = 100;
const RUN = 20;
const ACTS = 500;
/**
 * Events that are applied alone, each of its own stream: so many at once may be asking another context for what they need, and
 * so many writing, as requests of people need connections too.
 */
const ASKING = 12;
const WRITING = 4;
const ATTEMPTS = 10;
/**
 * Failures because nobody answered, or of a whole batch, are counted no further than this: they wait some seconds each, and
 * never park.
 */
const PATIENT = 7;

/** Codes of another service, or the database, that is away or only just starting. */
const NOBODY_THERE: ReadonlySet<string> = new Set([
  'service.unreachable',
  'service.answered-502',
  'service.answered-503',
  'service.answered-504',
  'issuer.unavailable',
  'database.unreachable',
]);

/**
 * The worker of one context. It applies each stream's events in order, each once: `last + 1` only, the cursor's row locked
 * in the same transaction as the effects (C4). What cannot be applied parks its stream and no other (C5).
 */
export class Worker implements Part {
  readonly name: string;
  private readonly loop: Wakeful;
  private readonly actor: string;
  private readonly about: { readonly 'concordat.context': string };
  private readonly seats = new Seats(WRITING);
  private readonly second: SecondLook;
  /** Whether the batch before failed as a whole, for a passing reason. */
  private batchFailed = false;

  constructor(
    private readonly inbox: Inbox,
    private readonly handlers: Handlers,
    private readonly unit: UnitOfWork,
    private readonly pool: Pool,
    private readonly log: Logger,
  ) {
    this.name = `${inbox.context} worker`;
    this.about = { 'concordat.context': inbox.context };
    this.actor = serviceActorId(inbox.context);
    this.second = new SecondLook(pool, unit, new Parking(pool, () => this.wake()), this.actor, (row) =>
      this.canRead(row),
    );
    this.loop = new Wakeful(() => this.drain(), {
      idleMs: 250,
      gapMs: GAP_MS[inbox.pace],
      onError: (err) => log.warn({ err, worker: this.name }, 'worker'),
    });
    inbox.onArrival(() => this.loop.wake());
  }

  start(): void {
    this.second.soon();
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Asks for a round soon: something arrived, or a stream was released. */
  wake(): void {
    this.loop.wake();
  }

  age(): number {
    return this.loop.age();
  }

  trouble(): string | null {
    return this.loop.trouble(30_000);
  }

  /** One round. Resolves true when there may be more to do at once. */
  private async drain(): Promise<boolean> {
    await this.second.look();
    const rows = [...(await this.ready()), ...(this.handlers.takesActs ? await this.readyActs() : [])];
    const batch: Batched[] = [];
    const singles = new Map<string, Single[]>();
    const blocked = new Set<string>();
    for (const row of rows) {
      const stream = streamOf(row);
      if (blocked.has(stream)) continue;
      const read = await this.read(row);
      if (!read) {
        blocked.add(stream);
      } else if (read.handling !== 'ignored' && read.handling.one) {
        const queue = singles.get(stream) ?? [];
        singles.set(stream, [...queue, { row, event: read.event, handling: read.handling }]);
      } else if (singles.has(stream)) {
        blocked.add(stream); // its turn comes after the single that precedes it
      } else {
        batch.push({ row, event: read.event, handling: read.handling });
      }
    }
    // What has a stream to itself need not wait for what is applied together; neither does a failure of one keep back the other.
    const begun = new Set(batch.map(({ row }) => streamOf(row)));
    const [later, atOnce] = parted([...singles], ([stream]) => begun.has(stream));
    const results = await Promise.allSettled([this.applyTogether(batch), this.applySingles(atOnce)]);
    const failed = results.find((r) => r.status === 'rejected');
    if (failed) throw failed.reason;
    await this.applySingles(later);
    return rows.length > 0;
  }

  /** Apart, so that a ledger that cannot take acts does not hold up the news of who may see what. */
  private async applyTogether(batch: readonly Batched[]): Promise<void> {
    const [acts, events] = parted(batch, ({ row }) => isOfActs(row));
    for (const part of [events, acts]) if (part.length > 0) await this.applyBatch(part);
  }

  /** Streams side by side, each in its order. */
  private async applySingles(queues: readonly [string, readonly Single[]][]): Promise<void> {
    await inParallel(queues, ASKING, async ([, queue]) => {
      for (const { row, event, handling } of queue) if (!(await this.applyOne(row, event, handling))) return;
    });
  }

  private async read(row: Row): Promise<{ event: Received<never>; handling: Handling | 'ignored' } | null> {
    try {
      return this.understood(row);
    } catch (error) {
      await this.failed(row, error);
      return null;
    }
  }

  /** Throws Unprocessable for what this version does not know. */
  private understood(row: Row): { event: Received<never>; handling: Handling | 'ignored' } {
    const event = decode(row);
    const handling = this.handlers.of(event.type);
    if (!handling) throw new Unprocessable('event.unhandled-type');
    return { event, handling };
  }

  private canRead(row: Row): boolean {
    try {
      return this.understood(row) !== null;
    } catch {
      return false;
    }
  }

  /** Each event's part of a batch belongs to the trace that it was published in. */
  private spansOf(items: readonly Batched[]) {
    return items.map(({ event }) =>
      event.traceparent ? begin(`apply ${event.type}`, 'consumer', this.about, event.traceparent) : null,
    );
  }

  private async applyBatch(items: readonly Batched[], parted = false): Promise<void> {
    const spans = this.spansOf(items);
    try {
      await this.unit.project(this.call(items[0]!.event), async (tx) => {
        await advanceAll(
          tx,
          items.map((i) => i.row),
        );
        for (const { handling, events } of inGroups(items)) await handling.batch!(events, tx);
      });
      spans.forEach((span) => span?.end());
      if (!parted) this.batchFailed = false;
    } catch (error) {
      spans.forEach((span) => span?.end(true));
      if (error instanceof Overtaken) return;
      if (isTransient(error)) return this.applyAgain(items, error, parted);
      if (items.length === 1) return this.failed(items[0]!.row, error);
      // One of them is at fault: each alone, so that it harms nobody else. A stream stops at its first failure.
      for (const item of items) await this.applyBatch([item], parted);
    }
  }

  /**
   * After a passing failure: the first time nobody is at fault, so the loop pauses and tries all of them again. When that fails
   * too, it may be one of them: halves, until that one waits for its own next attempt and the others have gone on. An act is
   * never parked for what ails the ledger itself, and a lost connection is everybody's.
   */
  private async applyAgain(items: readonly Batched[], error: unknown, parted: boolean): Promise<void> {
    if (isOfActs(items[0]!.row) || isConnectionLoss(error)) throw error;
    if (items.length === 1) return this.failed(items[0]!.row, error, parted);
    if (!parted && !this.batchFailed) {
      this.batchFailed = true;
      throw error;
    }
    const half = items.length >> 1;
    for (const part of [items.slice(0, half), items.slice(half)]) await this.applyBatch(part, true);
    if (!parted) this.batchFailed = false;
  }

  private applyOne(row: Row, event: Received<never>, handling: Handling): Promise<boolean> {
    const work = (): Promise<boolean> => this.applyAlone(row, event, handling);
    return event.traceparent ? inSpan(`apply ${event.type}`, 'consumer', this.about, work, event.traceparent) : work();
  }

  private async applyAlone(row: Row, event: Received<never>, handling: Handling): Promise<boolean> {
    try {
      const prepared = handling.prepare ? await handling.prepare(event) : undefined;
      const work = async (tx: Tx): Promise<void> => {
        await advanceAll(tx, [row]);
        await handling.one!(event, tx, prepared);
      };
      const call = this.call(event);
      const { action } = handling;
      await this.seats.take(async () => {
        if (action) await this.unit.run({ action, call }, work);
        else await this.unit.project(call, work);
      });
      return true;
    } catch (error) {
      if (!(error instanceof Overtaken)) await this.failed(row, error);
      return false;
    }
  }

  /**
   * Transient: again later, with jitter, ten times; for as long as it takes when nobody was there to be asked, for that is
   * not the event's doing. Permanent: the stream is parked, which is itself on record (C5).
   */
  private async failed(row: Row, error: unknown, patiently = false): Promise<void> {
    const transient = isTransient(error);
    const code = error instanceof Problem || error instanceof Unprocessable ? error.code : 'handler.failed';
    this.log.warn(
      { err: error, code, transient, worker: this.name, stream: row.streamId, version: String(row.version) },
      'event not applied',
    );
    const counted = patiently || nobodyThere(error) ? Math.max(row.attempts, PATIENT) : ATTEMPTS;
    const attempts = Math.min(row.attempts + 1, counted);
    if (transient && attempts < ATTEMPTS) {
      const delayMs = Math.min(30_000, 50 * 2 ** row.attempts) * (0.5 + Math.random());
      await this.pool.query(
        `UPDATE inbox SET attempts = $5, next_attempt_at = now() + $4 * interval '1 millisecond'
          WHERE source = $1 AND stream_id = $2 AND stream_version = $3`,
        [row.source, row.streamId, row.version, delayMs, attempts],
      );
      return;
    }
    const call = systemCall(this.actor, 'operation');
    await this.unit.run(
      { action: 'stream.park', call, objects: [{ t: 'stream', id: row.streamId, ver: String(row.version) }] },
      async (tx) => {
        tx.about({ reasons: [code] });
        await tx.execute(
          `INSERT INTO stream_cursor (source, stream_id, parked_reason, parked_at) VALUES ($1, $2, $3, now())
         ON CONFLICT (source, stream_id) DO UPDATE SET parked_reason = $3, parked_at = now()`,
          [row.source, row.streamId, code],
        );
      },
    );
  }

  private call(event: Received<never>): Call {
    return systemCall(this.actor, 'operation', { correlationId: event.correlationId, causationId: event.id });
  }

  /**
   * The next events of up to a hundred streams, each stream's in order and without a gap. The cursor is asked by its key
   * for each row, as a join is planned by the length that the queue had once.
   */
  private async ready(): Promise<Row[]> {
    const { rows } = await this.pool.query<RawRow>({
      name: 'worker-ready',
      text: `WITH heads AS (
               SELECT i.source, i.stream_id, i.stream_version, i.seq
                 FROM inbox i
                WHERE i.stream_version = coalesce(
                        (SELECT CASE WHEN c.parked_reason IS NULL THEN c.last_version + 1 ELSE 0 END
                           FROM stream_cursor c WHERE c.source = i.source AND c.stream_id = i.stream_id), 1)
                  AND i.next_attempt_at <= now() AND i.source NOT LIKE '%.acts'
                ORDER BY i.seq LIMIT ${HEADS})
             SELECT n.* FROM heads h CROSS JOIN LATERAL (
               SELECT source, stream_id, stream_version, event_id, body, attempts, next_attempt_at FROM inbox n
                WHERE n.source = h.source AND n.stream_id = h.stream_id AND n.stream_version >= h.stream_version
                ORDER BY n.stream_version LIMIT ${RUN}) n
              ORDER BY h.seq, n.stream_version`,
    });
    return contiguous(rows);
  }

  /**
   * The next run of acts of each producer: one long stream each, whose id is known, so each is read by its key from its cursor
   * on, and ends at its first gap.
   */
  private async readyActs(): Promise<Row[]> {
    const producers = this.inbox.sources.filter((s) => s.endsWith('.acts'));
    const { rows } = await this.pool.query<RawRow>({
      name: 'worker-ready-acts',
      text: `SELECT n.* FROM (
               SELECT a.source, a.stream_id, coalesce(c.last_version, 0) AS last
                 FROM unnest($1::text[], $2::uuid[]) AS a(source, stream_id)
                 LEFT JOIN stream_cursor c ON c.source = a.source AND c.stream_id = a.stream_id
                WHERE c.parked_reason IS NULL) p
              CROSS JOIN LATERAL (
               SELECT i.source, i.stream_id, i.stream_version, i.event_id, i.body, i.attempts, i.next_attempt_at FROM inbox i
                WHERE i.source = p.source AND i.stream_id = p.stream_id AND i.stream_version > p.last
                  AND EXISTS (SELECT 1 FROM inbox f
                               WHERE f.source = p.source AND f.stream_id = p.stream_id AND f.stream_version = p.last + 1)
                ORDER BY i.stream_version LIMIT ${ACTS}) n
              ORDER BY n.source, n.stream_version`,
      values: [producers, producers.map((s) => actStream(s.slice(0, -'.acts'.length) as ContextName))],
    });
    return contiguous(rows);
  }
}

/**
 * Events to be handled together, group after group. A stream whose events go to several handlers keeps its order: what
 * follows a change of handler falls in a later group.
 */
export function inGroups(
  items: readonly { row: Pick<Row, 'source' | 'streamId'>; event: Received<never>; handling: Handling | 'ignored' }[],
): { handling: Handling; events: Received<never>[] }[] {
  const groups: { handling: Handling; events: Received<never>[] }[] = [];
  const reached = new Map<string, number>();
  for (const { row, event, handling } of items) {
    if (handling === 'ignored') continue;
    const stream = streamOf(row);
    const from = reached.get(stream) ?? 0;
    let at = groups.findIndex((group, i) => i >= from && group.handling === handling);
    if (at < 0) at = groups.push({ handling, events: [] }) - 1;
    groups[at]!.events.push(event);
    reached.set(stream, at);
  }
  return groups;
}

const streamOf = ({ source, streamId }: Pick<Row, 'source' | 'streamId'>): string => `${source}/${streamId}`;
const isOfActs = (row: Row): boolean => row.source.endsWith('.acts');

const nobodyThere = (error: unknown): boolean =>
  isConnectionLoss(error) || (error instanceof Unavailable && NOBODY_THERE.has(error.code));

/** Classes 40 (rolled back), 53 (resources), 57 (cancelled, shut down) and a lock not to be had; or nobody to ask. */
const isTransient = (error: unknown): boolean =>
  error instanceof Unavailable ||
  isConnectionLoss(error) ||
  /^(40|53|55P03|57)/.test((error as { code?: string }).code ?? '');
