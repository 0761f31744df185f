import { OnJob, type Job } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { ExpiryService } from './expiry.service';

/** Told by the queue that an offer is overdue. It may be told twice, late, or after it was answered (events.md D2). */
@Injectable()
export class ExpiryHandlers {
  constructor(private readonly expiry: ExpiryService) {}

  @OnJob('expire-onward-referral')
  async expire({ payload }: Job): Promise<void> {
    await this.expiry.expire(payload.id, payload.version);
  }
}
