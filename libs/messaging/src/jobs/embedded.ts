import { contexts, type ContextName } from '@concordat/contracts';
import type { Runner } from 'graphile-worker';
import { Client, Pool } from 'pg';
import type { Logger } from 'pino';
import type { Job, JobHandler, JobQueue, JobRequest } from '../job';
import type { Tx } from '../tx';
import { guarded, JOB_ATTEMPTS } from './guarded';

/** Schema of graphile-worker's tables. It belongs to the bridge role, which may do nothing else. */
const SCHEMA = 'jobs';
/** Jobs under way at once in this process. */
const CONCURRENCY = 4;

/**
 * The job queue inside the database: graphile-worker, whose `add_job` joins our transaction, so a job exists exactly when
 * its rows do. For one process that has its database to itself: at the start it takes back every job that a killed
 * predecessor had begun. Wakes by NOTIFY, which is tolerated here only (events.md R7).
 */
export class EmbeddedJobs implements JobQueue {
  private pool: Pool | null = null;
  private runner: Runner | null = null;
  private readonly running = new Set<Promise<void>>();

  /** @param url signs in as the bridge role, owner of the schema `jobs` that `provision` made */
  constructor(
    private readonly url: string,
    private readonly log: Logger,
  ) {}

  /** Makes the tables and the one function that contexts may call, when they are missing. MUST be awaited before `add`. */
  async prepare(): Promise<void> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ there: boolean }>(
        `SELECT to_regprocedure('${SCHEMA}.request(text[],json[],timestamptz[],text[])') IS NOT NULL AS there`,
      );
      if (rows[0]?.there) return;
      const { runMigrations } = await import('graphile-worker');
      // Its own first step is CREATE SCHEMA, for which the bridge would need a right over the whole database.
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${SCHEMA}.migrations (id int PRIMARY KEY, ts timestamptz NOT NULL DEFAULT now(), breaking boolean NOT NULL DEFAULT false)`,
      );
      await runMigrations({ connectionString: this.url, schema: SCHEMA, logger: await this.logger() });
      await client.query(REQUEST);
    } finally {
      await client.end();
    }
  }

  async add(tx: Tx, context: ContextName, jobs: readonly JobRequest[]): Promise<void> {
    await tx.query(
      `SELECT ${SCHEMA}.request($1, $2, $3, $4)`,
      [
        jobs.map((j) => `${context}/${j.name}`),
        jobs.map((j) => JSON.stringify(j.payload)),
        jobs.map((j) => j.runAt),
        jobs.map((j) => `${context}/${j.key}`),
      ],
      'request-jobs',
    );
  }

  async work(handlers: ReadonlyMap<string, JobHandler>): Promise<void> {
    if (handlers.size === 0) return;
    const { run } = await import('graphile-worker');
    this.pool = new Pool({ connectionString: this.url, max: CONCURRENCY + 1, keepAlive: true });
    // An error that nobody listens to ends the process. graphile-worker listens to the pool and to connections made after it
    // was given the pool, until it is stopped: ours below is made before, and connections outlast it (pg ends a pool without
    // waiting for its sockets).
    this.pool.on('error', (err) => this.log.warn({ err }, 'the job queue lost a connection'));
    this.pool.on('connect', (client) => client.on('error', () => undefined));
    // Whoever had locked these is gone: this process has the database to itself. Unasked, they would wait four hours.
    await this.pool.query(
      `SELECT ${SCHEMA}.force_unlock_workers(array(SELECT DISTINCT locked_by FROM ${SCHEMA}._private_jobs WHERE locked_by IS NOT NULL))`,
    );
    this.runner = await run({
      pgPool: this.pool,
      schema: SCHEMA,
      concurrency: CONCURRENCY,
      pollInterval: 2_000,
      noHandleSignals: true,
      parsedCronItems: [],
      taskList: Object.fromEntries(
        [...handlers].map(([key, handler]) => [key, (payload: unknown) => this.handle(key, payload, handler)]),
      ),
      logger: await this.logger(),
    });
    this.runner.promise.catch((err: unknown) => this.log.error({ err }, 'the job queue stopped'));
  }

  async stop(): Promise<void> {
    const { runner, pool } = this;
    this.runner = null;
    this.pool = null;
    await runner?.stop();
    await Promise.allSettled(this.running);
    await pool?.end();
  }

  private handle(key: string, payload: unknown, handler: JobHandler): Promise<void> {
    const [context, name] = key.split('/') as [ContextName, string];
    const done = guarded({ context, name, payload: payload as Job['payload'] }, handler, this.log);
    this.running.add(done);
    return done.finally(() => this.running.delete(done));
  }

  private async logger() {
    const { Logger: GraphileLogger } = await import('graphile-worker');
    return new GraphileLogger(() => (level, message) => {
      const severity = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
      this.log[severity[level]]({ part: 'jobs' }, message);
    });
  }
}

/**
 * A context's role can neither see nor touch the queue's tables. It may call this, with the owner's rights, for jobs of
 * its own. An earlier job of the same key that has not begun is replaced.
 */
const REQUEST = `
CREATE OR REPLACE FUNCTION ${SCHEMA}.request(identifiers text[], payloads json[], run_ats timestamptz[], keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM unnest(identifiers || keys) AS i(name) WHERE 'concordat_' || split_part(i.name, '/', 1) <> session_user) THEN
    RAISE EXCEPTION 'a context asks for its own jobs only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM ${SCHEMA}.add_job(r.identifier, r.payload, run_at => r.run_at, max_attempts => ${JOB_ATTEMPTS}, job_key => r.key, job_key_mode => 'replace')
     FROM unnest(identifiers, payloads, run_ats, keys) AS r(identifier, payload, run_at, key);
END $$;
REVOKE ALL ON FUNCTION ${SCHEMA}.request FROM PUBLIC;
GRANT USAGE ON SCHEMA ${SCHEMA} TO ${contexts.map((c) => `concordat_${c}`).join(', ')};
GRANT EXECUTE ON FUNCTION ${SCHEMA}.request TO ${contexts.map((c) => `concordat_${c}`).join(', ')};
`;
