import type { Pool } from 'pg';
import { Inbox, type Arrival } from '../../../../libs/messaging/src/inbox';
import { Ready } from '../../../../libs/messaging/src/ready';
import { Reconciler } from '../../../../libs/messaging/src/reconciler';
import { Tx } from '../../../../libs/messaging/src/tx';

import { patch, patchPrivate } from '../patch';

/** Events are applied in the order in which they arrive, whatever their versions, and whether or not they were before. */
export function withoutCursor(): void {
  patch(Inbox.prototype, 'receive', () => receiveAll);
  patch(Ready.prototype, 'events', () => asTheyCame);
  patch(Ready.prototype, 'acts', () => () => Promise.resolve([]));
  // It clears the inbox of what the cursor has passed, and nothing else is left of it here.
  patchPrivate(Reconciler.prototype, 'fillGaps', () => () => Promise.resolve());
  patch(Tx.prototype, 'execute', (execute) => {
    return function (this: Tx, sql: string, params?: unknown[], name?: string): Promise<number> {
      if (name !== 'advance-cursors') return execute.call(this, sql, params, name);
      const [sources, ids, , lasts] = params as [string[], string[], string[], string[]];
      return execute.call(
        this,
        `INSERT INTO stream_cursor AS c (source, stream_id, last_version)
         SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[])
         ON CONFLICT (source, stream_id) DO UPDATE SET last_version = greatest(c.last_version, EXCLUDED.last_version)`,
        [sources, ids, lasts],
      );
    };
  });
}

async function receiveAll(this: Inbox, arrivals: readonly Arrival[]): Promise<number> {
  const { pool, wake } = this as unknown as { pool: Pool; wake: () => void };
  const { rowCount } = await pool.query(
    `INSERT INTO inbox (source, stream_id, stream_version, event_id, body)
     SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::uuid[], $5::bytea[]) ON CONFLICT DO NOTHING`,
    [
      arrivals.map((a) => a.source),
      arrivals.map((a) => a.streamId),
      arrivals.map((a) => a.version),
      arrivals.map((a) => a.eventId),
      arrivals.map((a) => a.body),
    ],
  );
  wake();
  return rowCount ?? 0;
}

interface Waiting {
  source: string;
  stream_id: string;
  stream_version: string;
  event_id: string;
  body: Buffer;
  attempts: number;
}

async function asTheyCame(this: unknown): Promise<object[]> {
  const { pool } = this as { pool: Pool };
  const { rows } = await pool.query<Waiting>(
    'SELECT * FROM inbox WHERE next_attempt_at <= now() ORDER BY seq LIMIT 500',
  );
  return rows.map((r) => ({
    source: r.source,
    streamId: r.stream_id,
    version: BigInt(r.stream_version),
    eventId: r.event_id,
    body: r.body,
    attempts: r.attempts,
  }));
}
