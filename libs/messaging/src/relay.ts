import { actsTopic, eventsTopic, type ContextName } from '@concordat/contracts';
import { begin, failpoint, isTracing, type Part } from '@concordat/platform';
import { Client, type Pool } from 'pg';
import type { Logger } from 'pino';
import { actStream } from './act';
import { withVersion } from './envelope';
import type { EventPublisher, Shipment } from './transport';
import { partitionOf } from './tx';
import { Wakeful } from './wakeful';

const BATCH = 500;
/** The least time between two rounds, and between two of acts: these wait for a checkpoint of seconds anyway. */
const GAP_MS = 5;
const ACTS_GAP_MS = 100;

/**
 * The relay of one context: sends what was committed and marks it sent. It keeps no cursor (R1); the one leader holds an
 * advisory lock on a connection of its own, and every mark tests the epoch it was elected with (R2).
 */
export class Relay implements Part {
  readonly name: string;
  private readonly loop: Wakeful;
  private lock: Client | null = null;
  private epoch: string | null = null;
  private nextActsAt = 0;
  private actsTimer: NodeJS.Timeout | null = null;

  constructor(
    private readonly context: ContextName,
    private readonly pool: Pool,
    private readonly lockUrl: string,
    private readonly publisher: EventPublisher,
    private readonly log: Logger,
  ) {
    this.name = `${context} relay`;
    this.loop = new Wakeful(() => this.round(), { idleMs: 250, gapMs: GAP_MS, onError: (err) => this.onError(err) });
  }

  /** Says that something was committed. Only a hint: polling finds it anyway (R7). */
  hint(): void {
    this.loop.wake();
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.stepDown();
  }

  age(): number {
    return this.loop.age();
  }

  trouble(): string | null {
    return this.loop.trouble(30_000);
  }

  private async round(): Promise<boolean> {
    if (!(await this.lead())) return false;
    const events = await this.relayEvents();
    if (this.tooEarlyForActs()) return events;
    this.nextActsAt = performance.now() + ACTS_GAP_MS;
    const acts = await this.actsWaiting();
    if (acts.unnumbered) await this.numberActs();
    return (acts.unsent && (await this.relayActs())) || events;
  }

  /** Whether acts must wait; if so, they are seen to when they may go, whether or not anything else happens. */
  private tooEarlyForActs(): boolean {
    const early = this.nextActsAt - performance.now();
    if (early <= 0) return false;
    this.actsTimer ??= setTimeout(() => {
      this.actsTimer = null;
      this.hint();
    }, early).unref();
    return true;
  }

  /** Becomes or stays the leader. A new leader takes a new epoch, which fences every earlier one. */
  private async lead(): Promise<boolean> {
    if (this.lock) return true;
    const client = new Client({ connectionString: this.lockUrl, keepAlive: true });
    client.on('error', () => void this.stepDown());
    await client.connect();
    try {
      const { rows } = await client.query<{ got: boolean }>(
        "SELECT pg_try_advisory_lock(hashtext('concordat/relay'), hashtext($1)) AS got",
        [this.context],
      );
      if (!rows[0]?.got) {
        await client.end();
        return false;
      }
      // Only a plain index scan takes note of the dead entries that every mark leaves, and skips them from then on; with
      // a bitmap each round reads again all that was sent since the last vacuum.
      await client.query('SET enable_bitmapscan = off; SET enable_sort = off');
      const lease = await client.query<{ epoch: string }>('UPDATE relay_lease SET epoch = epoch + 1 RETURNING epoch');
      this.epoch = lease.rows[0]!.epoch;
      this.lock = client;
      return true;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  /** The leader's own connection: what it reads, it reads while it holds the lock. */
  private leading(): Client {
    if (!this.lock) throw new Error('the relay has lost its lock');
    return this.lock;
  }

  private async stepDown(): Promise<void> {
    const client = this.lock;
    this.lock = null;
    this.epoch = null;
    await client?.end().catch(() => undefined);
  }

  private async relayEvents(): Promise<boolean> {
    const { rows } = await this.leading().query<EventRow>({
      name: 'relay-events',
      text: `SELECT event_id, stream_id, stream_version, topic, partition, body FROM outbox WHERE published_at IS NULL ORDER BY seq LIMIT ${BATCH}`,
    });
    const shipments = new Map<string, EventRow[]>();
    for (const row of rows) {
      const key = this.publisher.partitioned ? `${row.topic}/${row.partition}` : row.topic;
      shipments.set(key, [...(shipments.get(key) ?? []), row]);
    }
    // Partitions go side by side, one send in flight in each; a partition stops at its first failure (R3, R6).
    const sent: string[] = [];
    const results = await Promise.allSettled(
      [...shipments.values()].map(async (group) => {
        const sending = this.spansOf(group);
        await this.publisher.send(this.shipment(group)).finally(() => sending.forEach((span) => span?.end()));
        failpoint('after-produce');
        sent.push(...group.map((r) => r.event_id));
      }),
    );
    if (sent.length > 0) await this.mark('outbox', sent);
    const failed = results.find((r) => r.status === 'rejected');
    if (failed) throw failed.reason;
    return rows.length > 0;
  }

  /** The sending of each event belongs to the trace that it was published in. */
  private spansOf(rows: readonly EventRow[]) {
    if (!isTracing()) return [];
    return rows.map(({ body, topic }) => {
      const { traceparent } = JSON.parse(body.toString('utf8')) as { traceparent?: string };
      return traceparent ? begin(`send ${topic}`, 'producer', {}, traceparent) : null;
    });
  }

  private shipment(group: readonly EventRow[]): Shipment {
    const first = group[0]!;
    if (first.topic !== eventsTopic(this.context))
      throw new Error('an outbox row names a topic that is not its context’s'); // R8
    return {
      source: this.context,
      topic: first.topic,
      partition: first.partition,
      rows: group.map((r) => ({
        eventId: r.event_id,
        streamId: r.stream_id,
        version: BigInt(r.stream_version),
        body: r.body,
      })),
    };
  }

  /** Looked at first: to number acts locks the counter, and a lock is a write and a flush of the disk, for nothing. */
  private async actsWaiting(): Promise<{ unnumbered: boolean; unsent: boolean }> {
    const { rows } = await this.leading().query<{ unnumbered: boolean; unsent: boolean }>({
      name: 'relay-acts-waiting',
      text: `SELECT n.unnumbered, n.unnumbered OR EXISTS (SELECT 1 FROM act WHERE published_at IS NULL AND seq IS NOT NULL) AS unsent
               FROM (SELECT EXISTS (SELECT 1 FROM act WHERE seq IS NULL) AS unnumbered) n`,
    });
    return rows[0]!;
  }

  /** Gives committed acts their numbers, without a gap and once: only the leader of this epoch can move the counter. */
  private async numberActs(): Promise<void> {
    await this.pool.query({
      name: 'relay-number-acts',
      text: `WITH lease AS (SELECT act_seq FROM relay_lease WHERE epoch = $1 FOR UPDATE),
                  picked AS (SELECT event_id FROM act WHERE seq IS NULL AND EXISTS (SELECT 1 FROM lease) ORDER BY event_id LIMIT ${BATCH}),
                  numbered AS (UPDATE act a SET seq = p.n + (SELECT act_seq FROM lease)
                                 FROM (SELECT event_id, row_number() OVER (ORDER BY event_id) AS n FROM picked) p
                                WHERE a.event_id = p.event_id RETURNING 1)
             UPDATE relay_lease SET act_seq = act_seq + (SELECT count(*) FROM numbered)
              WHERE epoch = $1 AND EXISTS (SELECT 1 FROM numbered)`,
      values: [this.epoch],
    });
  }

  private async relayActs(): Promise<boolean> {
    const { rows } = await this.leading().query<{ event_id: string; seq: string; body: Buffer }>({
      name: 'relay-acts',
      text: `SELECT event_id, seq, body FROM act WHERE published_at IS NULL AND seq IS NOT NULL ORDER BY seq LIMIT ${BATCH}`,
    });
    if (rows.length === 0) return false;
    const streamId = actStream(this.context);
    await this.publisher.send({
      source: `${this.context}.acts`,
      topic: actsTopic(this.context),
      partition: partitionOf(streamId),
      rows: rows.map((r) => ({
        eventId: r.event_id,
        streamId,
        version: BigInt(r.seq),
        body: withVersion(r.body, BigInt(r.seq)),
      })),
    });
    failpoint('after-produce');
    await this.mark(
      'act',
      rows.map((r) => r.event_id),
    );
    return true;
  }

  /**
   * The mark does not wait for the disk. The log of the server is one: a mark that survives a crash has what came before it
   * with it, among that the rows of an inbox here; one that is lost has its rows sent again.
   */
  private async mark(table: 'outbox' | 'act', ids: readonly string[]): Promise<void> {
    const { rowCount } = await this.pool.query({
      name: `relay-mark-${table}`,
      text: `WITH flush AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
             UPDATE ${table} SET published_at = now() FROM flush
              WHERE event_id = ANY($1::uuid[]) AND EXISTS (SELECT 1 FROM relay_lease WHERE epoch = $2)`,
      values: [ids, this.epoch],
    });
    failpoint('after-mark');
    if (rowCount === ids.length) return;
    this.log.warn({ relay: this.name, epoch: this.epoch }, 'fenced: another process leads');
    await this.stepDown();
    throw new Error('the relay was fenced: another process leads');
  }

  private onError(error: unknown): void {
    this.log.warn({ err: error, relay: this.name }, 'relay');
  }
}

interface EventRow {
  event_id: string;
  stream_id: string;
  stream_version: string;
  topic: string;
  partition: number;
  body: Buffer;
}
