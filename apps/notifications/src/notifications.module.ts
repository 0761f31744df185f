import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { CalendarFeedsController, CalendarsController } from './calendar-feeds/calendar-feeds.controller';
import { CalendarFeedsService } from './calendar-feeds/calendar-feeds.service';
import { Carriers } from './carriers/carriers';
import { ChoicesController } from './choices/choices.controller';
import { ChoicesService } from './choices/choices.service';
import { ContactDetailsController } from './contact-details/contact-details.controller';
import { ContactDetailsService } from './contact-details/contact-details.service';
import { DeadlinesController } from './deadlines/deadlines.controller';
import { DeadlinesService } from './deadlines/deadlines.service';
import { FiringHandlers } from './deadlines/firing.handlers';
import { FiringService } from './deadlines/firing.service';
import { KeepingService } from './deadlines/keeping.service';
import { Hearing, HEARERS, type Hearer } from './hearing';
import { KeepWebhooks1700000206000 } from './migrations/1700000206000-keep-webhooks';
import { Deliveries } from './webhooks/deliveries.repository';
import { WebhookSender } from './webhooks/sender';
import { WebhooksController } from './webhooks/webhooks.controller';
import { WebhookHearing } from './webhooks/webhooks.hearing';
import { WebhooksService } from './webhooks/webhooks.service';
import { Webhooks } from './webhooks.repository';
import { Ladders } from './ladders';
import { MailboxController } from './mailbox/mailbox.controller';
import { MailboxService } from './mailbox/mailbox.service';
import { Practice } from './message-practice';
import { MessagesController } from './messages/messages.controller';
import { MessagesService } from './messages/messages.service';
import { Telling } from './messages/telling';
import { CreateNotifications1700000200000 } from './migrations/1700000200000-create-notifications';
import { KeepDeadlines1700000200010 } from './migrations/1700000200010-keep-deadlines';
import { KeepNotices1700000230000 } from './migrations/1700000230000-keep-notices';
import { BounceMailbox } from './notices/bounce-mailbox';
import { NoticesController, ReceiptsController } from './notices/notices.controller';
import { NoticesService } from './notices/notices.service';
import { NoticeSender } from './notices/sender';
import { KeepMeetingNotices1700000252000 } from './migrations/1700000252000-keep-meeting-notices';
import { KeepHappenings1700000285000 } from './migrations/1700000285000-keep-happenings';
import { NameWebhooks1700000286000 } from './migrations/1700000286000-name-webhooks';
import { CountAtScale1700000440200 } from './migrations/1700000440200-count-at-scale';
import { CountFailures1700000288000 } from './migrations/1700000288000-count-failures';
import { ShareWebhookSecrets1700000420000 } from './migrations/1700000420000-share-webhook-secrets';
import { StandInsController } from './stand-ins/stand-ins.controller';
import { StandInsService } from './stand-ins/stand-ins.service';

/**
 * Notifications: what is due, whom it concerns, and how they hear of it. Publishes deadline-fired and deadline-escalated. Receives
 * the events of every context that has something due (referrals, records, sharing, risk, reviews), with identity's (who works
 * where) and audit's (which details are destroyed).
 *
 *   /api/notifications/deadlines             what is due: mine, my team's, my agency's, the partnership's
 *     …/month  …/overview                    of a month; how much is due and late, by agency and kind
 *     …/:id/acknowledgement                  somebody sees to it
 *   /api/notifications/stand-ins[/:id/end]   hand over what is due while away
 *   /api/notifications/calendar-feed         a calendar for one's own software; …/revocation
 *   /api/notifications/calendars/:secret     that calendar: for whoever has its address
 *   /api/notifications/contact-details       where one is reached outside of the pages; …/:id/codes, confirmation, removal
 *   /api/notifications/message-choices       of what one is told there, and how soon
 *   /api/notifications/notices/failures      what did not arrive; …/:id/retry
 *   /api/notifications/receipts              GOV.UK Notify tells what arrived
 *   /api/notifications/mailbox               in development: what would have been sent
 *   /api/notifications/messages              one's inbox, of what is due and of meetings that are not held as planned; …[/:id]/reading
 */
@Module({
  imports: [
    AccessModule.for({
      name: 'notifications',
      pace: 'unhurried',
      caseAccess: true,
      restrictions: true,
      erasures: true,
    }),
  ],
  controllers: [
    DeadlinesController,
    StandInsController,
    CalendarFeedsController,
    CalendarsController,
    MessagesController,
    ContactDetailsController,
    ChoicesController,
    NoticesController,
    ReceiptsController,
    MailboxController,
    WebhooksController,
  ],
  providers: [
    Ladders,
    KeepingService,
    FiringService,
    FiringHandlers,
    DeadlinesService,
    StandInsService,
    CalendarFeedsService,
    MessagesService,
    Practice,
    Carriers,
    ContactDetailsService,
    ChoicesService,
    NoticesService,
    NoticeSender,
    BounceMailbox,
    MailboxService,
    Hearing,
    Telling,
    {
      provide: HEARERS,
      inject: [KeepingService, Telling, WebhookHearing],
      useFactory: (...hearers: Hearer[]) => hearers,
    },
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
    migrations: [
      CreateNotifications1700000200000,
      KeepDeadlines1700000200010,
      KeepWebhooks1700000206000,
      KeepNotices1700000230000,
      KeepMeetingNotices1700000252000,
      KeepHappenings1700000285000,
      NameWebhooks1700000286000,
      CountFailures1700000288000,
      ShareWebhookSecrets1700000420000,
      CountAtScale1700000440200,
    ],
  };
}
