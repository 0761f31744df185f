import type { ContextName } from '@concordat/contracts';
import type { Part } from '@concordat/platform';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Wakeful } from './wakeful';

const EVERY_MS = 60 * 60_000;
const BATCH = 1_000;
/** Days for which a command may be sent again under its key. After them the same key is a new command. */
export const KEPT_DAYS = 30;

/**
 * Forgets the keys and replies of commands that nobody will send again, in small batches, so that no lock is held for
 * long. Nothing else of the waist is ever deleted: see docs/decisions/0013.
 */
export class Housekeeping implements Part {
  readonly name: string;
  private readonly loop: Wakeful;

  constructor(
    context: ContextName,
    private readonly pool: Pool,
    log: Logger,
  ) {
    this.name = `${context} housekeeping`;
    this.loop = new Wakeful(() => this.round(), {
      idleMs: EVERY_MS,
      onError: (err) => log.warn({ err, part: this.name }, 'housekeeping'),
    });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** One batch; true while there may be more. */
  private async round(): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'forget-keys',
      text: `DELETE FROM idempotency WHERE ctid = ANY (ARRAY(
               SELECT ctid FROM idempotency WHERE created_at < now() - make_interval(days => $1) ORDER BY created_at LIMIT ${BATCH}))`,
      values: [KEPT_DAYS],
    });
    return rowCount === BATCH;
  }
}
