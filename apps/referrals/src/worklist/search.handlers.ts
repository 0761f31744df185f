import { ReferralSubmitted, type Received } from '@concordat/contracts';
import { OnBatch, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { SearchIndex } from './search-index.service';

/** Hears of this context's own referrals, as any other context would, to make them findable. */
@Injectable()
export class SearchHandlers {
  constructor(private readonly index: SearchIndex) {}

  @OnBatch([ReferralSubmitted])
  async received(events: readonly Received<ReferralSubmitted>[], tx: Tx): Promise<void> {
    await this.index.add(
      tx,
      events.map((e) => e.data.referralId),
    );
  }
}
