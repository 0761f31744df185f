import type { Pool } from 'pg';
import type { ContextName } from '@concordat/contracts';

/** Where a stream comes from: a context's events, or its acts (numbered apart). */
export type Source = ContextName | `${ContextName}.acts`;

/** A record as it arrived: the exact bytes, and what is needed to store them in order. */
export interface Arrival {
  readonly source: Source;
  readonly streamId: string;
  readonly version: bigint;
  readonly eventId: string;
  readonly body: Buffer;
}

/** A record that could not be read, by where it stood (C3). */
export interface MalformedArrival {
  readonly topic: string;
  readonly partition: number;
  readonly position: bigint;
  readonly reason: string;
  readonly raw: Buffer;
}

/**
 * How soon a context must have heard. `unhurried`: nobody waits at a page for what it makes of an event, so events are taken
 * some at a time, within a quarter of a second, which costs a fraction of taking each as it comes.
 */
export type Pace = 'prompt' | 'unhurried';

interface Waiting {
  readonly arrivals: readonly Arrival[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A statement of the gathered takes no further partition from this many records on. */
const TOGETHER = 1_000;

/** The inbox of one context: the only thing a transport may do with a record is to put it here (C1). */
export class Inbox {
  private wake: () => void = () => undefined;
  private readonly waiting: Waiting[] = [];
  private writing = false;

  constructor(
    readonly context: ContextName,
    private readonly pool: Pool,
    readonly sources: readonly Source[],
    readonly pace: Pace = 'prompt',
  ) {}

  onArrival(wake: () => void): void {
    this.wake = wake;
  }

  /**
   * gather is `receive` for one of many partitions that arrive side by side: what comes while a statement is under way
   * goes into the next one together, so that twelve partitions cost little more than one. Rejects as `receive` does.
   */
  gather(arrivals: readonly Arrival[]): Promise<void> {
    if (arrivals.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ arrivals, resolve, reject });
      if (this.writing) return;
      this.writing = true;
      setImmediate(() => void this.writeAll());
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const together: Waiting[] = [];
      for (let rows = 0; this.waiting.length > 0 && rows < TOGETHER; rows += together.at(-1)!.arrivals.length)
        together.push(this.waiting.shift()!);
      await this.receive(together.flatMap((w) => w.arrivals)).then(
        () => together.forEach((w) => w.resolve()),
        (error: unknown) => together.forEach((w) => w.reject(error)),
      );
    }
    this.writing = false;
  }

  /**
   * receive stores records; those that are here, or applied already, are dropped. Resolves when they are committed, with
   * the number that were new. `until-marked`: the sender is on the same server and keeps its rows unmarked until then,
   * and no mark of its outlives a crash that these do not, for the server's log is flushed in order.
   */
  async receive(arrivals: readonly Arrival[], kept: 'durably' | 'until-marked' = 'durably'): Promise<number> {
    if (arrivals.length === 0) return 0;
    const { rowCount } = await this.pool.query({
      name: `inbox-receive-${kept}`,
      text: `WITH flush AS MATERIALIZED (SELECT set_config('synchronous_commit', '${kept === 'durably' ? 'on' : 'off'}', true))
             INSERT INTO inbox (source, stream_id, stream_version, event_id, body)
             SELECT a.source, a.stream_id, a.stream_version, a.event_id, a.body
               FROM flush, unnest($1::text[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bytea[])
                    AS a(source, stream_id, stream_version, event_id, body)
              WHERE NOT EXISTS (SELECT 1 FROM stream_cursor c
                                 WHERE c.source = a.source AND c.stream_id = a.stream_id AND c.last_version >= a.stream_version)
             ON CONFLICT DO NOTHING`,
      values: [
        arrivals.map((a) => a.source),
        arrivals.map((a) => a.streamId),
        arrivals.map((a) => a.version),
        arrivals.map((a) => a.eventId),
        arrivals.map((a) => a.body),
      ],
    });
    this.wake();
    return rowCount ?? 0;
  }

  /** Keeps what could not be read, by topic, partition and position. */
  async reject(record: MalformedArrival): Promise<void> {
    await this.pool.query(
      'INSERT INTO malformed (topic, partition, position, reason, raw) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [record.topic, record.partition, record.position, record.reason, record.raw],
    );
  }
}
