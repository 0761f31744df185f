import { contexts, type ActRecorded, type ContextName } from '@concordat/contracts';
import { IdentityModule, PartnershipLoader, readPartnership } from '@concordat-app/identity';
import { unseal } from '@concordat/messaging';
import { provision, readSettings, run, type AppModule, type Running } from '@concordat/platform';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Actors, personaToken, type Caller } from './actors';
import type { Act, Overrides, TestApp } from './app';
import { testDatabase, type TestDatabase } from './database';
import { eventually } from './eventually';

const ROOT = join(__dirname, '../../..');
const DEMO = join(ROOT, 'packs/demo/partnership.yaml');

/** Does what `startApp` says. */
export async function startApp(modules: readonly AppModule[], overrides: Overrides): Promise<TestApp> {
  const all = modules.includes(IdentityModule) ? modules : [IdentityModule, ...modules];
  const definitions = all.flatMap((m) => (m.context ? [m.context] : []));
  const key = definitions.map((d) => `${d.name}:${d.migrations.map((m) => m.toString()).join()}`).join();
  const database = await testDatabase((adminUrl) => provisionAlone(adminUrl, definitions), `app/${key}`);
  const data = mkdtempSync(join(tmpdir(), 'concordat-app-'));
  chmodSync(data, 0o700);
  const packs = process.env['CONCORDAT_TEST_PACKS'];
  if (packs) symlinkSync(packs, join(data, 'cache')); // read and checked once a run
  const cleanUp = async (): Promise<void> => {
    await database.drop();
    rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const settings = readSettings('test', {
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'error',
      CONCORDAT_DATA: data,
      DATABASE_ADMIN_URL: database.adminUrl,
      ...overrides,
    });
    const running = await run('test', all, settings);
    const app = new StartedApp(running, database, cleanUp);
    try {
      if (settings.CONCORDAT_DEMO === 'yes') await membersArrive(app);
    } catch (error) {
      await app.stop();
      throw error;
    }
    return app;
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

/** Does what `loadDemoPartnership` says. */
export async function loadDemoPartnership(app: TestApp): Promise<void> {
  await app.running.app.get(PartnershipLoader, { strict: false }).load(readPartnership(DEMO));
  await membersArrive(app);
}

class StartedApp implements TestApp {
  readonly url: string;
  private readonly actors: Actors;
  private stopped: Promise<void> | null = null;

  constructor(
    readonly running: Running,
    readonly database: TestDatabase,
    private readonly cleanUp: () => Promise<void>,
  ) {
    this.url = running.url;
    this.actors = new Actors(running);
  }

  as(username: string): Caller {
    return this.actors.caller(() => this.actors.tokenFor(username));
  }

  freshlyAs(username: string): Caller {
    return this.actors.caller(() => personaToken(this.running, username));
  }

  asNobody(): Caller {
    return this.actors.caller(() => Promise.resolve(null));
  }

  asBearer(token: string): Caller {
    return this.actors.caller(() => Promise.resolve(token));
  }

  asService(context: ContextName | 'web'): Caller {
    return this.actors.caller(() => this.actors.serviceToken(context));
  }

  tokenFor(username: string): Promise<string> {
    return this.actors.tokenFor(username);
  }

  async sql<R extends Record<string, unknown>>(text: string, params: unknown[] = []): Promise<R[]> {
    const client = new Client({ connectionString: this.database.adminUrl });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<R>(text, params)).rows;
    } finally {
      await client.end();
    }
  }

  async acts(context: ContextName): Promise<Act[]> {
    const rows = await this.sql<{ body: Buffer }>(`SELECT body FROM ${context}.act ORDER BY created_at, event_id`);
    return rows.map(({ body }) => {
      const { id, data } = JSON.parse(body.toString('utf8')) as { id: string; data: ActRecorded };
      const detail = data.sealed ? unseal(id, data.sealed, this.running.process.detailKey) : {};
      return { ...data, id, detail };
    });
  }

  stop(): Promise<void> {
    this.stopped ??= this.running.stop().finally(() => this.cleanUp());
    return this.stopped;
  }
}

/** Roles belong to the server, so two workers that make templates at once must take turns. */
async function provisionAlone(adminUrl: string, definitions: Parameters<typeof provision>[1]): Promise<void> {
  const server = new URL(adminUrl);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('concordat/provision', 0))`);
    await provision(adminUrl, definitions, name);
  } finally {
    await client.end(); // and with it the lock
  }
}

/** Waits until each context of the process has applied all that identity has published. */
async function membersArrive(app: TestApp): Promise<void> {
  const here = await app.sql<{ schema: string }>(
    `SELECT table_schema AS schema FROM information_schema.tables WHERE table_name = 'member' AND table_schema = ANY($1)`,
    [contexts],
  );
  const count = (table: string) => `SELECT count(*)::int AS n FROM ${table}`;
  await eventually(
    async () => {
      for (const { schema } of here) {
        const [row] = await app.sql<{ here: boolean }>(
          `SELECT (${count('identity.membership')}) > 0 AND (${count('identity.membership')}) <= (${count(`${schema}.member`)})
              AND (${count('identity.organisation_detail')}) <= (${count(`${schema}.organisation`)})
              AND (${count('identity.area_detail')}) <= (${count(`${schema}.area`)}) AS here`,
        );
        if (!row?.here) return false;
      }
      return true;
    },
    { timeoutMs: 20_000 },
  );
}
