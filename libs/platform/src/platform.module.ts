import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Settings } from './config';
import { Databases } from './database';
import { Authenticators } from './gatekeeper';
import { HealthController } from './health';
import { Lifecycle } from './lifecycle';
import { Metrics } from './observing/metrics';
import { Peers } from './peers';
import { Tokens } from './tokens';

export const SETTINGS = Symbol('Settings');
export const LOGGER = Symbol('Logger');
/** What this process decided about itself: its role, its public address, its local secrets, its bridge to all schemas. */
export const PROCESS = Symbol('Process');

export interface ProcessInfo {
  readonly role: string;
  /** Address by which a browser reaches the installation. */
  readonly publicUrl: string;
  readonly issuer: string;
  /** A secret for one purpose: from the environment in production, from the data folder locally. */
  secret(purpose: string): string;
  /** 32 bytes that seal the details of acts between producers and the audit service. */
  readonly detailKey: Buffer;
  /** What opens details: `detailKey`, and after it those that are being left for it. */
  readonly detailKeys: readonly Buffer[];
  /** Set when the database is this process's own: signs in as the owner of the job queue and of ephemeral state only. */
  readonly bridgeUrl: string | null;
}

export interface Provided {
  readonly settings: Settings;
  readonly log: Logger;
  readonly process: ProcessInfo;
  readonly databases: Databases;
  readonly tokens: Tokens;
  readonly peers: Peers;
}

/** What every module of the process may ask for. */
@Global()
@Module({})
export class PlatformModule {
  static with(parts: Provided): DynamicModule {
    const providers = [
      { provide: SETTINGS, useValue: parts.settings },
      { provide: LOGGER, useValue: parts.log },
      { provide: PROCESS, useValue: parts.process },
      { provide: Databases, useValue: parts.databases },
      { provide: Tokens, useValue: parts.tokens },
      { provide: Peers, useValue: parts.peers },
      Lifecycle,
      Metrics,
      Authenticators,
    ];
    return { module: PlatformModule, controllers: [HealthController], providers, exports: providers };
  }
}
