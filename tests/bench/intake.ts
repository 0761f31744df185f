import { newId } from '@concordat/contracts';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { closedLoop, median, round, share, type Outcome } from './load';
import { findPgbench, pgbench } from './pgbench';
import { drained, exampleContent, startPlatform } from './platform';
import type { Result } from './result';

const CLIENTS = 8;
const ROUNDS = 3;
/** Until a process that was only just started is at rest. */
const RESTING_MS = 20_000;

/**
 * Accepted referrals a second through full HTTP (token, validation, access, one transaction of state, outbox and act) as a
 * share of pgbench doing the same three inserts on the same server with the same number of clients, in turns in one run.
 * `slowDisk` repeats it with a flush that takes a millisecond, as on a server's disk.
 */
export async function intake(options: { seconds?: number; slowDisk?: boolean } = {}): Promise<Result> {
  const binary = findPgbench();
  if (!binary) throw new Error('pgbench is not on this machine (Debian: apt install postgresql-contrib)');
  const seconds = options.seconds ?? 8;
  const platform = await startPlatform('embedded');
  const admin = new Client({ connectionString: platform.adminUrl });
  try {
    await admin.connect();
    if (options.slowDisk) await slowDisk(admin);
    const token = await platform.token('hana');
    const url = platform.urlOf('');
    const memory = (): number => platform.residentMb('all-in-one') ?? 0;
    const content: unknown = exampleContent();
    const body = JSON.stringify({ content });
    const shot = () => ({
      method: 'POST',
      path: '/api/referrals',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId() },
      body,
    });
    await setTimeout(RESTING_MS);
    const idleMb = memory();
    await closedLoop(url, CLIENTS, 3, shot); // warm: compiled code, plans, caches
    const before = await counts(admin);
    const ours: Outcome[] = [];
    const limit: number[] = [];
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, memory())), 250).unref();
    for (let i = 0; i < ROUNDS; i++) {
      await drained(admin);
      ours.push(await closedLoop(url, CLIENTS, seconds, shot));
      await drained(admin);
      limit.push(await pgbench(binary, platform.adminUrl, CLIENTS, seconds, JSON.stringify(content)));
    }
    clearInterval(watch);
    const after = await counts(admin);
    const done = ours.reduce((sum, o) => sum + o.done, 0);
    assertSame('referrals', after.referrals - before.referrals, done);
    assertSame('acts', after.acts - before.acts, done);
    assertSame('events', after.events - before.events, done);
    const perSecond = round(median(ours.map((o) => o.perSecond)));
    const baseline = round(median(limit));
    return {
      name: options.slowDisk ? 'intake-slow-disk' : 'intake',
      metrics: {
        perSecond,
        p50ms: median(ours.map((o) => o.p50)),
        p99ms: median(ours.map((o) => o.p99)),
        refused: ours.reduce((sum, o) => sum + o.refused, 0),
        accepted: done,
        idleMb,
        peakMb: peak,
      },
      baseline: { pgbenchTps: baseline, clients: CLIENTS },
      ratio: { ofPgbench: share(perSecond, baseline) },
    };
  } finally {
    await admin.end().catch(() => undefined);
    await platform.stop();
  }
}

/** commit_delay makes each flush wait a millisecond, whoever asks for it: the profile of a networked disk. */
async function slowDisk(admin: Client): Promise<void> {
  await admin.query('ALTER SYSTEM SET commit_delay = 1000');
  await admin.query('ALTER SYSTEM SET commit_siblings = 0');
  await admin.query('SELECT pg_reload_conf()');
}

async function counts(admin: Client): Promise<{ referrals: number; acts: number; events: number }> {
  const { rows } = await admin.query<{ referrals: number; acts: number; events: number }>(
    `SELECT (SELECT count(*)::int FROM referrals.referral WHERE status <> 'draft') AS referrals,
            (SELECT count(*)::int FROM referrals.act WHERE convert_from(body, 'UTF8')::jsonb #>> '{data,action}' = 'referral.submit') AS acts,
            (SELECT count(*)::int FROM referrals.outbox WHERE convert_from(body, 'UTF8')::jsonb ->> 'type' = 'referrals.referral-submitted.v1') AS events`,
  );
  return rows[0]!;
}

function assertSame(what: string, stored: number, answered: number): void {
  if (stored < answered) throw new Error(`${answered} referrals were acknowledged but ${stored} ${what} are stored`);
}
