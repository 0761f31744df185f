import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { DevelopmentProvider } from './development-provider/development-provider';
import { Personas } from './development-provider/personas';
import { Memberships } from './memberships.repository';
import { CreateIdentity1700000000000 } from './migrations/create-identity';
import { Organisations } from './organisations.repository';
import { Demonstration } from './partnership/demonstration';
import { PartnershipLoader } from './partnership/partnership-loader';

/**
 * Who belongs to the partnership: organisations, areas, staff and what they may do. Under `/api/identity`; publishes
 * organisation-changed, area-changed and membership-changed. The only context that knows names of staff and organisations.
 */
@Module({
  imports: [AccessModule.for({ name: 'identity' })],
  controllers: [],
  providers: [Organisations, Memberships, PartnershipLoader, Demonstration, Personas, DevelopmentProvider],
  exports: [PartnershipLoader],
})
export class IdentityModule {
  static readonly context: ContextDefinition = { name: 'identity', migrations: [CreateIdentity1700000000000] };
}
