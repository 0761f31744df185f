import { Visitors, type Answer } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { Platform } from '../../tools/services/platform';
import { mode, platformForScenario } from './platform';

const COUNT = 200;

/** In services, every service in turn; in one process, that process with everything in it. */
const victims = mode === 'embedded' ? ['all-in-one'] : ['referrals', 'records', 'audit', 'identity'];

describe(`kill -9 in the middle of ${COUNT} concurrent referrals (${mode})`, () => {
  let platform: Platform;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ platform, end } = await platformForScenario());
  }, 180_000);
  afterAll(() => end(), 60_000);

  it.each(victims)(
    'loses and doubles nothing that was acknowledged: %s',
    async (victim) => {
      const visitors = new Visitors(platform);
      const content: unknown = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8'));
      await visitors.tokenFor('hana'); // signed in before the fault
      const keys = Array.from({ length: COUNT }, () => newId());
      const send = (key: string): Promise<Answer> =>
        visitors.as('hana').send('POST', '/api/referrals', { body: { content }, key });
      const acknowledged = new Map<string, string>();
      let answered = 0;
      const faults: Promise<void>[] = [];
      const sending = keys.map(async (key) => {
        const answer = await send(key).catch(() => null);
        if (answer?.status === 201) acknowledged.set(key, (answer.body as { id: string }).id);
        if (++answered === Math.floor(COUNT / 4)) faults.push(strike(platform, victim));
      });
      await Promise.all(sending);
      await Promise.all(faults);
      // What was not answered is sent again under its key: once or not at all before, once now.
      for (const key of keys) {
        const answer = await send(key);
        expect(answer.status).toBe(201);
        const { id } = answer.body as { id: string };
        expect(acknowledged.get(key) ?? id).toBe(id);
        acknowledged.set(key, id);
      }
      await settled(platform);
      const facts = await factsOf(platform, [...acknowledged.values()]);
      expect(new Set(acknowledged.values()).size).toBe(COUNT);
      expect(facts).toEqual({
        referrals: COUNT,
        events: COUNT,
        searchable: COUNT,
        cursors: COUNT,
        entries: COUNT,
        gaps: 0,
      });
    },
    150_000,
  );
});

async function strike(platform: Platform, victim: string): Promise<void> {
  await platform.kill(victim, 'SIGKILL');
  await platform.start(victim);
}

/** Waits until nothing is on its way: no outbox row unpublished, no act unsent, no inbox row waiting. */
async function settled(platform: Platform): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const left = await query<{ n: number }>(
      platform,
      ['identity', 'referrals', 'records', 'audit']
        .map(
          (
            c,
          ) => `SELECT (SELECT count(*) FROM ${c}.outbox WHERE published_at IS NULL)::int + (SELECT count(*) FROM ${c}.act WHERE published_at IS NULL)::int
                       + (SELECT count(*) FROM ${c}.inbox)::int AS n`,
        )
        .join(' UNION ALL '),
    );
    if (left.every((row) => row.n === 0)) return;
    if (Date.now() > deadline) throw new Error(`lag does not return to zero: ${JSON.stringify(left)}`);
    await new Promise((r) => setTimeout(r, 250));
  }
}

/** What there is of these referrals, wherever it should be. */
async function factsOf(platform: Platform, ids: readonly string[]): Promise<Record<string, number>> {
  const [facts] = await query<Record<string, number>>(
    platform,
    `SELECT (SELECT count(*)::int FROM referrals.referral WHERE id = ANY($1)) AS referrals,
            (SELECT count(*)::int FROM referrals.outbox WHERE stream_id = ANY($1)) AS events,
            (SELECT count(*)::int FROM referrals.referral_search WHERE referral_id = ANY($1)) AS searchable,
            (SELECT count(*)::int FROM records.stream_cursor WHERE source = 'referrals' AND stream_id = ANY($1) AND last_version = 1) AS cursors,
            (SELECT count(DISTINCT o.id)::int FROM referrals.act a, LATERAL (
                SELECT (x->>'id')::uuid AS id FROM jsonb_array_elements(convert_from(a.body, 'UTF8')::jsonb #> '{data,objects}') x) o
               JOIN audit.entry e ON true
              WHERE e.event_id = a.event_id AND o.id = ANY($1)
                AND convert_from(a.body, 'UTF8')::jsonb #>> '{data,action}' = 'referral.submit') AS entries,
            (SELECT (max(seq) - count(*))::int FROM referrals.act WHERE seq IS NOT NULL) AS gaps`,
    [ids],
  );
  return facts!;
}

async function query<R extends object>(platform: Platform, sql: string, params: unknown[] = []): Promise<R[]> {
  const client = new Client({ connectionString: platform.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<R>(sql, params)).rows;
  } finally {
    await client.end();
  }
}
