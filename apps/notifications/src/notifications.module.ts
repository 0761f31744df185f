import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { Hearing, HEARERS, type Hearer } from './hearing';
import { CreateNotifications1700000200000 } from './migrations/1700000200000-create-notifications';

/**
 * Notifications: what is due, whom it concerns, and how they hear of it. Receives the events of every context that has something
 * due (referrals, records, sharing, risk, reviews), with identity's (who works where) and audit's (which details are destroyed).
 */
@Module({
  imports: [AccessModule.for({ name: 'notifications', caseAccess: true, restrictions: true, erasures: true })],
  providers: [Hearing, { provide: HEARERS, useFactory: (...hearers: Hearer[]) => hearers }],
})
export class NotificationsModule {
  static readonly context: ContextDefinition = {
    name: 'notifications',
    migrations: [CreateNotifications1700000200000],
  };
}
