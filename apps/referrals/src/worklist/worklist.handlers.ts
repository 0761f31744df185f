import {
  InformationRequested,
  InformationReturned,
  ReferralAccepted,
  ReferralAssigned,
  ReferralDecided,
  ReferralRated,
  ReferralReopened,
  ReferralSubmitted,
  ReferralWithdrawn,
  TriageClockPassed,
  worklistChannel,
  type Received,
} from '@concordat/contracts';
import { OnBatch, type Tx } from '@concordat/messaging';
import { News } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { SearchIndex } from './search-index.service';

/** What moves a referral in a worklist, or out of it. */
const MOVES = [
  ReferralRated,
  ReferralAssigned,
  InformationRequested,
  InformationReturned,
  ReferralAccepted,
  ReferralDecided,
  ReferralReopened,
  ReferralWithdrawn,
  TriageClockPassed,
];

/** Hears of this context's own referrals, as any other context would: to make them findable, and to tell who looks on. */
@Injectable()
export class WorklistHandlers {
  constructor(
    private readonly index: SearchIndex,
    private readonly news: News,
  ) {}

  @OnBatch([ReferralSubmitted])
  async received(events: readonly Received<ReferralSubmitted>[], tx: Tx): Promise<void> {
    await this.index.add(
      tx,
      events.map((e) => e.data.referralId),
    );
    this.tell(events);
  }

  @OnBatch(MOVES)
  moved(events: readonly Received<{ receivingOrg: string }>[]): Promise<void> {
    this.tell(events);
    return Promise.resolve();
  }

  private tell(events: readonly Received<{ receivingOrg: string }>[]): void {
    for (const { data, time } of events) this.news.changed(worklistChannel(data.receivingOrg), { at: time });
  }
}
