import { OnJob, type Job } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { TriageClockService } from './triage-clock.service';

/** Told by the queue that a clock is due. It may be told twice, late, or for a rating that was changed since (events.md D2). */
@Injectable()
export class TriageClockHandlers {
  constructor(private readonly clocks: TriageClockService) {}

  @OnJob('pass-triage-clock')
  async pass({ payload }: Job): Promise<void> {
    await this.clocks.pass(payload.id, payload.version);
  }
}
