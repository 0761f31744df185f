import { isId, type ContextName } from '@concordat/contracts';
import type { Pool } from 'pg';
import { actStream } from './act';
import { withVersion } from './envelope';

/** How far a stream has come, as its producer knows it. */
export interface Head {
  readonly stream: string;
  readonly version: string;
}

/** A page of heads; `next` continues it. */
export interface Heads {
  readonly heads: readonly Head[];
  readonly next: string | null;
}

const PAGE = 1_000;
/** Bodies in one answer. */
export const BODIES_PAGE = 200;

/** What a context tells other services about its own streams: heads to compare with, and bodies to heal from. */
export class Streams {
  constructor(
    readonly context: ContextName,
    private readonly pool: Pool,
  ) {}

  /** Streams changed at or after `since` and before `before`, oldest change first. `after` is a `next` of an earlier page. */
  async heads(since: Date, before: Date, after: string | null): Promise<Heads> {
    const [afterTime, afterId] = parseAfter(after) ?? [since.toISOString(), '00000000-0000-0000-0000-000000000000'];
    const { rows } = await this.pool.query<{ id: string; version: string; changed_at: string }>({
      name: 'stream-heads',
      text: `SELECT id, version, to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS changed_at
               FROM stream WHERE (changed_at, id) > ($1::timestamptz, $2::uuid) AND changed_at < $3 ORDER BY changed_at, id LIMIT ${PAGE}`,
      values: [afterTime, afterId, before],
    });
    const last = rows.at(-1);
    return {
      heads: rows.map((r) => ({ stream: r.id, version: r.version })),
      next: last && rows.length === PAGE ? `${last.changed_at},${last.id}` : null,
    };
  }

  /** The number of the last act that was numbered. */
  async actsHead(): Promise<Head> {
    const { rows } = await this.pool.query<{ act_seq: string }>('SELECT act_seq FROM relay_lease');
    return { stream: actStream(this.context), version: rows[0]?.act_seq ?? '0' };
  }

  /** Exact bodies of a stream from a version on, as they were, or will be, published. */
  async bodies(
    streamId: string,
    from: bigint,
    limit = BODIES_PAGE,
  ): Promise<{ version: string; eventId: string; body: string }[]> {
    if (streamId === actStream(this.context)) {
      const { rows } = await this.pool.query<{ event_id: string; seq: string; body: Buffer }>(
        'SELECT event_id, seq, body FROM act WHERE seq >= $1 ORDER BY seq LIMIT $2',
        [from, limit],
      );
      return rows.map((r) => ({
        version: r.seq,
        eventId: r.event_id,
        body: withVersion(r.body, BigInt(r.seq)).toString('base64'),
      }));
    }
    const { rows } = await this.pool.query<{ event_id: string; stream_version: string; body: Buffer }>(
      'SELECT event_id, stream_version, body FROM outbox WHERE stream_id = $1 AND stream_version >= $2 ORDER BY stream_version LIMIT $3',
      [streamId, from, limit],
    );
    return rows.map((r) => ({ version: r.stream_version, eventId: r.event_id, body: r.body.toString('base64') }));
  }
}

function parseAfter(after: string | null): [string, string] | null {
  const [time = '', id = ''] = after?.split(',') ?? [];
  return !Number.isNaN(Date.parse(time)) && isId(id) ? [time, id] : null;
}
