import { Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { StoredCheckpoint } from './log.repository';

/** The newest checkpoint that this process has stored, copied and so made public; and the newest that witnesses agree to. */
@Injectable()
export class Published {
  private checkpoint: StoredCheckpoint | null = null;
  private cosigned: StoredCheckpoint | null = null;

  publish(checkpoint: StoredCheckpoint): void {
    this.checkpoint = checkpoint;
  }

  get newest(): StoredCheckpoint | null {
    return this.checkpoint;
  }

  /** The newest checkpoint that enough witnesses have cosigned, their lines with it; null where none are asked, or before. */
  get final(): StoredCheckpoint | null {
    return this.cosigned;
  }

  finish(checkpoint: StoredCheckpoint): void {
    if (this.cosigned === null || checkpoint.size >= this.cosigned.size) this.cosigned = checkpoint;
  }

  /** @throws Unavailable before the first checkpoint. */
  latest(): StoredCheckpoint {
    if (this.checkpoint === null)
      throw new Unavailable('ledger.no-checkpoint', 'The ledger has not signed anything yet. Try again shortly');
    return this.checkpoint;
  }
}
