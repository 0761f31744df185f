import { Deliveries } from '../../../apps/notifications/src/webhooks/deliveries.repository';
import { patch } from './patch';

const LONGEST_MS = 3_000;

/** What a consumer did not take comes again after seconds instead of hours, so that all of it has come within a run. */
export function shortRetries(): void {
  patch(Deliveries.prototype, 'later', (later) => {
    return function (this: unknown, ...[tx, claimed, waitMs]: Parameters<Deliveries['later']>): Promise<void> {
      return later.call(this, tx, claimed, Math.min(waitMs, LONGEST_MS));
    };
  });
}
