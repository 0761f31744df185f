import { NotFound } from '@concordat/platform';
import type { Pool } from 'pg';
import type { Tx } from './tx';

/** A stream that stopped because one of its events cannot be applied. Others flow on (events.md C5). */
export interface Parked {
  readonly source: string;
  readonly stream: string;
  readonly lastVersion: string;
  readonly reason: string;
  readonly parkedAt: string;
  /** Events waiting behind it. */
  readonly waiting: number;
}

/** Sees and releases the parked streams of one context. */
export class Parking {
  constructor(
    private readonly pool: Pool,
    private readonly wake: () => void,
  ) {}

  async list(): Promise<Parked[]> {
    const { rows } = await this.pool.query<Parked>(
      `SELECT c.source, c.stream_id AS stream, c.last_version::text AS "lastVersion", c.parked_reason AS reason, c.parked_at AS "parkedAt",
              (SELECT count(*)::int FROM inbox i WHERE i.source = c.source AND i.stream_id = c.stream_id) AS waiting
         FROM stream_cursor c WHERE c.parked_reason IS NOT NULL ORDER BY c.parked_at LIMIT 500`,
    );
    return rows;
  }

  /** release clears the park and the attempts, in the caller's (audited) unit. Throws NotFound when it is not parked. */
  async release(tx: Tx, source: string, streamId: string): Promise<void> {
    const cleared = await tx.execute(
      'UPDATE stream_cursor SET parked_reason = NULL, parked_at = NULL WHERE source = $1 AND stream_id = $2 AND parked_reason IS NOT NULL',
      [source, streamId],
    );
    if (cleared === 0) throw new NotFound('stream');
    await tx.execute(
      "UPDATE inbox SET attempts = 0, next_attempt_at = '-infinity' WHERE source = $1 AND stream_id = $2",
      [source, streamId],
    );
    setTimeout(this.wake, 50).unref();
  }
}
