import { Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { StoredCheckpoint } from './log.repository';

/** The newest checkpoint that this process has stored, copied and so made public. */
@Injectable()
export class Published {
  private checkpoint: StoredCheckpoint | null = null;

  publish(checkpoint: StoredCheckpoint): void {
    this.checkpoint = checkpoint;
  }

  get newest(): StoredCheckpoint | null {
    return this.checkpoint;
  }

  /** @throws Unavailable before the first checkpoint. */
  latest(): StoredCheckpoint {
    if (this.checkpoint === null)
      throw new Unavailable('ledger.no-checkpoint', 'The ledger has not signed anything yet. Try again shortly');
    return this.checkpoint;
  }
}
