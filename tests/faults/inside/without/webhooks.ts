import { Deliveries } from '../../../../apps/notifications/src/webhooks/deliveries.repository';
import { patch } from '../patch';

/** What a consumer did not take is noted as delivered, as by a sender that tries once. */
export function withoutWebhookRetries(): void {
  const { delivered } = Deliveries.prototype;
  patch(Deliveries.prototype, 'later', () => delivered);
}
