import { newEventId, newId } from '@concordat/contracts';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { createClient } from 'redis';
import { startAllInOne } from '../../tools/services/all-in-one';
import type { Platform } from '../../tools/services/platform';
import { startServices, type ServiceName } from '../../tools/services/start';
import { Random } from './random';

/** What a sweep may take once the service is there again (events.md D3), beside the outage itself. */
const ALLOWED_MS = 15_000;
/** What these deadlines need of the services, and what is killed: the one that fires them twice as often as each of the others. */
const LEFT_OUT: readonly ServiceName[] = ['referrals', 'records', 'sharing', 'risk', 'reviews', 'insight', 'web'];
const VICTIMS = ['notifications', 'notifications', 'identity', 'audit'];

/** Something that runs, what may be killed of it, and how its queue loses what it holds. */
interface Tried {
  readonly platform: Platform;
  readonly victims: readonly string[];
  /** Without it nothing fires: the time for which it is away explains what is late. */
  readonly fires: string;
  loseJobs(sql: Client): Promise<void>;
  /** Whether jobs are lost again and again, or once. */
  readonly again: boolean;
}

interface Wanted {
  readonly mode: 'embedded' | 'services';
  readonly deadlines: number;
  readonly seconds: number;
  readonly seed: number;
}
/** A time in which the service was down, from its end to when it was ready again. In milliseconds of the database's clock. */
interface Outage {
  readonly from: number;
  readonly to: number;
}
interface Row {
  readonly dueAt: Date;
  readonly firedAt: Date | null;
  readonly events: number;
}

/**
 * Deadlines in their number: so many are due over so many seconds, and the service is killed at random. In one process there is no
 * Redis at all, and half of their jobs are taken from the queue; with --services it is a process over a real Redis, which is
 * emptied (FLUSHALL) at random, and other services are killed as well. Each deadline has to fire once, none early, none later
 * than the outages of the service that fires them and a sweep explain.
 *
 *   npm run deadlines -- [--deadlines 1000] [--seconds 600] [--seed 1] [--services]
 */
async function main(wanted: Wanted): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-deadlines-'));
  chmodSync(dir, 0o711);
  const tried = await start(wanted.mode, join(dir, 'data'));
  const { platform } = tried;
  const sql = new Client({ connectionString: platform.adminUrl });
  await sql.connect();
  try {
    const random = new Random(wanted.seed);
    const start = await nowOf(sql);
    await tell(sql, wanted, random, start + 10_000);
    await tried.loseJobs(sql);
    const happened = await disturb(tried, sql, random, start + 10_000 + wanted.seconds * 1000);
    await delay(ALLOWED_MS);
    return report(await rowsOf(sql), happened, wanted);
  } finally {
    await sql.end();
    await platform.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

const nowOf = async (sql: Client): Promise<number> =>
  (await sql.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]!.now.getTime();

/** Tells of referrals that were rated, as a transport would, and waits until they are in the register. */
async function tell(sql: Client, { deadlines, seconds }: Wanted, random: Random, from: number): Promise<void> {
  const org = newId();
  for (let i = 0; i < deadlines; i++) {
    const referralId = newId();
    const dueAt = new Date(from + Math.floor(random.next() * seconds * 1000)).toISOString();
    const id = newEventId();
    const type = 'referrals.referral-rated.v1';
    const event = {
      ...{ specversion: '1.0', id, source: 'referrals', subject: referralId, type, time: new Date().toISOString() },
      ...{ datacontenttype: 'application/json', dataschema: `urn:concordat:schema:${type}`, partitionkey: referralId },
      ...{ caseversion: '1', correlationid: newEventId() },
      data: {
        ...{ referralId, pathway: 'prevent', areaId: newId(), referringOrg: newId(), receivingOrg: org },
        ...{ colour: 'red', dueAt, pack: 'faults@1.0.0' },
      },
    };
    await sql.query(
      'INSERT INTO notifications.inbox (source, stream_id, stream_version, event_id, body) VALUES ($1, $2, 1, $3, $4)',
      ['referrals', referralId, id, Buffer.from(JSON.stringify(event))],
    );
  }
  const kept = 'SELECT count(*)::int AS n FROM notifications.deadline';
  while ((await sql.query<{ n: number }>(kept)).rows[0]!.n < deadlines) await delay(100);
}

async function start(mode: Wanted['mode'], dataDir: string): Promise<Tried> {
  if (mode === 'embedded') {
    const platform = await startAllInOne({ dataDir, env: { CONCORDAT_DEMO: 'no' } });
    const loseJobs = async (sql: Client): Promise<void> =>
      void (await sql.query('DELETE FROM jobs._private_jobs WHERE id % 2 = 0 AND locked_at IS NULL'));
    return { platform, victims: ['all-in-one'], fires: 'all-in-one', loseJobs, again: false };
  }
  const env = { LOG_LEVEL: 'error', NODE_ENV: 'development' };
  const platform = await startServices({ dataDir, port: 0, env, without: LEFT_OUT });
  const loseJobs = async (): Promise<void> => {
    const redis = createClient({ url: platform.redis!.url });
    await redis.connect();
    await redis.flushAll();
    await redis.close();
  };
  return { platform, victims: VICTIMS, fires: 'notifications', loseJobs, again: true };
}

interface Happened {
  readonly kills: number;
  /** Times at which the queue lost all or part of what it held. */
  readonly losses: number;
  /** Of the service that fires. */
  readonly outages: readonly Outage[];
}

async function disturb(tried: Tried, sql: Client, random: Random, until: number): Promise<Happened> {
  const { platform, victims, fires } = tried;
  const outages: Outage[] = [];
  let [kills, losses] = [0, 1];
  for (;;) {
    await delay(3_000 + random.next() * 20_000);
    const from = await nowOf(sql);
    if (from >= until) return { kills, losses, outages };
    if (tried.again && random.chance(0.5)) {
      await tried.loseJobs(sql);
      losses++;
    }
    const victim = random.pick(victims);
    await platform.kill(victim);
    await delay(random.next() * 5_000);
    await platform.start(victim);
    kills++;
    if (victim === fires) outages.push({ from, to: await nowOf(sql) });
  }
}

async function rowsOf(sql: Client): Promise<Row[]> {
  const { rows } = await sql.query<Row>(
    `SELECT d.due_at AS "dueAt", d.fired_at AS "firedAt", (SELECT count(*)::int FROM notifications.outbox o WHERE o.stream_id = d.id
         AND convert_from(o.body, 'UTF8')::jsonb ->> 'type' = 'notifications.deadline-fired.v1') AS events FROM notifications.deadline d`,
  );
  return rows;
}

function report(rows: readonly Row[], { kills, losses, outages }: Happened, wanted: Wanted): number {
  /** How long after its time something may fire: the outages that follow one another from then on, and a sweep. */
  const allowed = (due: number): number => {
    let until = due;
    for (const { from, to } of outages) if (from <= until + ALLOWED_MS && to > until) until = to;
    return until + ALLOWED_MS;
  };
  const late = rows.map((r) => (r.firedAt ? r.firedAt.getTime() - r.dueAt.getTime() : Infinity)).sort((a, b) => a - b);
  const found = {
    deadlines: rows.length,
    ...{ kills, killsOfWhatFires: outages.length, queueLost: losses },
    notFired: rows.filter((r) => !r.firedAt).length,
    notOnce: rows.filter((r) => r.events !== 1).length,
    early: rows.filter((r) => r.firedAt && r.firedAt < r.dueAt).length,
    tooLate: rows.filter((r) => r.firedAt && r.firedAt.getTime() > allowed(r.dueAt.getTime())).length,
    lateMsMedian: late[Math.floor(late.length / 2)],
    lateMsMost: late.at(-1),
    longestOutageMs: Math.max(0, ...outages.map((o) => o.to - o.from)),
  };
  console.log(JSON.stringify({ ...wanted, ...found }, null, 2));
  const wrong = found.notFired + found.notOnce + found.early + found.tooLate;
  return wrong === 0 && rows.length === wanted.deadlines ? 0 : 1;
}

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

const mode = process.argv.includes('--services') ? 'services' : 'embedded';
void main({
  mode,
  deadlines: option('deadlines', 1_000),
  seconds: option('seconds', 600),
  seed: option('seed', 1),
}).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
