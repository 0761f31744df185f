import type { ContextName } from '@concordat/contracts';
import type { Part, Peers } from '@concordat/platform';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Inbox, Source } from './inbox';
import { BODIES_PAGE, type Head, type Heads } from './streams';
import { Wakeful } from './wakeful';

/**
 * How often each source is compared, and how far back a comparison overlaps the one before, for clocks that differ. A
 * commit in flight needs no more: it had the time below to become visible.
 */
const EVERY_MS = 10_000;
const OVERLAP_MS = 30_000;
/** A difference younger than this is on its way, not lost (events.md §4). Identity's is shorter: it revokes access. */
const PATIENCE_MS: Readonly<Record<string, number>> = { identity: 10_000 };
const PATIENCE_DEFAULT_MS = 60_000;
const patienceWith = (source: Source): number => PATIENCE_MS[source] ?? PATIENCE_DEFAULT_MS;

/**
 * The reconciler of one consumer: compares what producers say they have published with what was applied here, and fetches
 * what is missing into the inbox. A healed loss is still a defect, so it is counted and logged (events.md §4).
 */
export class Reconciler implements Part {
  readonly name: string;
  private readonly loop: Wakeful;
  private readonly checked = new Map<Source, number>();
  private nextAt = 0;
  private first: Promise<void> = Promise.resolve();
  private stopped = false;
  healed = 0;

  constructor(
    private readonly inbox: Inbox,
    private readonly pool: Pool,
    private readonly peers: Peers,
    private readonly log: Logger,
  ) {
    this.name = `${inbox.context} reconciler`;
    this.loop = new Wakeful(() => this.round(), {
      idleMs: 1_000,
      onError: (err) => log.warn({ err, part: this.name }, 'reconciler'),
    });
  }

  start(): void {
    this.first = this.compareAll()
      .catch((err: unknown) =>
        this.log.warn({ err, part: this.name }, 'first comparison failed; it will be tried again'),
      )
      .then(() => {
        this.nextAt = Date.now() + EVERY_MS;
        if (!this.stopped) this.loop.start();
      });
  }

  /** The first comparison is made before the process is called ready: projections decide who may see what. */
  settled(): Promise<void> {
    return this.first;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.first;
    await this.loop.stop();
  }

  age(): number {
    return this.loop.age();
  }

  trouble(): string | null {
    return this.loop.trouble(120_000);
  }

  /** Milliseconds since `source` was last compared; Infinity before the first time. */
  ageOf(source: Source): number {
    const at = this.checked.get(source);
    return at === undefined ? Infinity : Date.now() - at;
  }

  private async round(): Promise<boolean> {
    await this.fillGaps();
    if (Date.now() >= this.nextAt) {
      this.nextAt = Date.now() + EVERY_MS;
      await this.sweep();
      await this.compareAll();
    }
    return false;
  }

  /** One source that cannot be asked does not keep the others from being compared. */
  private async compareAll(): Promise<void> {
    const results = await Promise.allSettled(this.inbox.sources.map((source) => this.compare(source)));
    const failed = results.find((r) => r.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async compare(source: Source): Promise<void> {
    const producer = source.split('.')[0] as ContextName;
    const startedAt = Date.now();
    const settled = startedAt - patienceWith(source);
    if (source.endsWith('.acts')) {
      const head = await this.peers.get<Head>(this.inbox.context, producer, '/streams/acts');
      await this.heal(source, [head]);
    } else {
      const { rows } = await this.pool.query<{ changed_since: Date | number }>(
        'SELECT changed_since FROM reconciliation WHERE source = $1',
        [source],
      );
      const since =
        rows[0]?.changed_since instanceof Date ? new Date(rows[0].changed_since.getTime() - OVERLAP_MS) : new Date(0);
      let after: string | null = null;
      do {
        const from: string = after === null ? `since=${since.toISOString()}` : `after=${encodeURIComponent(after)}`;
        const query = `${from}&before=${new Date(settled).toISOString()}`;
        const page: Heads = await this.peers.get<Heads>(this.inbox.context, producer, `/streams/heads?${query}`);
        await this.heal(source, page.heads);
        after = page.next;
      } while (after !== null);
    }
    await this.pool.query(
      `INSERT INTO reconciliation (source, checked_at, changed_since) VALUES ($1, now(), $2)
       ON CONFLICT (source) DO UPDATE SET checked_at = now(), changed_since = $2`,
      [source, new Date(settled)],
    );
    this.checked.set(source, startedAt);
  }

  /** Fetches what is missing of the streams in `heads`, which changed long enough ago for that to be a loss. */
  private async heal(source: Source, heads: readonly Head[]): Promise<void> {
    if (heads.length === 0) return;
    const { rows } = await this.pool.query<{ stream: string; applied: string; pending: string | null }>(
      `SELECT h.stream, coalesce(c.last_version, 0) AS applied,
              (SELECT max(i.stream_version) FROM inbox i WHERE i.source = $1 AND i.stream_id = h.stream) AS pending
         FROM unnest($2::uuid[], $3::bigint[]) AS h(stream, version)
         LEFT JOIN stream_cursor c ON c.source = $1 AND c.stream_id = h.stream
        WHERE coalesce(c.last_version, 0) < h.version`,
      [source, heads.map((h) => h.stream), heads.map((h) => h.version)],
    );
    for (const row of rows) {
      const head = heads.find((h) => h.stream === row.stream)!;
      if (BigInt(row.pending ?? 0) >= BigInt(head.version)) continue; // it has arrived; the worker will come to it
      const here = BigInt(row.pending ?? row.applied);
      if (source.endsWith('.acts') && !this.actsLate(source, head, here)) continue;
      await this.fetch(source, row.stream, here + 1n, 'missed');
    }
  }

  private readonly actHeads = new Map<Source, { version: bigint; at: number }>();

  /** Acts carry no time of change: they are late when a number seen a minute ago has still not come. */
  private actsLate(source: Source, head: Head, here: bigint): boolean {
    const seen = this.actHeads.get(source);
    if (!seen || here >= seen.version) {
      this.actHeads.set(source, { version: BigInt(head.version), at: Date.now() });
      return false;
    }
    return Date.now() - seen.at >= PATIENCE_DEFAULT_MS;
  }

  /** A later version is here but not the next one: after a second, ask the producer for what lies between (C4). */
  private async fillGaps(): Promise<void> {
    const { rows } = await this.pool.query<{ source: Source; stream_id: string; next: string }>({
      name: 'reconciler-gaps',
      text: `SELECT i.source, i.stream_id, coalesce(c.last_version, 0) + 1 AS next
               FROM inbox i LEFT JOIN stream_cursor c USING (source, stream_id)
              WHERE c.parked_reason IS NULL AND i.received_at < now() - interval '1 second'
              GROUP BY i.source, i.stream_id, c.last_version
             HAVING min(i.stream_version) > coalesce(c.last_version, 0) + 1 LIMIT 50`,
    });
    for (const row of rows) await this.fetch(row.source, row.stream_id, BigInt(row.next), 'gap');
  }

  /** Takes out what was applied before it came, as happens when a batch comes twice at the same moment. */
  private async sweep(): Promise<void> {
    await this.pool.query(
      'DELETE FROM inbox i USING stream_cursor c WHERE c.source = i.source AND c.stream_id = i.stream_id AND i.stream_version <= c.last_version',
    );
  }

  /** From `from` to wherever the producer has come, in pages. Only what was not here counts as healed. */
  private async fetch(source: Source, streamId: string, from: bigint, cause: 'gap' | 'missed'): Promise<void> {
    const producer = source.split('.')[0] as ContextName;
    for (let next = from, full = true; full;) {
      const bodies = await this.peers.get<Body[]>(
        this.inbox.context,
        producer,
        `/streams/${streamId}/events?from=${next}`,
      );
      const count = await this.inbox.receive(
        bodies.map((b) => ({
          source,
          streamId,
          version: BigInt(b.version),
          eventId: b.eventId,
          body: Buffer.from(b.body, 'base64'),
        })),
      );
      full = bodies.length >= BODIES_PAGE;
      if (full) next = BigInt(bodies.at(-1)!.version) + 1n;
      if (count === 0) continue;
      this.healed += count;
      await this.pool.query('UPDATE reconciliation SET healed = healed + $2 WHERE source = $1', [source, count]);
      this.log.warn({ part: this.name, source, stream: streamId, from: String(from), count, cause }, 'healed a loss');
    }
  }
}

interface Body {
  version: string;
  eventId: string;
  body: string;
}
