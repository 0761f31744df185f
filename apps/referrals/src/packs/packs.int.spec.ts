import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { startApp, type TestApp } from '@concordat/testing';
import { ReferralsModule } from '../referrals.module';
import { PacksTaken } from './packs-taken';

const LOCAL = join(__dirname, '../../../../packs/england-wales/review-kinds/northbank-asb-case-review.yaml');

describe('packs in force', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startApp([ReferralsModule])));
  afterAll(() => app?.stop());

  const acts = async (action: string) => (await app.acts('referrals')).filter((a) => a.action === action);
  const again = () => app.running.app.get(PacksTaken, { strict: false }).takeUp();

  it('are taken up once, on record, and again only when they differ', async () => {
    const [taken] = await acts('pack.take-up');
    expect(taken).toMatchObject({
      outcome: 'done',
      actorRole: 'system',
      items: [expect.stringMatching(/^england-wales@/)],
    });
    await again();
    expect(await acts('pack.take-up')).toHaveLength(1);
    // As if the pack of the last start had lacked a document and had had another content in one.
    await app.sql(`UPDATE referrals.pack_taken SET pack = 'england-wales@1.0.0', documents = (
      SELECT jsonb_agg(CASE WHEN d ->> 'kind' = 'rights' THEN jsonb_set(d, '{digest}', '"other"') ELSE d END)
        FROM jsonb_array_elements(documents) d WHERE NOT (d ->> 'kind' = 'forumKinds' AND d ->> 'code' = 'ccm'))`);
    await again();
    const { status, body } = await app.as('lena').get('/api/referrals/packs');
    expect(status).toBe(200);
    expect(body.taken[0]).toMatchObject({ pack: body.pack, sameName: false });
    expect(body.taken[0].differences).toEqual([
      { kind: 'rights', code: '', version: 1, how: 'changed' },
      { kind: 'forumKinds', code: 'ccm', version: 1, how: 'added' },
      { kind: 'forumKinds', code: 'ccm', version: 2, how: 'added' },
      { kind: 'forumKinds', code: 'ccm', version: 3, how: 'added' },
    ]);
    expect(body.taken[1]).toMatchObject({ pack: 'england-wales@1.0.0', differences: null });
    expect(body.folder).toEqual({ pack: body.pack, differences: [], renamed: false, problems: [] });
  });

  it('are tried with one file more, which is neither taken up nor kept', async () => {
    const text = readFileSync(LOCAL, 'utf8');
    const check = (who: string, file: string, content: string) =>
      app.as(who).post('/api/referrals/packs/checks', { file, content });
    // A version that was published is immutable: its file cannot say something else.
    const changed = await check('lena', basename(LOCAL), text.replace('value: 15', 'value: 14'));
    expect([changed.status, changed.body.differences]).toEqual([200, []]);
    expect(changed.body.problems).toEqual([
      expect.objectContaining({ file: 'review-kinds/published.yaml', reason: expect.stringContaining('immutable') }),
    ]);
    expect((await check('lena', 'x.yaml', 'kind: review-kind\ncode: x\n')).body.problems).toContainEqual({
      file: 'x.yaml',
      line: 1,
      path: '',
      reason: 'lacks “version”',
    });
    expect((await check('lena', 'x.yaml', '['.repeat(100_000))).body.problems).not.toEqual([]);
    const local = text.replace('northbank-asb-case-review', 'harbour-asb-case-review');
    expect((await check('lena', 'harbour.yaml', local)).body).toEqual({
      ...{ problems: [] },
      differences: [{ kind: 'reviewKinds', code: 'harbour-asb-case-review', version: 3, how: 'added' }],
    });
    expect((await acts('pack.view')).at(-1)).toMatchObject({ decision: 'accepted', items: [expect.any(String)] });
    expect((await check('lena', '../x.yaml', local)).body.errors).toMatchObject([{ field: 'file' }]);
    expect((await check('hana', 'x.yaml', local)).status).toBe(403);
    expect((await app.as('lena').get('/api/referrals/packs/reviewKinds/harbour-asb-case-review')).status).toBe(404);
  });

  it('are shown to administrators with how each stands, and what a version changed of the one before', async () => {
    const { body } = await app.as('lena').get('/api/referrals/packs');
    const kinds = body.documents.filter((d: { code: string }) => d.code === 'domestic-homicide-review');
    expect(kinds.filter((d: { standing: string }) => d.standing === 'in-force')).toHaveLength(1);
    const one = await app.as('lena').get('/api/referrals/packs/reviewKinds/domestic-homicide-review');
    expect(one.body.versions.map((v: { version: number }) => v.version)).toEqual(
      kinds.map((d: { version: number }) => d.version).sort((a: number, b: number) => b - a),
    );
    expect(one.body.versions.at(-1).differences).toBeNull();
    expect(one.body.versions[0].differences.length).toBeGreaterThan(0);
    expect((await app.as('lena').get('/api/referrals/packs/rights')).body.versions).toHaveLength(1);
    expect((await app.as('lena').get('/api/referrals/packs/forums')).status).toBe(404);
    expect((await app.as('lena').get('/api/referrals/packs/constructor/x')).status).toBe(404);
    expect((await app.as('hana').get('/api/referrals/packs')).status).toBe(403);
    expect((await acts('pack.view')).at(-1)).toMatchObject({ outcome: 'denied' });
  });
});
