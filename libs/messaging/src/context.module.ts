import { contexts, type ContextName, type EventClass } from '@concordat/contracts';
import {
  Databases,
  Lifecycle,
  LOGGER,
  Metrics,
  Peers,
  PROCESS,
  SETTINGS,
  type ProcessInfo,
  type Sample,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable, Module, type DynamicModule, type OnModuleInit } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService } from '@nestjs/core';
import type { Logger } from 'pino';
import { annotated } from './annotated';
import { Housekeeping } from './housekeeping';
import { Inbox, type Pace, type Source } from './inbox';
import { JobRunner } from './job-runner';
import type { JobQueue } from './job';
import { JOBS, MessagingProcessModule } from './process.module';
import { Handlers, ON, type OnMetadata } from './on';
import { Parking } from './parking';
import { Reconciler } from './reconciler';
import { Relay } from './relay';
import { PARKING, STANDING, streamsController } from './streams.controller';
import { standingOf, type Look } from './standing';
import { Streams } from './streams';
import { TRANSPORT, type EventTransport } from './transport';
import { UnitOfWork } from './unit-of-work';
import { Worker } from './worker';

export interface ContextOptions {
  readonly name: ContextName;
  /** Event types that this context receives, because of others of the same source, and knowingly does nothing about. */
  readonly ignores?: readonly EventClass[];
  /** `prompt` unless said otherwise. */
  readonly pace?: Pace;
}

const OPTIONS = Symbol('ContextOptions');
export const CONTEXT_NAME = Symbol('ContextName');
const RELAY = Symbol('Relay');

/** The waist of one context: its unit of work, relay, inbox, worker and reconciler. Imported once, by the context's module. */
@Module({})
export class ContextModule {
  static for(options: ContextOptions): DynamicModule {
    const pool = (databases: Databases) => databases.pool(options.name);
    return {
      module: ContextModule,
      imports: [DiscoveryModule, MessagingProcessModule],
      controllers: [streamsController(options.name)],
      providers: [
        { provide: OPTIONS, useValue: options },
        { provide: CONTEXT_NAME, useValue: options.name },
        {
          provide: RELAY,
          inject: [Databases, TRANSPORT, LOGGER],
          useFactory: (d: Databases, transport: EventTransport, log: Logger) =>
            new Relay(options.name, pool(d), d.url(options.name), transport, log),
        },
        {
          provide: UnitOfWork,
          inject: [Databases, PROCESS, JOBS, RELAY],
          useFactory: (d: Databases, info: ProcessInfo, jobs: JobQueue | null, relay: Relay) =>
            new UnitOfWork({
              context: options.name,
              pool: pool(d),
              detailKey: info.detailKey,
              jobs,
              hint: () => relay.hint(),
            }),
        },
        { provide: Streams, inject: [Databases], useFactory: (d: Databases) => new Streams(options.name, pool(d)) },
        ContextRuntime,
        {
          provide: PARKING,
          inject: [Databases, ContextRuntime],
          useFactory: (d: Databases, r: ContextRuntime) => new Parking(pool(d), () => r.wake()),
        },
        {
          provide: STANDING,
          inject: [ContextRuntime, Lifecycle, PROCESS],
          useFactory:
            (runtime: ContextRuntime, lifecycle: Lifecycle, info: ProcessInfo): Look =>
            async () => ({ process: info.role, parts: lifecycle.standing(), samples: await runtime.samples() }),
        },
      ],
      exports: [UnitOfWork, ContextRuntime, CONTEXT_NAME, Streams, PARKING],
    };
  }
}

/** Finds the context's handlers at start-up, refuses duplicates and gaps, and registers the running parts. */
@Injectable()
export class ContextRuntime implements OnModuleInit {
  private worker: Worker | null = null;
  private reconciler: Reconciler | null = null;
  /** How the context's path of events stands, looked at when somebody asks. */
  samples: () => Promise<readonly Sample[]> = () => Promise.resolve([]);

  constructor(
    @Inject(OPTIONS) private readonly options: ContextOptions,
    @Inject(TRANSPORT) private readonly transport: EventTransport,
    @Inject(RELAY) private readonly relay: Relay,
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(SETTINGS) readonly settings: Settings,
    private readonly unit: UnitOfWork,
    private readonly databases: Databases,
    private readonly lifecycle: Lifecycle,
    private readonly peers: Peers,
    private readonly discovery: DiscoveryService,
    private readonly jobs: JobRunner,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const { name } = this.options;
    const handlers = this.findHandlers();
    const pool = this.databases.pool(name);
    const sources: Source[] = [
      ...handlers.sources(),
      ...(handlers.takesActs ? contexts.map((c): Source => `${c}.acts`) : []),
    ];
    const inbox = new Inbox(name, pool, sources, this.options.pace);
    this.worker = new Worker(inbox, handlers, this.unit, pool, this.log);
    this.reconciler = new Reconciler(inbox, pool, this.peers, this.log);
    this.transport.subscribe(inbox);
    this.jobs.discover(name, this.providers());
    this.samples = async () => [
      ...(await standingOf(name, pool, sources, (source) => this.reconciler!.ageOf(source))),
      ...(this.transport.lag?.() ?? []).filter(({ labels }) => labels['context'] === name),
    ];
    this.metrics.collect(() => standingOf(name, pool, sources, (source) => this.reconciler!.ageOf(source)));
    this.lifecycle.add(this.worker);
    this.lifecycle.add(this.relay);
    this.lifecycle.add(this.reconciler);
    this.lifecycle.add(new Housekeeping(name, pool, this.log));
  }

  wake(): void {
    this.worker?.wake();
  }

  /** Milliseconds since this context last compared itself with `source`: how old its projections may be. */
  ageOf(source: ContextName): number {
    return this.reconciler?.ageOf(source) ?? Infinity;
  }

  private findHandlers(): Handlers {
    const handlers = new Handlers(this.options.name);
    for (const { instance, name, method, metadata } of annotated<OnMetadata>(this.providers(), ON)) {
      const call = (instance[method] as (...args: unknown[]) => Promise<void>).bind(instance);
      const prepare = metadata.options.prepare;
      for (const type of metadata.types) {
        handlers.add(type, {
          where: `${name}.${method}`,
          batch: metadata.batch ? call : null,
          one: metadata.batch ? null : call,
          prepare: prepare ? (instance[prepare] as (e: unknown) => Promise<unknown>).bind(instance) : null,
          action: metadata.options.action ?? null,
        });
      }
    }
    for (const type of this.options.ignores ?? []) handlers.ignore(type);
    handlers.assertComplete();
    return handlers;
  }

  /** Providers of the modules that make up this context: those that can see this very runtime. */
  private providers(): Record<string, unknown>[] {
    return this.discovery
      .getProviders()
      .filter((w) => w.host && this.belongs(w.host as unknown as Host))
      .map((w) => w.instance as Record<string, unknown> | null)
      .filter((i): i is Record<string, unknown> => i !== null && typeof i === 'object');
  }

  /** A module that holds this runtime, imports the one that does, or imports one that re-exports it. */
  private belongs(host: Host, depth = 2): boolean {
    if (host.providers.get(ContextRuntime)?.instance === this) return true;
    return depth > 0 && [...host.imports].some((imported) => this.belongs(imported, depth - 1));
  }
}

interface Host {
  readonly imports: Set<Host>;
  readonly providers: Map<unknown, { instance?: unknown }>;
}
