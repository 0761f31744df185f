import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { disordered, storyOf } from '../../apps/insight/src/recount.testing';
import { arrive, numbersOf, publish, type Behind } from '../../apps/insight/src/told.testing';
import { round } from './load';
import { startPlatform, type Pressed } from './platform';
import type { Result } from './result';

/**
 * Random events of every kind, in any order and some of them again, against a count that was made with the story and by nothing of what
 * counts it; then all counted anew from the outboxes. Throws when a number is not the same.
 */
export async function insight(argv: readonly string[]): Promise<Result> {
  const options = { events: { type: 'string' }, seed: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false });
  const [about, seed] = [Number(values.events ?? 100_000), Number(values.seed ?? 1)];
  const platform = await startPlatform('embedded');
  try {
    return await measure(platform, about, seed);
  } finally {
    await platform.stop();
  }
}

async function measure(platform: Pressed, about: number, seed: number): Promise<Result> {
  const admin = new Client({ connectionString: platform.adminUrl });
  await admin.connect();
  const behind: Behind = { sql: async (text, params) => (await admin.query(text, params)).rows as never };
  try {
    const { events, numbers } = storyOf(seed, about);
    const told = disordered(events, seed + 1);
    const hearing = performance.now();
    await arrive(behind, told);
    await until(async () => (await behind.sql('SELECT 1 FROM insight.inbox LIMIT 1')).length === 0);
    const heard = performance.now() - hearing;
    await arrive(behind, told.slice(0, 10_000)); // a replay of what was applied long ago
    same(numbers, await numbersOf(behind));
    await publish(behind, events);
    const rebuilding = performance.now();
    await rebuild(platform, admin);
    const rebuilt = performance.now() - rebuilding;
    same(numbers, await numbersOf(behind));
    return {
      name: 'insight',
      metrics: {
        ...{ events: events.length, told: told.length, numbers: numbers.size },
        heardPerSecond: round((events.length / heard) * 1000),
        rebuiltPerSecond: round((events.length / rebuilt) * 1000),
      },
      baseline: {},
      ratio: {},
    };
  } finally {
    await admin.end();
  }
}

async function rebuild(platform: Pressed, admin: Client): Promise<void> {
  const headers = { authorization: `Bearer ${await platform.token('lena')}` };
  const asked = await fetch(platform.urlOf('/api/insight/rebuilds'), {
    ...{ method: 'POST', headers: { ...headers, 'idempotency-key': crypto.randomUUID() } },
  });
  if (asked.status !== 202) throw new Error(`a rebuild was answered with ${asked.status}`);
  const { rows } = await untilFound(admin);
  if (rows[0]!.differs !== 0) throw new Error(`${rows[0]!.differs} numbers differ after they were counted anew`);
}

async function untilFound(admin: Client) {
  const found = () => admin.query<{ differs: number }>(`SELECT differs FROM insight.rebuild WHERE state = 'done'`);
  await until(async () => (await found()).rows.length > 0);
  return found();
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((r) => setTimeout(r, 200));
}

function same(expected: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): void {
  const wrong = [...expected].filter(([key, n]) => found.get(key) !== n).length;
  if (wrong > 0 || expected.size !== found.size)
    throw new Error(
      `${wrong} of ${expected.size} numbers are not those of the independent count, and there are ${found.size}`,
    );
}
