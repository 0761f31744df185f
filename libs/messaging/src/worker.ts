import {
  begin,
  inSpan,
  isConnectionLoss,
  serviceActorId,
  systemCall,
  Problem,
  type Call,
  type Part,
} from '@concordat/platform';
import type { Received } from '@concordat/contracts';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { inGroups, isOfActs, streamOf, type Batched, type Single } from './batches';
import { decode, Unprocessable } from './envelope';
import { isTransient, nobodyThere } from './failures';
import type { Inbox, Pace } from './inbox';
import { advanceAll, Overtaken, type Row } from './inbox-rows';
import { inParallel, parted, Seats } from './in-parallel';
import type { Handlers, Handling } from './on';
import { Parking } from './parking';
import { Ready } from './ready';
import { SecondLook } from './second-look';
import type { Tx } from './tx';
import type { UnitOfWork } from './unit-of-work';
import { Wakeful } from './wakeful';

/** The least time between the beginnings of two rounds. */
const GAP_MS: Readonly<Record<Pace, number>> = { prompt: 5, unhurried: 50 };
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
  private readonly ready: Ready;
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
    this.ready = new Ready(pool, inbox.sources);
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
    const rows = [...(await this.ready.events()), ...(this.handlers.takesActs ? await this.ready.acts() : [])];
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
}
