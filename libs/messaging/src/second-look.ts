import type { Pool } from 'pg';
import { systemCall } from '@concordat/platform';
import type { Row } from './inbox-rows';
import type { Source } from './inbox';
import type { Parking } from './parking';
import type { UnitOfWork } from './unit-of-work';

/** Why a version parks what it cannot read: perhaps it only does not know it yet. */
const UNREAD = ['event.unknown-type', 'event.unhandled-type', 'event.invalid'];
const EVERY_MS = 10_000;

/**
 * While two versions stand side by side, the older may be told what only the newer can say, and parks it (C6). The newer looks
 * again at what was parked for that reason, and lets go on whatever it can read itself. What it cannot read stays parked until
 * somebody looks, and so does what was parked for any other reason.
 */
export class SecondLook {
  private last = -Infinity;

  constructor(
    private readonly pool: Pool,
    private readonly unit: UnitOfWork,
    private readonly parking: Parking,
    private readonly actor: string,
    private readonly reads: (row: Row) => boolean,
  ) {}

  /** Has the next look be taken at once. */
  soon(): void {
    this.last = -Infinity;
  }

  /** Looks when it is time to. Resolves to how many streams it let go on. */
  async look(): Promise<number> {
    if (performance.now() - this.last < EVERY_MS) return 0;
    this.last = performance.now();
    const { rows } = await this.pool.query<{
      source: Source;
      streamId: string;
      version: string;
      body: Buffer;
      eventId: string;
    }>({
      name: 'parked-unread',
      text: `SELECT i.source, i.stream_id AS "streamId", i.stream_version::text AS version, i.event_id AS "eventId", i.body
                 FROM stream_cursor c JOIN inbox i
                   ON i.source = c.source AND i.stream_id = c.stream_id AND i.stream_version = c.last_version + 1
                WHERE c.parked_reason = ANY ($1) ORDER BY c.parked_at LIMIT 100`,
      values: [UNREAD],
    });
    const readable = rows.filter((row) => this.reads({ ...row, version: BigInt(row.version), attempts: 0 }));
    for (const { source, streamId: id, version: ver } of readable) {
      const call = systemCall(this.actor, 'operation');
      await this.unit.run({ action: 'stream.release', call, objects: [{ t: 'stream', id, ver }] }, (tx) =>
        this.parking.release(tx, source, id),
      );
    }
    return readable.length;
  }
}
