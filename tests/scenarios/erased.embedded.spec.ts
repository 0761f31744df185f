import { Visitors } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { eventually, leftOf } from '@concordat/testing';
import { readFileSync } from 'node:fs';
import { verify } from '../../tools/verify-ledger/test-log.testing';
import { query, settled } from './curtain';
import { platformForScenario, type Scenario } from './platform';

/** Words that stand in nobody else's record. */
const SECRETS = ['Ondine', 'Marrowby', 'Jackdaw', 'wherry'];
const EXAMPLE = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as {
  readonly people: readonly object[];
};

describe('a case that is erased', () => {
  let scenario: Scenario;
  let visitors: Visitors;
  beforeAll(async () => {
    scenario = await platformForScenario();
    visitors = new Visitors(scenario.platform);
  }, 180_000);
  afterAll(() => scenario?.end(), 60_000);

  const sql = <R extends object>(text: string, params: readonly unknown[] = []) =>
    query<R>(scenario.platform, text, params);
  async function send(who: string, path: string, body: object, version?: number): Promise<Record<string, string>> {
    const sending = { body, key: newId(), ...(version === undefined ? {} : { version }) };
    const answer = await visitors.as(who).send('POST', path, sending);
    expect([path, answer.status < 300, answer.body]).toEqual([path, true, expect.anything()]);
    return answer.body as Record<string, string>;
  }
  const versionAt = async (who: string, path: string): Promise<number> =>
    ((await visitors.as(who).send('GET', path)).body as { version: number }).version;

  const left = () => leftOf(sql, SECRETS);

  it('is in no table of any context, and the ledger proves that it was there, and that it was erased', async () => {
    const subject = {
      ...{ ref: 'p1', roles: ['subject'], name: { given: 'Ondine', family: 'Marrowby' }, sex: 'female' },
      ...{ datesOfBirth: [{ value: '1979-04-11', precision: 'day' }], addresses: [{ lines: ['12 Jackdaw Row'] }] },
    };
    const content = { ...EXAMPLE, people: [subject, ...EXAMPLE.people.slice(1)], wishes: 'To live on the wherry' };
    const { id } = await send('hana', '/api/referrals', { content });
    const at = `/api/referrals/${id}`;
    await send('amina', `${at}/notes`, { text: 'Ondine rang' }, await versionAt('amina', at));
    await send('amina', `${at}/ratings`, { colour: 'red' }, await versionAt('amina', at));
    const decision = { outcome: 'accept', rationale: 'Ondine needs several agencies' };
    await send('amina', `${at}/decisions`, decision, await versionAt('amina', at));
    const { caseId } = (await visitors.as('amina').send('GET', at)).body as { caseId: string };
    const ofCase = `/api/records/cases/${caseId}`;
    await eventually(async () => (await visitors.as('amina').send('GET', ofCase)).status === 200, {
      timeoutMs: 20_000,
    });
    await send('amina', `${ofCase}/notes`, { text: 'Seen by the wherry', mentions: [] });
    await send('amina', `${ofCase}/chronology/searches`, { text: 'wherry' });
    await settled(scenario.platform);
    expect(await left()).toEqual(
      expect.arrayContaining(['records.person', 'referrals.referral', 'referrals.referral_search']),
    );
    const people = (
      await sql<{ id: string }>('SELECT person_id AS id FROM records.case_person WHERE case_id = $1', [caseId])
    ).map((r) => r.id);

    // Eight years pass.
    for (const [table, time, key] of [
      ['case_file', 'opened_at', 'id'],
      ['timeline', 'at', 'case_id'],
      ['case_note', 'at', 'case_id'],
      ['chronology_entry', 'recorded_at', 'case_id'],
    ])
      await sql(`UPDATE records.${table} SET ${time} = ${time} - interval '8 years' WHERE ${key} = $1`, [caseId]);
    await sql('UPDATE records.person SET content = content || $2 WHERE id = ANY ($1)', [
      people,
      { datesOfBirth: [{ value: '1979-04-11' }] },
    ]);
    await sql(`UPDATE records.retention SET calculated_at = '-infinity' WHERE case_id = $1`, [caseId]);
    const kept = `/api/records/retention/${caseId}`;
    const isDue = async () =>
      ((await visitors.as('kit').send('GET', kept)).body as { keptBy?: string | null }).keptBy === null;
    await eventually(isDue, { timeoutMs: 60_000, everyMs: 500 });

    await send('kit', `${kept}/erasure`, { reason: 'Seven years are over' }, await versionAt('kit', kept));
    await send('yusuf', `${kept}/erasure/confirmation`, {}, await versionAt('yusuf', kept));
    await eventually(
      async () => (await visitors.as('yusuf').send('GET', `/api/records/erasures/${caseId}`)).status === 200,
      { timeoutMs: 30_000 },
    );
    await eventually(async () => (await left()).length === 0, { timeoutMs: 60_000, everyMs: 1_000 });
    await eventually(
      async () => {
        const [row] = await sql<{ n: number; open: number }>(
          'SELECT count(*)::int AS n, count(*) FILTER (WHERE by_idx IS NULL)::int AS open FROM audit.detail_erasure WHERE case_id = $1',
          [caseId],
        );
        return row!.n > 5 && row!.open === 0;
      },
      { timeoutMs: 30_000 },
    );
    await settled(scenario.platform);
    expect((await visitors.as('hana').send('GET', at)).status).toBe(404);
    expect((await visitors.as('amina').send('GET', ofCase)).status).toBe(404);

    // Nothing that is sealed of them can be opened: neither in the ledger nor in the acts of those who recorded it.
    const keys = await sql('SELECT 1 FROM audit.data_key WHERE owner = ANY ($1::uuid[])', [people]);
    expect(keys).toEqual([]);
    const still = await sql<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT body FROM records.act UNION ALL SELECT body FROM referrals.act) a,
              LATERAL (SELECT convert_from(a.body, 'UTF8')::jsonb AS act) e
        WHERE act->'data'->>'sealed' <> '' AND (act->'data'->'subjects') ?| $1 AND jsonb_array_length(act->'data'->'subjects') = 1`,
      [people],
    );
    expect(still[0]!.n).toBe(0);

    const policy = (await visitors.as('erin').send('GET', '/api/audit/policy')).text;
    const file = (await visitors.as('erin').send('POST', '/api/audit/exports', { body: { all: true }, key: newId() }))
      .text;
    const { code, report } = await verify({ policy, x: file }, 'x', '--policy', 'policy');
    expect([code, report.result, report.failures]).toEqual([0, 'NOTHING_FAILED', []]);
    expect(Number(report.states['PROVEN_ERASED'])).toBeGreaterThan(5);
    expect(Buffer.from(file).toString()).not.toMatch(new RegExp(SECRETS.join('|'), 'i'));
    const trail = (await visitors.as('erin').send('GET', `/api/audit/trail?case=${caseId}&limit=100`)).body as {
      items: { action: string | null; op: string; erased: boolean; rule?: string }[];
    };
    expect(trail.items.some((i) => i.erased)).toBe(true);
    for (const action of ['case.erase', 'referral.erase', 'detail.erase'])
      expect([action, trail.items.find((i) => i.action === action)?.op]).toEqual([action, 'ERASURE']);
  }, 300_000);
});
