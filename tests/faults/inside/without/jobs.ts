import { TriageClockService } from '../../../../apps/referrals/src/triage/triage-clock.service';
import { JobRunner } from '../../../../libs/messaging/src/job-runner';
import { patch } from '../patch';

export function withoutSweep(): void {
  patch(TriageClockService.prototype, 'sweep', () => () => Promise.resolve());
}

/** The queue finds no handler, so no job is ever done: what a Redis that is away all run comes to. */
export function withoutJobQueue(): void {
  patch(JobRunner.prototype, 'discover', () => () => undefined);
}
