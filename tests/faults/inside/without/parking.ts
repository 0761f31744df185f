import type { Pool } from 'pg';
import { Inbox, type Arrival } from '../../../../libs/messaging/src/inbox';
import { Worker } from '../../../../libs/messaging/src/worker';
import { patchPrivate } from '../patch';

/** Longer than the reconciler takes to notice a gap. */
const RETRY_MS = 3_000;

/** What fails goes to a retry topic, to be delivered again later; what comes behind it goes on. */
export function withoutParking(): void {
  patchPrivate(Worker.prototype, 'failed', () => {
    return async function (this: unknown, row: Arrival): Promise<void> {
      const { pool, inbox } = this as { pool: Pool; inbox: Inbox };
      await pool.query('DELETE FROM inbox WHERE source = $1 AND stream_id = $2 AND stream_version = $3', [
        row.source,
        row.streamId,
        row.version,
      ]);
      const again = (): void => void inbox.receive([row]).catch(() => setTimeout(again, RETRY_MS));
      setTimeout(again, RETRY_MS);
    };
  });
}
