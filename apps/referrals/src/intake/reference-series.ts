import { referenceFrom } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

/** How many serials the sequence gives out at once (its INCREMENT BY). */
const BLOCK = 100n;

/**
 * References for new referrals. A process takes serials from the sequence a block at a time, so that intake neither waits
 * for a shared counter nor asks for one each time. Numbers of a block that a stopped process had left are never used.
 */
@Injectable()
export class ReferenceSeries {
  private next = 0n;
  private end = 0n;

  async take(tx: Tx): Promise<string> {
    if (this.next >= this.end) {
      const [row] = await tx.query<{ n: string }>("SELECT nextval('reference_block') AS n", [], 'reference-block');
      // Two requests may have asked at once; each uses its own block, the other's rest is given up.
      this.next = BigInt(row!.n);
      this.end = this.next + BLOCK;
    }
    return referenceFrom('R', this.next++);
  }
}
