import {
  Ephemeral,
  LOGGER,
  openEphemeral,
  PROCESS,
  SETTINGS,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Access } from './apis/access';
import { Agreements } from './apis/agreements';
import { Apis } from './apis/apis';
import { Approvals } from './apis/approvals';
import { Audit } from './apis/audit';
import { Bulk } from './apis/bulk';
import { Directory } from './apis/directory';
import { Exports } from './apis/exports';
import { HandOver } from './apis/hand-over';
import { Imports } from './apis/imports';
import { Identity } from './apis/identity';
import { Insight } from './apis/insight';
import { KnownQuestions } from './apis/known-questions';
import { People } from './apis/people';
import { Recommendations } from './apis/recommendations';
import { Records } from './apis/records';
import { Referrals } from './apis/referrals';
import { Asb } from './apis/asb';
import { Releases } from './apis/release';
import { AsbApplications } from './apis/asb-applications';
import { PublicForms } from './session/public-forms';
import { Reviews } from './apis/reviews';
import { Searching } from './apis/searching';
import { Transfers } from './apis/transfers';
import { assemble } from './app';
import { Live } from './design/live';
import { demandDeclarations } from './design/page';
import { pages, providers } from './pages';
import { Drafting } from './referrals/make-a-referral/drafting';
import { Cookies } from './session/cookies';
import { CsrfCheck } from './session/csrf';
import { IdentityProvider } from './session/identity-provider';
import { RateLimits } from './session/rate-limits';
import { SessionLoader } from './session/session-loader';
import { Sessions } from './session/sessions';
import { Visits } from './session/visit';

const ephemeral = {
  provide: Ephemeral,
  inject: [SETTINGS, PROCESS, LOGGER],
  useFactory: (settings: Settings, process: ProcessInfo, log: Logger) => openEphemeral(settings, process, log),
};

/**
 * The web front end: server-rendered pages at `/`, which ask the contexts over HTTP as the person who is signed in. It has
 * no database; sessions and counters are ephemeral. Every route is a page that declares who may see it.
 */
@Module({
  imports: [DiscoveryModule],
  controllers: pages,
  providers: [
    ephemeral,
    Apis,
    Identity,
    Directory,
    Referrals,
    People,
    Records,
    Access,
    Agreements,
    Reviews,
    Recommendations,
    Asb,
    Releases,
    AsbApplications,
    PublicForms,
    HandOver,
    KnownQuestions,
    Searching,
    Transfers,
    Bulk,
    Imports,
    Approvals,
    Exports,
    Insight,
    Audit,
    Drafting,
    Live,
    ...providers,
    Cookies,
    Sessions,
    IdentityProvider,
    Visits,
    SessionLoader,
    CsrfCheck,
    RateLimits,
  ],
})
export class WebModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly discovery: DiscoveryService,
    private readonly store: Ephemeral,
    private readonly sessions: SessionLoader,
    private readonly limits: RateLimits,
    private readonly csrf: CsrfCheck,
  ) {}

  onModuleInit(): void {
    demandDeclarations(this.discovery, WebModule);
    const { sessions, limits, csrf } = this;
    assemble(this.http.httpAdapter.getInstance<FastifyInstance>(), { sessions, limits, csrf });
  }

  onApplicationShutdown(): Promise<void> {
    return this.store.close();
  }
}
