import { CaseOpened, type Received } from '@concordat/contracts';
import { OnBatch, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';

/** Remembers which referral a case came from, so that the trail of the one shows what was done to the other. */
@Injectable()
export class CaseLinks {
  @OnBatch([CaseOpened])
  async link(events: readonly Received<CaseOpened>[], tx: Tx): Promise<void> {
    await tx.execute(
      `INSERT INTO case_link (case_id, referral_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
      [events.map((e) => e.data.caseId), events.map((e) => e.data.referralId)],
      'link-cases',
    );
  }
}
