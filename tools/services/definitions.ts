import { AuditModule } from '@concordat-app/audit';
import { IdentityModule } from '@concordat-app/identity';
import { InsightModule } from '@concordat-app/insight';
import { RecordsModule } from '@concordat-app/records';
import { ReferralsModule } from '@concordat-app/referrals';
import { RiskModule } from '@concordat-app/risk';
import { ReviewsModule } from '@concordat-app/reviews';
import { SharingModule } from '@concordat-app/sharing';
import type { ContextDefinition } from '@concordat/platform';

/** Every context with its migrations, in the order in which they are provisioned. */
export const definitions: readonly ContextDefinition[] = [
  IdentityModule.context,
  ReferralsModule.context,
  RecordsModule.context,
  SharingModule.context,
  RiskModule.context,
  ReviewsModule.context,
  InsightModule.context,
  AuditModule.context,
];
