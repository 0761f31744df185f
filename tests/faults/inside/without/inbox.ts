import type { Pool } from 'pg';
import { Inbox, type Arrival } from '../../../../libs/messaging/src/inbox';
import { Worker } from '../../../../libs/messaging/src/worker';
import { patch } from '../patch';

interface Inner {
  inbox: Inbox;
  pool: Pool;
  read(row: Arrival & { attempts: number }): Promise<{ event: unknown; handling: 'ignored' | { one: unknown } } | null>;
  applyOne(row: object, event: unknown, handling: object): Promise<boolean>;
  applyBatch(items: object[]): Promise<void>;
}

/**
 * The consumer's handler does the work itself, as a plain Kafka consumer would: nothing remembers what has come before but
 * the cursor, if that is left in. What fails is thrown back, and comes again with everything that came with it.
 */
export function withoutInbox(): void {
  const workers = new Map<Inbox, Inner>();
  patch(Worker.prototype, 'start', () => {
    return function (this: Worker): void {
      workers.set((this as unknown as Inner).inbox, this as unknown as Inner);
    };
  });
  patch(Worker.prototype, 'trouble', () => () => null); // its loop stands still on purpose
  patch(Inbox.prototype, 'receive', () => {
    return async function (this: Inbox, arrivals: readonly Arrival[]): Promise<number> {
      const worker = workers.get(this);
      if (!worker) throw new Error('the consumer has not started');
      let fresh = 0;
      for (const arrival of arrivals) if (await handle(worker, arrival)) fresh++;
      return fresh;
    };
  });
}

/** Resolves to whether it brought the stream on. */
async function handle(worker: Inner, arrival: Arrival): Promise<boolean> {
  const row = { ...arrival, attempts: 0 };
  const read = await worker.read(row);
  if (!read) return false;
  const before = await cursorOf(worker, arrival);
  if (read.handling !== 'ignored' && read.handling.one) await worker.applyOne(row, read.event, read.handling);
  else await worker.applyBatch([{ row, event: read.event, handling: read.handling }]);
  const after = await cursorOf(worker, arrival);
  if (after === before && after < arrival.version) throw new Error('not applied: to be delivered again');
  return after > before;
}

async function cursorOf(worker: Inner, { source, streamId }: Arrival): Promise<bigint> {
  const { rows } = await worker.pool.query<{ last: string }>(
    'SELECT last_version AS last FROM stream_cursor WHERE source = $1 AND stream_id = $2',
    [source, streamId],
  );
  return BigInt(rows[0]?.last ?? 0);
}

/** An error while receiving is taken for success, as an asynchronous exception filter that returns nothing makes it. */
export function withoutReceiveErrors(): void {
  patch(Inbox.prototype, 'receive', (receive) => {
    return async function (
      this: Inbox,
      arrivals: readonly Arrival[],
      kept?: 'durably' | 'until-marked',
    ): Promise<number> {
      try {
        return await receive.call(this, arrivals, kept);
      } catch {
        return 0;
      }
    };
  });
}
