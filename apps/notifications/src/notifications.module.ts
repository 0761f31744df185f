import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { Hearing, HEARERS, type Hearer } from './hearing';
import { KeepWebhooks1700000206000 } from './migrations/1700000206000-keep-webhooks';
import { Deliveries } from './webhooks/deliveries.repository';
import { WebhookSender } from './webhooks/sender';
import { WebhooksController } from './webhooks/webhooks.controller';
import { WebhookHearing } from './webhooks/webhooks.hearing';
import { WebhooksService } from './webhooks/webhooks.service';
import { Webhooks } from './webhooks.repository';
import { CreateNotifications1700000200000 } from './migrations/1700000200000-create-notifications';

/**
 * Notifications: what is due, whom it concerns, and how they hear of it. Receives the events of every context that has something
 * due (referrals, records, sharing, risk, reviews), with identity's (who works where) and audit's (which details are destroyed).
 */
@Module({
  imports: [AccessModule.for({ name: 'notifications', caseAccess: true, restrictions: true, erasures: true })],
  controllers: [WebhooksController],
  providers: [
    Hearing,
    { provide: HEARERS, useFactory: (...hearers: Hearer[]) => hearers, inject: [WebhookHearing] },
    WebhookHearing,
    WebhooksService,
    WebhookSender,
    Webhooks,
    Deliveries,
  ],
})
export class NotificationsModule {
  static readonly context: ContextDefinition = {
    name: 'notifications',
    migrations: [CreateNotifications1700000200000, KeepWebhooks1700000206000],
  };
}
