import { contexts } from '@concordat/contracts';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { Random } from '../../faults/random';
import { closedLoop, Connection, median, round } from '../load';
import { startPlatform, type Pressed } from '../platform';
import { generate } from '../population/generate';
import { content } from '../population/content';
import { Staff } from '../population/partnership';
import type { Result } from '../result';
import { drive, type Drive } from './drive';
import { look } from './known';
import { LEADS, Mix, PRACTITIONERS } from './mix';

export interface ScaleOptions {
  readonly sizes: readonly number[];
  /** Things done a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly seed: number;
  /** Where populations are kept from one run to the next; else each is made for this run alone. */
  readonly populations?: string;
  readonly say: (line: string) => void;
}

/** Reads them from a command line. */
export function scaleOptions(argv: readonly string[]): ScaleOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: {
      json: { type: 'boolean' },
      sizes: { type: 'string', default: '10000,100000,300000' },
      rate: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      populations: { type: 'string' },
    },
  });
  return {
    ...{ sizes: values.sizes.split(',').map(Number), rate: Number(values.rate), seconds: Number(values.seconds) },
    ...{ seed: Number(values.seed), say: (line) => console.error(line) },
    ...(values.populations ? { populations: resolve(values.populations) } : {}),
  };
}

/** scale runs one and the same mix on partnerships of several sizes, and says how cost grows from the first to the last. */
export async function scale(options: ScaleOptions): Promise<Result> {
  const metrics: Record<string, number> = {};
  const bySize: Measured[] = [];
  for (const size of options.sizes) {
    const measured = await atSize(size, options);
    bySize.push(measured);
    for (const [name, d] of [...Object.entries(measured.drive.byName), ['all', measured.drive.all] as const])
      for (const key of ['p50', 'p95', 'p99', 'max', 'done'] as const) metrics[`${size} ${name} ${key}`] = d[key];
    Object.assign(metrics, {
      [`${size} perSecond`]: round(measured.drive.perSecond),
      [`${size} referralMs`]: measured.referralMs,
      [`${size} referralsPerSecond`]: measured.referralsPerSecond,
      [`${size} entries`]: measured.entries,
      [`${size} cases`]: measured.cases,
      [`${size} residentMb`]: measured.residentMb,
    });
  }
  tell(options, bySize);
  const [least, most] = [bySize[0]!, bySize.at(-1)!];
  const grown = Object.fromEntries(
    Object.entries(most.drive.byName).map(([name, d]) => [
      `${name} p95`,
      round(d.p95 / (least.drive.byName[name]?.p95 ?? NaN)),
    ]),
  );
  return {
    name: 'scale',
    metrics,
    baseline: { rate: options.rate, seconds: options.seconds },
    ratio: { ...grown, referral: round(most.referralMs / least.referralMs) },
  };
}

/** The times of each kind of thing, a line a size, so that growth is seen at a glance. */
function tell({ sizes, say }: ScaleOptions, bySize: readonly Measured[]): void {
  say(
    `${'milliseconds'.padEnd(14)}${['cases', 'done', 'p50', 'p95', 'p99', 'max'].map((h) => h.padStart(9)).join('')}`,
  );
  for (const name of Object.keys(bySize[0]?.drive.byName ?? {}))
    bySize.forEach(({ drive: { byName } }, i) => {
      const d = byName[name];
      const cells = d ? [d.done, d.p50, d.p95, d.p99, d.max] : [];
      say(`${name.padEnd(14)}${[sizes[i], ...cells].map((c) => String(c).padStart(9)).join('')}`);
    });
}

interface Measured {
  readonly cases: number;
  readonly entries: number;
  readonly drive: Drive;
  /** Machine time of one referral and all that follows from it: wall time of a closed loop until nothing is left, a piece. */
  readonly referralMs: number;
  readonly referralsPerSecond: number;
  readonly residentMb: number;
}

async function atSize(size: number, options: ScaleOptions): Promise<Measured> {
  const kept = options.populations ? join(options.populations, `${size}-${options.seed}`) : null;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'concordat-population-'));
  try {
    if (!existsSync(join(dataDir, 'partnership.yaml'))) {
      options.say(`making ${size} cases`);
      await generate({ cases: size, seed: options.seed, dataDir });
    }
    const platform = await startPlatform('embedded', dataDir);
    try {
      return await measure(platform, Staff.of(readFileSync(join(dataDir, 'partnership.yaml'), 'utf8')), size, options);
    } finally {
      await platform.stop();
    }
  } finally {
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(platform: Pressed, staff: Staff, size: number, options: ScaleOptions): Promise<Measured> {
  const client = new Client({ connectionString: platform.adminUrl });
  await client.connect();
  try {
    const url = platform.urlOf('');
    const random = new Random(`${options.seed}/mix`);
    const tokens: Record<string, string> = {};
    for (const name of [...LEADS, ...PRACTITIONERS, 'erin']) tokens[name] = await platform.token(name);
    const orgs = [...new Set([...LEADS, ...PRACTITIONERS].map((name) => staff.named(name).orgId!))];
    const known = await look(client, staff, LEADS, orgs);
    const waiting = await referred(url, tokens, staff, random, Math.ceil(options.rate * options.seconds * 0.2));
    await atRest(client);

    const warm = new Mix(known, staff, tokens, random, waiting);
    const wrong = (await drive(url, list(warm, options.rate * 10), options.rate, random)).wrong;
    await atRest(client);
    const before = await acted(client);
    const mix = new Mix(known, staff, tokens, random, waiting);
    options.say(`${size}: ${options.rate} a second for ${options.seconds} s`);
    const driven = await drive(url, list(mix, options.rate * options.seconds), options.rate, random);
    const residentMb = platform.residentMb('all-in-one') ?? 0;
    await atRest(client);
    await assertRecorded(client, before, mix);
    if (driven.wrong.length + wrong.length > 0)
      throw new Error(`${driven.wrong.length} wrong answers: ${[...wrong, ...driven.wrong].slice(0, 5).join('; ')}`);

    const { ms, perSecond } = await costOfReferral(client, url, {
      tokens,
      staff,
      random,
      seconds: Math.min(6, options.seconds),
    });
    const { rows } = await client.query<{ cases: number; entries: number }>(
      'SELECT (SELECT count(*)::int FROM records.case_file) AS cases, size::int AS entries FROM audit.log_state',
    );
    return { ...rows[0]!, drive: driven, referralMs: ms, referralsPerSecond: perSecond, residentMb };
  } finally {
    await client.end();
  }
}

type Tokens = Readonly<Record<string, string>>;

const list = (mix: Mix, n: number) => Array.from({ length: n }, () => mix.next());

/** Referrals to be triaged in the run. */
async function referred(
  url: string,
  tokens: Readonly<Record<string, string>>,
  staff: Staff,
  random: Random,
  n: number,
) {
  const { hostname, port } = new URL(url);
  const made: { id: string; lead: string }[] = [];
  const post = new Mix(undefined as never, staff, tokens, random, []);
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    const connection = new Connection(hostname, Number(port));
    for (let i = lane; i < n; i += 8) {
      const lead = LEADS[i % LEADS.length]!;
      const area = staff.named(lead).areas[0]!;
      const body = { content: content(random, area, new Date()) };
      const answer = await connection.send(post.post(PRACTITIONERS[i % PRACTITIONERS.length]!, '/api/referrals', body));
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`);
      made.push({ id: (JSON.parse(answer.body) as { id: string }).id, lead });
    }
    connection.close();
  });
  await Promise.all(lanes);
  return made;
}

const ROUNDS = 3;

/** Referrals as fast as they are accepted, and until everything that follows from them is done. */
async function costOfReferral(
  client: Client,
  url: string,
  { tokens, staff, random, seconds }: { tokens: Tokens; staff: Staff; random: Random; seconds: number },
): Promise<{ ms: number; perSecond: number }> {
  const post = new Mix(undefined as never, staff, tokens, random, []);
  const shot = () =>
    post.post(PRACTITIONERS[0]!, '/api/referrals', { content: content(random, staff.area(random), new Date()) });
  const costs: number[] = [];
  const rates: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const began = performance.now();
    const { done, perSecond, refused } = await closedLoop(url, 8, seconds, shot);
    if (refused > 0) throw new Error(`${refused} referrals were refused`);
    await atRest(client);
    costs.push((performance.now() - began) / done);
    rates.push(perSecond);
  }
  return { ms: round(median(costs)), perSecond: round(median(rates)) };
}

/** How many acts each context has numbered. */
async function acted(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<Record<string, string>>(
    `SELECT ${contexts.map((c) => `(SELECT act_seq FROM ${c}.relay_lease) AS ${c}`).join(', ')}`,
  );
  return rows[0]!;
}

/** Every reading and change is on record, and is in the ledger; every acknowledged referral is stored. */
async function assertRecorded(client: Client, before: Record<string, string>, mix: Mix): Promise<void> {
  const counted: Record<string, number> = {};
  for (const context of contexts) {
    const { rows } = await client.query<{ action: string; n: number }>(
      `SELECT convert_from(body, 'UTF8')::jsonb #>> '{data,action}' AS action, count(*)::int AS n FROM ${context}.act WHERE seq > $1 GROUP BY 1`,
      [before[context]],
    );
    for (const { action, n } of rows) counted[action] = (counted[action] ?? 0) + n;
  }
  for (const [action, n] of Object.entries(mix.expected))
    if (counted[action] !== n)
      throw new Error(`${n} acts of ${action} were expected, ${counted[action]} are on record`);
  const { rows } = await client.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM referrals.referral WHERE id = ANY ($1)',
    [mix.acknowledged],
  );
  if (rows[0]!.n !== mix.acknowledged.length) throw new Error('an acknowledged referral is not stored');
}

/** Waits until nothing is on its way: every event applied, every act sealed. */
async function atRest(client: Client): Promise<void> {
  const open = contexts.map(
    (c) =>
      `(SELECT count(*) FROM ${c}.outbox WHERE published_at IS NULL) + (SELECT count(*) FROM ${c}.act WHERE seq IS NULL)
       + (SELECT count(*) FROM ${c}.act WHERE published_at IS NULL AND seq IS NOT NULL) + (SELECT count(*) FROM ${c}.inbox)`,
  );
  for (;;) {
    const { rows } = await client.query<{ n: string }>(`SELECT ${open.join(' + ')} AS n`);
    if (rows[0]!.n === '0') return;
    await new Promise((r) => setTimeout(r, 100));
  }
}
