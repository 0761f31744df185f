import type { ContextName } from '@concordat/contracts';
import type { RedisTls } from '@concordat/platform';
import Bull from 'bull';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobHandler, JobQueue, JobRequest } from '../job';
import type { Tx } from '../tx';
import { Wakeful } from '../wakeful';
import { guarded, JOB_ATTEMPTS } from './guarded';

const CONCURRENCY = 4;
/** Only what is due so soon is given to Redis: the rest is safer where it is. */
const HORIZON = '5 minutes';
/** A job this late, and given to Redis this long ago, is given again: under the same id, so nothing happens if it is there. */
const OVERDUE = '5 seconds';
const BATCH = 200;
const CLOSING_MS = 5_000;
/**
 * A job whose process was killed is missed once its lock has ended and two looks have found it so. Bull's own thirty seconds
 * each make that more than a minute; a job takes less than one, and running twice harms nothing (D2).
 */
const STALLED = { lockDuration: 10_000, stalledInterval: 5_000 };
/** States of a job that Bull will come to, or is at. */
const ALIVE: ReadonlySet<string> = new Set(['waiting', 'active', 'delayed', 'paused']);

/** What Redis holds of a job: which row it is. The rest is read when it runs. */
interface Ticket {
  readonly key: string;
  readonly revision: number;
}

/**
 * The job queue over Bull and Redis, for several processes. Bull cannot join a transaction, so a job is first a row of
 * `job_outbox`, and stays one until its handler has succeeded (or failed for the last time): Redis only says when. After
 * FLUSHALL, or a start without Redis, every row that is due is given to it again (events.md D1, D3). No repeatable jobs (D5).
 */
export class BullJobs implements JobQueue {
  private readonly lines: Line[] = [];

  constructor(
    private readonly redisUrl: string,
    private readonly poolOf: (context: ContextName) => Pool,
    private readonly log: Logger,
    private readonly tls: RedisTls = null,
  ) {}

  async add(tx: Tx, _: ContextName, jobs: readonly JobRequest[]): Promise<void> {
    const last = [...new Map(jobs.map((j) => [j.key, j])).values()]; // one statement cannot touch a row twice
    await tx.execute(
      `INSERT INTO job_outbox AS o (job_key, name, payload, run_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::timestamptz[])
       ON CONFLICT (job_key) DO UPDATE SET name = EXCLUDED.name, payload = EXCLUDED.payload, run_at = EXCLUDED.run_at,
         revision = o.revision + 1, moved_at = NULL`,
      [
        last.map((j) => j.key),
        last.map((j) => j.name),
        last.map((j) => JSON.stringify(j.payload)),
        last.map((j) => j.runAt),
      ],
      'request-jobs-of-bull',
    );
  }

  /** Does not wait for Redis: a process that cannot reach it works, with its sweeps, until it can. */
  work(handlers: ReadonlyMap<string, JobHandler>): Promise<void> {
    const contexts = new Set([...handlers.keys()].map((key) => key.split('/')[0] as ContextName));
    for (const context of contexts) {
      const line = new Line(this.redisUrl, this.tls, context, this.poolOf(context), handlers, this.log);
      this.lines.push(line);
      line.start();
    }
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await Promise.all(this.lines.splice(0).map((line) => line.stop()));
  }
}

/** One context's jobs: rows that become due go to Redis, and come back to be run. */
class Line {
  private readonly queue: Bull.Queue<Ticket>;
  private readonly dispatcher: Wakeful;
  private readonly running = new Set<Promise<void>>();

  constructor(
    redisUrl: string,
    tls: RedisTls,
    private readonly context: ContextName,
    private readonly pool: Pool,
    private readonly handlers: ReadonlyMap<string, JobHandler>,
    private readonly log: Logger,
  ) {
    this.queue = new Bull<Ticket>(context, redisUrl, {
      prefix: 'concordat:jobs',
      settings: STALLED,
      redis: {
        retryStrategy: (times: number) => Math.min(times * 100, 2_000),
        connectTimeout: 3_000,
        ...(tls ? { tls } : {}), // Bull takes a rediss:// for a redis://, and would say its password in the clear
      },
      defaultJobOptions: {
        attempts: JOB_ATTEMPTS,
        backoff: { type: 'exponential', delay: 1_000 },
        removeOnComplete: true, // D4: a finished job of the same id would swallow a new one
        removeOnFail: true,
      },
    });
    this.queue.on('error', (err) => log.warn({ err, part: `${context} jobs` }, 'Redis'));
    this.dispatcher = new Wakeful(() => this.dispatch(), {
      idleMs: 250,
      onError: (err) => log.warn({ err, part: `${context} jobs` }, 'jobs cannot be passed on'),
    });
  }

  start(): void {
    this.queue
      .process(CONCURRENCY, (job) => this.track(this.run(job)))
      .catch((err: unknown) => this.log.warn({ err, part: `${this.context} jobs` }, 'Redis'));
    this.dispatcher.start();
  }

  async stop(): Promise<void> {
    await this.dispatcher.stop();
    const closed = this.queue.close(); // takes no more jobs, and waits for those under way
    await Promise.allSettled(this.running);
    // Without Redis it would wait for ever to say goodbye.
    const gaveUp = await Promise.race([closed.then(() => false), delay(CLOSING_MS, true, { ref: false })]);
    if (gaveUp) for (const client of this.queue.clients) client.disconnect();
  }

  /** Gives Redis what will be due soon, and what should have come back. By the database's clock (D6). */
  private async dispatch(): Promise<boolean> {
    if (this.queue.client.status !== 'ready') return false;
    const { rows } = await this.pool.query<Ticket & { wait: number; again: boolean }>({
      name: 'jobs-to-dispatch',
      text: `SELECT job_key AS key, revision, run_at, moved_at IS NOT NULL AS again, greatest(0, ceil(extract(epoch FROM run_at - now()) * 1000))::float8 AS wait
               FROM job_outbox
              WHERE (moved_at IS NULL AND run_at < now() + interval '${HORIZON}')
                 OR (moved_at < now() - interval '${OVERDUE}' AND run_at < now() - interval '${OVERDUE}')
              ORDER BY run_at LIMIT ${BATCH}`,
    });
    if (rows.length === 0) return false;
    await Promise.all(
      rows.map(async ({ key, revision, wait, again }) => {
        const jobId = `${encodeURIComponent(key)}.${revision}`;
        if (again) await this.clear(jobId);
        await this.queue.add({ key, revision }, { jobId, delay: wait });
      }),
    );
    await this.pool.query({
      name: 'jobs-dispatched',
      text: `UPDATE job_outbox o SET moved_at = now() FROM unnest($1::text[], $2::int[]) AS d(key, revision)
              WHERE o.job_key = d.key AND o.revision = d.revision`,
      values: [rows.map((r) => r.key), rows.map((r) => r.revision)],
    });
    return rows.length === BATCH;
  }

  /**
   * Takes away what would swallow a job given again under its id without ever being run: when Redis loses everything while
   * a job runs, Bull notes the job's failure under its key, and no list of its holds the job any more.
   */
  private async clear(jobId: string): Promise<void> {
    const job = await this.queue.getJob(jobId);
    const state = await job?.getState();
    if (!job || !state || ALIVE.has(state)) return;
    await job.remove();
    this.log.warn({ part: `${this.context} jobs`, state }, 'a job that Redis had half forgotten is given again');
  }

  /** Runs what the row says now. No row of this revision: it was replaced, or is done. */
  private async run({ data: { key, revision }, attemptsMade }: Bull.Job<Ticket>): Promise<void> {
    const { rows } = await this.pool.query<{ name: string; payload: Job['payload']; early: number }>({
      name: 'job-to-run',
      text: `SELECT name, payload, greatest(0, ceil(extract(epoch FROM run_at - clock_timestamp()) * 1000))::float8 AS early
               FROM job_outbox WHERE job_key = $1 AND revision = $2`,
      values: [key, revision],
    });
    const row = rows[0];
    if (!row) return;
    const handler = this.handlers.get(`${this.context}/${row.name}`);
    if (!handler) throw new Error('job.unhandled'); // an older process than the one that asked: another may know it
    if (row.early > 0) await delay(row.early);
    try {
      await guarded({ context: this.context, name: row.name, payload: row.payload }, handler, this.log);
    } catch (error) {
      if (attemptsMade + 1 < JOB_ATTEMPTS) throw error;
      this.log.error({ job: `${this.context}/${row.name}`, id: row.payload.id }, 'job given up; its sweep remains');
    }
    await this.pool.query('DELETE FROM job_outbox WHERE job_key = $1 AND revision = $2', [key, revision]);
  }

  private track(done: Promise<void>): Promise<void> {
    this.running.add(done);
    return done.finally(() => this.running.delete(done));
  }
}
