import type { ActRecorded } from '@concordat/contracts';
import { localSecrets } from '@concordat/platform';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { deliver, makeAct, type MadeAct } from '../../../apps/audit/src/acts.testing';
import type { Pressed } from '../platform';

/** A producer that has nothing to record of itself meanwhile. */
const SOURCE = 'reviews';

/** Gives the ledger made-up acts, put where a transport puts them, in the order of their producer. */
export class Feed {
  private next = 1n;
  private readonly key: Buffer;

  private constructor(
    platform: Pressed,
    private readonly admin: Client,
  ) {
    this.key = Buffer.from(localSecrets(platform.dataDir).of('audit-detail'), 'base64url');
  }

  static async of(platform: Pressed, admin: Client): Promise<Feed> {
    const feed = new Feed(platform, admin);
    const asked = 'SELECT last_seq AS last FROM audit.producer WHERE source = $1';
    const { rows } = await admin.query<{ last: string }>(asked, [SOURCE]);
    feed.next = BigInt(rows[0]?.last ?? 0) + 1n;
    return feed;
  }

  make(change: Partial<ActRecorded>): MadeAct {
    return makeAct(this.key, this.next++, change, { source: SOURCE });
  }

  async give(acts: readonly MadeAct[]): Promise<void> {
    const sql = async (text: string, values?: unknown[]) => (await this.admin.query(text, values)).rows as never[];
    await deliver({ sql }, acts);
  }

  /** Resolves to the index in the log of the last of these, once it has one. */
  async placed(acts: readonly MadeAct[]): Promise<bigint> {
    for (;;) {
      const asked = 'SELECT idx FROM audit.entry WHERE event_id = $1';
      const { rows } = await this.admin.query<{ idx: string }>(asked, [acts.at(-1)!.id]);
      if (rows[0]) return BigInt(rows[0].idx);
      await delay(100);
    }
  }
}
