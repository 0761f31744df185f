import { AccessModule } from '@concordat/access';
import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { PlaceMembersInIdentity1700000030000 } from './migrations/1700000030000-place-members';
import { KeepApiClients1700000205000 } from './migrations/1700000205000-keep-api-clients';
import { KeepRegisters1700000260000 } from './migrations/1700000260000-keep-registers';
import { ApiClients } from './api-clients.repository';
import { ClientTokensController } from './client-tokens/client-tokens.controller';
import { ClientTokensService } from './client-tokens/client-tokens.service';
import { TokenKeys } from './client-tokens/token-keys';
import { ClientsController } from './clients/clients.controller';
import { ClientsService } from './clients/clients.service';
import { DevelopmentProvider } from './development-provider/development-provider';
import { Personas } from './development-provider/personas';
import { MembershipsController } from './memberships/memberships.controller';
import { MembershipsService } from './memberships/memberships.service';
import { Memberships } from './memberships.repository';
import { CreateIdentity1700000000000 } from './migrations/create-identity';
import { OrganisationsController } from './organisations/organisations.controller';
import { OrganisationsService } from './organisations/organisations.service';
import { Organisations } from './organisations.repository';
import { PartnershipAtStart } from './partnership/partnership-at-start';
import { PartnershipLoader } from './partnership/partnership-loader';
import { AreasService } from './register/areas.service';
import { RegisterController } from './register/register.controller';
import { RegisterService } from './register/register.service';
import { RefusedSignIns } from './sessions/refused-sign-ins';
import { SessionsController } from './sessions/sessions.controller';
import { SessionsService } from './sessions/sessions.service';

/**
 * Who belongs to the partnership: organisations, areas, staff and what they may do. Under `/api/identity`; publishes
 * organisation-changed, area-changed and membership-changed. The only context that knows names of staff and organisations.
 */
@Module({
  imports: [AccessModule.for({ name: 'identity' })],
  controllers: [
    SessionsController,
    OrganisationsController,
    RegisterController,
    MembershipsController,
    ClientsController,
    ClientTokensController,
  ],
  providers: [
    OrganisationsService,
    RegisterService,
    AreasService,
    MembershipsService,
    SessionsService,
    RefusedSignIns,
    ClientsService,
    ClientTokensService,
    TokenKeys,
    ApiClients,
    Organisations,
    Memberships,
    PartnershipLoader,
    PartnershipAtStart,
    Personas,
    DevelopmentProvider,
  ],
  exports: [PartnershipLoader],
})
export class IdentityModule {
  static readonly context: ContextDefinition = {
    name: 'identity',
    migrations: [
      CreateIdentity1700000000000,
      PlaceMembersInIdentity1700000030000,
      IndexNumberedActs1700000170000,
      KeepApiClients1700000205000,
      KeepRegisters1700000260000,
    ],
  };
}
