import type { Protection } from '../settings';
import { withoutCursor } from './cursor';
import { withoutInbox, withoutReceiveErrors } from './inbox';
import { withoutJobQueue, withoutSweep } from './jobs';
import { withoutParking } from './parking';
import { withoutPlainProducer } from './producer';
import { withoutReconciler } from './reconciler';
import { withoutPendingRelay } from './relay';
import { withoutWebhookRetries } from './webhooks';

const WAYS: Readonly<Record<Protection, () => void>> = {
  reconciler: withoutReconciler,
  cursor: withoutCursor,
  inbox: withoutInbox,
  'receive-errors': withoutReceiveErrors,
  'pending-relay': withoutPendingRelay,
  parking: withoutParking,
  'plain-producer': withoutPlainProducer,
  sweep: withoutSweep,
  'job-queue': withoutJobQueue,
  'webhook-retries': withoutWebhookRetries,
};

/** Taken out around the probe and not beneath it: what this one swallows is the very error that the probe throws. */
const AROUND: ReadonlySet<Protection> = new Set(['receive-errors']);

/** takeOut removes protections from this process, as a negative control asks. The order is that in which they build on each other. */
export function takeOut(protections: readonly Protection[], where: 'beneath the probe' | 'around the probe'): void {
  for (const each of Object.keys(WAYS) as Protection[])
    if (protections.includes(each) && AROUND.has(each) === (where === 'around the probe')) WAYS[each]();
}
