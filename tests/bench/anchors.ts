import { generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedLoop, median, round, share } from './load';
import { bareRoute } from './peers/bare-route';
import { findPgbench, pgbench } from './pgbench';
import { exampleContent, startPlatform } from './platform';
import type { Result } from './result';

/**
 * What the machine did on which the goals were set: two shared cores, 24 GiB, PostgreSQL 15. They are the limits that the
 * goals in absolute terms (decisions, latencies, start) were drawn from.
 */
const SET_ON = {
  pgbenchTps: 22_800,
  fastifyPerSecond: 80_000,
  sha256PerSecond: 1_250_000,
  signPerSecond: 47_000,
  verifyPerSecond: 16_000,
} as const;

const ROUNDS = 3;
const SECONDS = 4;
const PGBENCH_CLIENTS = 8;
const HTTP_CONNECTIONS = 32;
const BLOCK = 200;

/**
 * How fast this machine is at what has nothing of Concordat in it, beside the one on which the goals were set: pgbench with the
 * three inserts of intake, a bare route, hashes of 200 bytes, signatures. A goal in milliseconds or a second is to be read by it.
 */
export async function anchors(): Promise<Result> {
  const binary = findPgbench();
  if (!binary) throw new Error('pgbench is not on this machine (Debian: apt install postgresql-contrib)');
  const dir = mkdtempSync(join(tmpdir(), 'concordat-anchors-'));
  const platform = await startPlatform('embedded');
  const bare = await bareRoute(dir);
  const block = Buffer.alloc(BLOCK, 7);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const signature = sign(null, block, privateKey);
  const content = JSON.stringify(exampleContent());
  const get = () => ({ method: 'GET', path: '/', headers: {} });
  const measures: Readonly<Record<keyof typeof SET_ON, () => Promise<number> | number>> = {
    pgbenchTps: () => pgbench(binary, platform.adminUrl, PGBENCH_CLIENTS, SECONDS, content),
    fastifyPerSecond: async () => (await closedLoop(bare.url, HTTP_CONNECTIONS, SECONDS, get, 200)).perSecond,
    sha256PerSecond: () => perSecond(() => hash('sha256', block, 'buffer')),
    signPerSecond: () => perSecond(() => sign(null, block, privateKey)),
    verifyPerSecond: () => perSecond(() => verify(null, block, publicKey, signature)),
  };
  try {
    const metrics: Record<string, number> = {};
    for (const [name, measure] of Object.entries(measures)) {
      const rounds: number[] = [];
      for (let i = 0; i < ROUNDS; i++) rounds.push(await measure());
      metrics[name] = round(median(rounds));
    }
    const ratio = Object.entries(SET_ON).map(([name, there]) => [name, share(metrics[name]!, there)] as const);
    return { name: 'anchors', metrics, baseline: SET_ON, ratio: Object.fromEntries(ratio) };
  } finally {
    await bare.stop();
    await platform.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** How often a second `once` gets done on one core. */
function perSecond(once: () => unknown): number {
  const [began, many] = [performance.now(), 200];
  let done = 0;
  for (; performance.now() - began < 1_000; done += many) for (let i = 0; i < many; i++) once();
  return done / ((performance.now() - began) / 1000);
}
