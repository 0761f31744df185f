import type { ContextName } from '@concordat/contracts';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Logger } from 'pino';
import type { ContextDefinition } from './context';
import { Unavailable } from './errors';
import { patiently } from './patiently';

/** Refused before the first write: with any of these off, an acknowledged referral could be lost (events.md W5). */
const DURABLE = ['synchronous_commit', 'fsync', 'full_page_writes'] as const;

/** Whoever waits for an answer on the connection is told by its rejection. */
const ignore = (): void => undefined;

/** Connections that a context may have for requests, unless DATABASE_POOL says otherwise. */
export const DEFAULT_POOL = 8;

/**
 * The databases of this process: one DataSource per context, each signed in as that context's role, whose search path is
 * its own schema. A context therefore cannot name, by mistake or otherwise, what another context stores.
 */
@Injectable()
export class Databases implements OnApplicationShutdown {
  private readonly sources = new Map<ContextName, DataSource>();
  private closing = false;

  constructor(
    private readonly urlOf: (context: ContextName) => string,
    private readonly poolSize: number,
    private readonly log: Logger,
  ) {}

  /** Opens the pools of all these contexts at once. Throws what the first of them met; those that are open then are closed. */
  async openAll(contexts: readonly ContextName[], mayLose = false): Promise<void> {
    const opened = await Promise.allSettled(contexts.map((context) => this.open(context, mayLose)));
    const failed = opened.find((each) => each.status === 'rejected');
    if (!failed) return;
    await this.onApplicationShutdown();
    throw failed.reason;
  }

  /** Opens the context's pool. Throws when the server would not keep what it acknowledges. */
  private async open(context: ContextName, mayLose: boolean): Promise<void> {
    const source = await this.connected(context);
    this.sources.set(context, source);
    // While a connection is lent out the pool does not listen to it, and an error nobody listens to ends the process.
    this.pool(context).on('acquire', (client) => {
      if (!client.listeners('error').includes(ignore)) client.on('error', ignore);
    });
    if (mayLose) return;
    const rows: { name: string; setting: string }[] = await source.query(
      'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
      [DURABLE],
    );
    const off = rows.filter((r) => r.setting === 'off').map((r) => r.name);
    if (off.length > 0)
      throw new Error(
        `PostgreSQL has ${off.join(', ')} off: what it acknowledges could be lost. Turn on and start again.`,
      );
  }

  private connected(context: ContextName): Promise<DataSource> {
    return patiently(() =>
      new DataSource({
        ...sourceOptions(this.urlOf(context)),
        // pipeline: begin and settings, and later the flush and COMMIT, travel in one write (about a third fewer waits).
        extra: { max: this.poolSize, pipeline: true, idleTimeoutMillis: 60_000, connectionTimeoutMillis: 10_000 },
        // A pool does not wait until the connections that it closes are gone, and the server may say goodbye on them.
        poolErrorHandler: (err: Error) => this.closing || this.log.warn({ err, context }, 'database connection lost'),
      } as DataSourceOptions).initialize(),
    );
  }

  /** The pg pool of a context, for the waist and other raw SQL. Throws Unavailable before `open`. */
  pool(context: ContextName): Pool {
    const source = this.sources.get(context);
    if (!source?.isInitialized) throw new Unavailable('database.closed', 'The database is not open');
    return (source.driver as unknown as { master: Pool }).master;
  }

  url(context: ContextName): string {
    return this.urlOf(context);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.sources.values()].map((s) => s.destroy()));
    this.sources.clear();
  }
}

const sourceOptions = (url: string): DataSourceOptions => ({
  type: 'postgres',
  url,
  logging: false,
  installExtensions: false,
});

/** Runs a context's migrations as the owner, in its schema, each in a transaction of its own. Returns the names run. */
export async function migrate(ownerUrl: string, definition: ContextDefinition): Promise<string[]> {
  const url = new URL(ownerUrl);
  url.searchParams.set('options', `-c search_path=${definition.name},public`);
  const source = new DataSource({
    ...sourceOptions(url.toString()),
    schema: definition.name,
    migrations: [...definition.migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    extra: { max: 1 },
  } as DataSourceOptions);
  await source.initialize();
  try {
    return (await source.runMigrations()).map((m) => m.name);
  } finally {
    await source.destroy();
  }
}
