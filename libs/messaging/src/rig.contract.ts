import {
  ActRecorded,
  newId,
  ReferralAccepted,
  ReferralRated,
  ReferralSubmitted,
  CaseOpened,
  type ContextName,
  type EventClass,
  type Received,
} from '@concordat/contracts';
import {
  createLogger,
  Databases,
  provision,
  systemCall,
  type Call,
  type ContextDefinition,
  type Part,
  type Peers,
} from '@concordat/platform';
import { eventually, testDatabase } from '@concordat/testing';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { Logger } from 'pino';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { actStream } from './act';
import { Inbox, type Source } from './inbox';
import type { JobQueue } from './job';
import { Handlers, type BatchHandler, type EventHandler } from './on';
import { Parking } from './parking';
import { Reconciler } from './reconciler';
import { Relay } from './relay';
import { MEMBER_TABLES, waistTables } from './schema';
import { Streams } from './streams';
import type { EventPublisher, EventTransport, Shipment } from './transport';
import type { Tx } from './tx';
import { UnitOfWork } from './unit-of-work';
import { IndexNumberedActs1700000170000 } from './waist-migrations';
import { Worker } from './worker';

/** The smallest migration with which a context can stand on the waist, and a table for what its handlers did. */
function tables(context: ContextName): new () => MigrationInterface {
  const Tables = class implements MigrationInterface {
    name = `Create${context}1700000000000`;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(waistTables(context));
      await runner.query(MEMBER_TABLES);
      await runner.query(`
        CREATE TABLE effect (seq bigint GENERATED ALWAYS AS IDENTITY, stream_id uuid NOT NULL, version bigint NOT NULL,
                             type text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE TABLE note (id uuid PRIMARY KEY, text text NOT NULL DEFAULT '');
        CREATE TABLE private_note (id uuid PRIMARY KEY, owner_org text NOT NULL);
        ALTER TABLE private_note ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON private_note USING (owner_org = current_setting('concordat.org', true));`);
    }
    async down(): Promise<void> {}
  };
  return Tables;
}

const definitions = (['referrals', 'records', 'audit'] as const).map((name): ContextDefinition => ({
  name,
  migrations: [tables(name), IndexNumberedActs1700000170000],
}));

/** What a test does to the way between relay and transport. Each may throw, as a network does. */
export interface Faults {
  beforeSend?: ((shipment: Shipment) => Promise<Shipment> | Shipment) | undefined;
  afterSend?: ((shipment: Shipment) => Promise<void> | void) | undefined;
}

/** What a test does to handlers: called first, in the transaction of the effect. */
export type Interference = (event: Received<never>, tx: Tx) => Promise<void> | void;

/** One context with every part of its waist, started and stopped by the test. */
export class Site {
  readonly inbox: Inbox;
  readonly unit: UnitOfWork;
  readonly relay: Relay;
  readonly worker: Worker;
  readonly reconciler: Reconciler;
  readonly parking: Parking;
  readonly streams: Streams;

  constructor(
    readonly context: ContextName,
    readonly databases: Databases,
    handlers: Handlers,
    publisher: EventPublisher,
    peers: Peers,
    jobs: JobQueue | null,
    detailKey: Buffer,
    log: Logger,
  ) {
    const pool = databases.pool(context);
    const sources: Source[] = [
      ...handlers.sources(),
      ...(handlers.takesActs ? (['referrals.acts', 'records.acts'] as const) : []),
    ];
    this.inbox = new Inbox(context, pool, sources);
    this.relay = new Relay(context, pool, databases.url(context), publisher, log);
    this.unit = new UnitOfWork({ context, pool, detailKey, jobs, hint: () => this.relay.hint() });
    this.worker = new Worker(this.inbox, handlers, this.unit, pool, log);
    this.reconciler = new Reconciler(this.inbox, pool, peers, log);
    this.parking = new Parking(pool, () => this.worker.wake());
    this.streams = new Streams(context, pool);
  }

  get pool() {
    return this.databases.pool(this.context);
  }

  async query<R extends object = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<R[]> {
    return (await this.pool.query<R>(sql, params)).rows;
  }
}

/** A line of the log. */
export interface Logged {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

export type OpenJobs = (bridgeUrl: string, databases: Databases, log: Logger) => Promise<JobQueue>;

export interface RigOptions {
  /** A transport as one process would make it. Called again by `restart`. */
  readonly open: (log: Logger) => Promise<EventTransport> | EventTransport;
  /** Makes a job queue as one process would. Called again by `openJobs`. */
  readonly jobs?: OpenJobs;
  readonly poolSize?: number;
}

/**
 * Three contexts of one installation, joined by a real transport over a real PostgreSQL: `referrals` publishes, `records`
 * keeps what it received and opens cases, `audit` takes everybody's acts. Everything but HTTP is what runs in production.
 */
export class Rig {
  readonly faults: Faults = {};
  interfere: Interference = () => undefined;
  readonly logged: Logged[] = [];
  sites!: Record<'referrals' | 'records' | 'audit', Site>;
  transport!: EventTransport;
  jobs: JobQueue | null = null;
  private publisher!: EventPublisher;
  private readonly started: { stop(): Promise<void> }[] = [];
  private readonly detailKey = randomBytes(32);
  private readonly log = createLogger('rig', 'debug', {
    write: (line) => void this.logged.push(JSON.parse(line) as Logged),
  });

  private constructor(
    private readonly options: RigOptions,
    readonly databases: Databases,
    readonly adminUrl: string,
    readonly bridgeUrl: string,
    private readonly drop: () => Promise<void>,
  ) {}

  static async build(options: RigOptions): Promise<Rig> {
    const database = await testDatabase(
      async (url) => {
        await provision(url, definitions, new URL(url).pathname.slice(1));
      },
      `rig of messaging ${definitions.map((d) => d.migrations.join()).join()}${waistTables('x')}`,
    );
    const log = createLogger('rig', 'silent');
    const made = await provision(database.adminUrl, definitions, database.name);
    const databases = new Databases(made.urlOf, options.poolSize ?? 8, log);
    await databases.openAll(
      definitions.map((d) => d.name),
      true,
    );
    const rig = new Rig(options, databases, database.adminUrl, made.bridgeUrl, () => database.drop());
    if (options.jobs) rig.jobs = await rig.openJobs();
    await rig.assemble();
    return rig;
  }

  get referrals(): Site {
    return this.sites.referrals;
  }
  get records(): Site {
    return this.sites.records;
  }
  get audit(): Site {
    return this.sites.audit;
  }

  /** Makes every part afresh over the same database and brokers, as a new process would. Nothing is started. */
  async assemble(): Promise<void> {
    this.transport = await this.options.open(this.log);
    this.publisher = {
      partitioned: this.transport.partitioned,
      send: async (shipment) => {
        const left = (await this.faults.beforeSend?.(shipment)) ?? shipment;
        if (left.rows.length > 0) await this.transport.send(left);
        await this.faults.afterSend?.(shipment);
      },
    };
    this.sites = {
      referrals: this.newSite('referrals'),
      records: this.newSite('records'),
      audit: this.newSite('audit'),
    };
    this.transport.subscribe(this.records.inbox);
    this.transport.subscribe(this.audit.inbox);
  }

  /** Another process's end of the same job queue. */
  async openJobs(): Promise<JobQueue> {
    if (!this.options.jobs) throw new Error('this rig has no job queue');
    return this.options.jobs(this.bridgeUrl, this.databases, this.log);
  }

  /** Another set of the parts of a context, as a second process of the same service would have. */
  newSite(context: 'referrals' | 'records' | 'audit'): Site {
    const handlers = {
      referrals: () => new Handlers('referrals'),
      records: () => this.recordsHandlers(),
      audit: () => this.auditHandlers(),
    }[context]();
    const { databases, publisher, jobs, detailKey, log } = this;
    return new Site(context, databases, handlers, publisher, this.peers(), jobs, detailKey, log);
  }

  /** Starts what a process starts, without reconcilers: they would hide what is being tested (events.md §10). */
  async start(): Promise<void> {
    await this.begin(this.transport);
    for (const site of [this.records, this.audit]) await this.begin(site.worker);
    for (const site of [this.referrals, this.records]) await this.begin(site.relay);
  }

  /** Starts one part; `stop` will stop it. */
  async begin(part: Pick<Part, 'start' | 'settled' | 'stop'>): Promise<void> {
    await part.start();
    await part.settled?.();
    this.started.push(part);
  }

  async stop(): Promise<void> {
    for (const part of this.started.splice(0).reverse()) await part.stop();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.assemble();
    await this.start();
  }

  async destroy(): Promise<void> {
    await this.stop();
    await this.databases.onApplicationShutdown();
    await this.drop();
  }

  /** A new referral: version 1 of a new stream. */
  async submit(call: Call = caller(), id = newId()): Promise<string> {
    await this.referrals.unit.run({ action: 'referral.submit', call, objects: [{ t: 'referral', id }] }, async (tx) => {
      tx.open(id).publish(ReferralSubmitted, { ...header(id), receivedAt: tx.now.toISOString(), pack: 'test@1' });
      return { id };
    });
    return id;
  }

  /** The next version of a stream: applied by a batch handler in records. */
  async rate(id: string, colour = 'amber'): Promise<void> {
    await this.referrals.unit.run({ action: 'referral.rate', call: caller() }, async (tx) => {
      (await tx.lock(id)).publish(ReferralRated, { ...header(id), colour, pack: 'test@1' });
    });
  }

  /** The next version of a stream: in records it is a unit of work of its own, which publishes. Returns the case's id. */
  async accept(id: string): Promise<string> {
    const caseId = newId();
    await this.referrals.unit.run({ action: 'referral.decide', call: caller() }, async (tx) => {
      (await tx.lock(id)).publish(ReferralAccepted, {
        ...header(id),
        caseId,
        leadOrg: newId(),
        decidedBy: newId(),
        participants: [],
      });
    });
    return caseId;
  }

  /** What records did, in the order in which it was committed for that stream: `1 submitted`. */
  async effects(id: string): Promise<string[]> {
    const rows = await this.records.query<{ version: string; type: string }>(
      'SELECT version, type FROM effect WHERE stream_id = $1 ORDER BY seq',
      [id],
    );
    return rows.map((r) => `${r.version} ${r.type}`);
  }

  /** Waits until exactly these effects are there. */
  async shows(id: string, expected: string[], timeoutMs = 15_000): Promise<void> {
    await eventually(async () => expect(await this.effects(id)).toEqual(expected), { timeoutMs });
  }

  /** How far records has come with a stream of referrals. */
  async cursor(id: string): Promise<{ last: number; parked: string | null }> {
    const [row] = await this.records.query<{ last: number; parked: string | null }>(
      `SELECT last_version::int AS last, parked_reason AS parked FROM stream_cursor WHERE source = 'referrals' AND stream_id = $1`,
      [id],
    );
    return row ?? { last: 0, parked: null };
  }

  /** The acts that a context has recorded since the rig began, oldest first. */
  async acts(site: Site): Promise<{ id: string; data: ActRecorded }[]> {
    const rows = await site.query<{ body: Buffer }>('SELECT body FROM act ORDER BY created_at, event_id');
    return rows.map((r) => JSON.parse(r.body.toString()) as { id: string; data: ActRecorded });
  }

  /** Runs SQL as the administrator, whom no row-level security or grant binds. */
  async asAdmin(sql: string, params: unknown[] = []): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: this.adminUrl });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql, params)).rows;
    } finally {
      await client.end();
    }
  }

  private recordsHandlers(): Handlers {
    const handlers = new Handlers('records');
    const one = (type: EventClass, handler: EventHandler, action: 'case.open' | null = null): void =>
      handlers.add(type, { where: 'rig', batch: null, one: handler, prepare: null, action });
    one(ReferralSubmitted, (event, tx) => this.effect(event, tx));
    one(
      ReferralAccepted,
      async (event, tx) => {
        await this.effect(event, tx);
        const { caseId, referralId, leadOrg, areaId } = event.data as ReferralAccepted;
        tx.open(caseId).publish(CaseOpened, { caseId, referralId, leadOrg, areaId, people: [] });
      },
      'case.open',
    );
    const batch: BatchHandler = async (events, tx) => {
      for (const event of events) await this.effect(event, tx);
    };
    handlers.add(ReferralRated, { where: 'rig', batch, one: null, prepare: null, action: null });
    return handlers;
  }

  private auditHandlers(): Handlers {
    const handlers = new Handlers('audit');
    const batch: BatchHandler = async (events, tx) => {
      for (const event of events) await this.effect(event, tx);
    };
    handlers.add(ActRecorded, { where: 'rig', batch, one: null, prepare: null, action: null });
    return handlers;
  }

  private async effect(event: Received<never>, tx: Tx): Promise<void> {
    await this.interfere(event, tx);
    const type = event.type.replace(/^.*[.]([a-z-]+)[.]v1$/, '$1').replace('referral-', '');
    await tx.execute('INSERT INTO effect (stream_id, version, type) VALUES ($1, $2, $3)', [
      event.streamId,
      event.version,
      type,
    ]);
  }

  /** Calls between services without HTTP and tokens: straight to the same Streams that the controller would ask. */
  private peers(): Peers {
    const get = async (_: ContextName, to: 'referrals' | 'records', path: string): Promise<unknown> => {
      const url = new URL(path, 'http://peer');
      const { streams } = this.sites[to];
      const moment = (name: string): Date => new Date(url.searchParams.get(name) ?? 0);
      if (url.pathname === '/streams/acts') return streams.actsHead();
      if (url.pathname === '/streams/heads')
        return streams.heads(moment('since'), moment('before'), url.searchParams.get('after'));
      const id = /^[/]streams[/]([^/]+)[/]events$/.exec(url.pathname)?.[1] ?? '';
      return streams.bodies(id, BigInt(url.searchParams.get('from') ?? 1));
    };
    return { get } as unknown as Peers;
  }
}

/** A call by a new member of staff of a new organisation, unless said otherwise. */
export function caller(more: Partial<Call> = {}): Call {
  return {
    ...systemCall(newId(), 'safeguarding'),
    actor: { kind: 'user', id: newId(), orgId: newId(), roles: ['safeguarding-lead'], areas: [] },
    method: 'POST',
    path: '/api/referrals',
    address: '127.0.0.1',
    ...more,
  };
}

export const header = (referralId: string) => ({
  referralId,
  pathway: 'domestic-abuse',
  areaId: newId(),
  referringOrg: newId(),
  receivingOrg: newId(),
});

export const actsOf = (context: ContextName): string => actStream(context);
