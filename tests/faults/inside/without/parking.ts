import type { Pool } from 'pg';
import { Inbox, type Arrival } from '../../../../libs/messaging/src/inbox';
import { Worker } from '../../../../libs/messaging/src/worker';
import { patchPrivate } from '../patch';

/** Longer than the reconciler takes to notice a gap. */
const RETRY_MS = 3_000;

interface Parts {
  readonly pool: Pool;
  readonly inbox: Inbox;
  applyBatch(items: object[], parted: boolean): Promise<void>;
  failed(row: Arrival): Promise<void>;
}

/** What fails goes to a retry topic, to be delivered again later; what comes behind it goes on. */
export function withoutParking(): void {
  patchPrivate(Worker.prototype, 'failed', () => {
    return async function (this: unknown, row: Arrival): Promise<void> {
      const { pool, inbox } = this as Parts;
      await pool.query('DELETE FROM inbox WHERE source = $1 AND stream_id = $2 AND stream_version = $3', [
        row.source,
        row.streamId,
        row.version,
      ]);
      const again = (): void => void inbox.receive([row]).catch(() => setTimeout(again, RETRY_MS));
      setTimeout(again, RETRY_MS);
    };
  });
  // Nor is a batch tried again as a whole: each event alone, and what fails again goes to the topic.
  patchPrivate(Worker.prototype, 'applyAgain', (original) => {
    return async function (this: unknown, ...args: never[]): Promise<void> {
      const [items] = args as unknown as [readonly { row: Arrival }[]];
      const worker = this as Parts;
      if (items[0]!.row.source.endsWith('.acts')) await original.apply(this, args);
      else if (items.length === 1) await worker.failed(items[0]!.row);
      else for (const item of items) await worker.applyBatch([item], true);
    };
  });
}
