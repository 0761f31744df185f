import { OnJob, type Job } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { FiringService } from './firing.service';

/** Told by the queue that a deadline is due: perhaps twice, late, or for a version of before (events.md D2). */
@Injectable()
export class FiringHandlers {
  constructor(private readonly firing: FiringService) {}

  @OnJob('fire-deadline')
  async fire({ payload }: Job): Promise<void> {
    await this.firing.fire(payload.id, payload.version);
  }
}
