import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { seal } from '@concordat/messaging';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { caseX, problemsOf } from '../handed.testing';
import { org, PeersStandIn, staff } from '../opened.testing';
import { ExportsRunner } from './exports.runner';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { lockOf } from './sealed-zip';
import { openZip } from './sealed-zip.testing';

const PASSWORD = 'seven herons by a cold weir';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Bytes that are in use, and not merely not yet collected. */
const held = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const done = (action: string): string => `${action} done`;
const denied = (action: string): string => `${action} denied`;

describe('exports', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const request = (username: string, more: object = {}) =>
    app.as(username).post('/api/records/exports', { type: 'cases', format: 'csv', password: PASSWORD, ...more });
  const view = (username: string, id: string) => app.as(username).get(`/api/records/exports/${id}`);
  const ended = (username: string, id: string, timeoutMs = 20_000) =>
    eventually(
      async () => {
        const { body } = await view(username, id);
        return body.state === 'running' ? false : body;
      },
      { timeoutMs },
    );
  const exported = async (username = 'amina', more: object = {}) => {
    const { status, body } = await request(username, more);
    expect([status, body.errors]).toEqual([202, undefined]);
    expect((await ended(username, body.id)).state).toBe('done');
    return body.id as string;
  };
  const file = async (username: string, id: string): Promise<{ name: string; text: string }> => {
    const response = await fetch(`${app.url}/api/records/exports/${id}/file`, {
      headers: { authorization: `Bearer ${await app.tokenFor(username)}` },
    });
    expect(response.status).toBe(200);
    return openZip(Buffer.from(await response.arrayBuffer()), PASSWORD);
  };
  const under = async (id: string) => (await app.acts('records')).filter((a) => a.objects.some((o) => o.id === id));
  const acts = async (id: string) => (await under(id)).map((a) => `${a.action} ${a.outcome}`);
  const casesNamed = async (id: string) =>
    (await under(id))
      .filter((a) => a.action === 'export.cases' && a.outcome === 'done')
      .flatMap((a) => a.objects.flatMap((o) => (o.t === 'case' ? [o.id] : [])));
  /** Cases of an agency's, as many as needed, made without their referrals. */
  const many = async (count: number, lead: string) => {
    await app.sql(
      `INSERT INTO records.case_file (id, version, reference, status, kind, area_id, lead_org, referral_id, opened_at, subject_name, key_facts)
       SELECT gen_random_uuid(), 1, 'T' || left($3::text, 4) || '-' || n, 'open', 'other', $2, $3::uuid, gen_random_uuid(), now(), 'Tamsin Ashgrove', '{}'
         FROM generate_series(1, $1::int) n`,
      [count, newId(), lead],
    );
    await app.sql(
      `INSERT INTO records.participation (case_id, org_id, level, since, changed_by)
       SELECT id, $1, 'lead', opened_at, $2 FROM records.case_file f WHERE lead_org = $1
          AND NOT EXISTS (SELECT 1 FROM records.participation p WHERE p.case_id = f.id)`,
      [lead, staff('amina')],
    );
  };

  it('EXP-1: a role that lacks the type or the format is refused', async () => {
    for (const [username, more] of [
      ['moss', {}],
      ['tomas', { type: 'people' }],
      ['tomas', { format: 'json' }],
      ['erin', {}],
    ] as const)
      expect((await request(username, more)).body).toMatchObject({ status: 403, reasons: ['role.not-entitled'] });
    const refused = (await app.acts('records')).filter((a) => a.outcome === 'denied').map((a) => a.action);
    expect(refused).toEqual(expect.arrayContaining(['export.request', 'export.as-json']));
    expect(await app.sql('SELECT 1 FROM records.record_export')).toEqual([]);
  });

  it('EXP-2: a weak password is refused', async () => {
    for (const password of ['short', 'aaaaaaaaaaaaaa', 'Password12345']) {
      const { status, body } = await request('amina', { password });
      expect([status, problemsOf(body)]).toEqual([422, ['password password.weak']]);
    }
    expect(problemsOf((await request('amina', { type: 'everything' })).body)).toEqual(['type not-in-list']);
  });

  it('EXP-5, EXP-6: runs in the background; the file opens with its password; each case is named', async () => {
    const { caseId } = await caseX(app, referrals, {
      people: [{ roles: ['subject'], name: { given: '=HYPERLINK("x")', family: 'Ashgrove, "T"' } }],
    });
    const { caseId: others } = await caseX(app, referrals, {
      ...{ participants: [org('harbour-housing')], leadOrg: org('harbour-housing') },
    });
    const id = await exported();
    const { name, text } = await file('amina', id);
    expect(name).toBe('cases.csv');
    const lines = text.split('\r\n');
    expect(lines[0]).toBe('Reference,Status,About,Area,Lead agency,Opened (UTC),Person,Your part,Case (id),Left out');
    const line = lines.find((l) => l.includes(caseId))!;
    expect(line).toContain(`"'=HYPERLINK(""x"") Ashgrove, ""T"""`);
    expect(line).toMatch(/^C-[^,]+,open,.*Northbank,Northbank Council,.*Leads/);
    expect(text).not.toContain(others);
    expect(await casesNamed(id)).toContain(caseId);
    expect(await casesNamed(id)).not.toContain(others);
    expect(await acts(id)).toEqual(
      expect.arrayContaining([
        done('export.request'),
        done('export.cases'),
        done('export.view'),
        done('export.download'),
      ]),
    );
    expect((await view('amina', id)).body).toMatchObject({ state: 'done', rows: lines.length - 2, version: 2 });
    expect((await app.as('amina').get('/api/records/exports')).body.items[0].id).toBe(id);
    const [kept] = await app.sql<{ lock: string | null; text: string }>(
      'SELECT lock, to_jsonb(e)::text AS text FROM records.record_export e WHERE id = $1',
      [id],
    );
    expect(kept!.lock).toBeNull();
    expect(kept!.text).not.toContain('herons');
  });

  it('is overseen by administrators whose agency it is, or who lead: how far it has come, and nothing of what is in it', async () => {
    const id = await exported('amina');
    const { status, body } = await app.as('lena').get('/api/records/work');
    expect(status).toBe(200);
    const found = body.items.find((w: { id: string }) => w.id === id);
    expect(found).toEqual({
      ...{ id, kind: 'export-cases', state: 'done', orgId: org('northbank-council'), userId: staff('amina') },
      ...{ done: expect.any(Number), total: expect.any(Number), code: null, movedAt: null },
      ...{ askedAt: expect.any(String), endedAt: expect.any(String) },
    });
    // As if Lena's organisation led no area: what others ask for is not hers to see.
    const led = `UPDATE records.area SET active = $1 WHERE lead_org = '${org('northbank-council')}'`;
    await app.sql(`UPDATE records.record_export SET org_id = $1 WHERE id = $2`, [org('harbour-housing'), id]);
    const ids = async () =>
      (await app.as('lena').get('/api/records/work')).body.items.map((w: { id: string }) => w.id) as string[];
    expect(await ids()).toContain(id);
    await app.sql(led, [false]);
    expect(await ids()).not.toContain(id);
    await app.sql(led, [true]);
    expect((await app.as('amina').get('/api/records/work')).status).toBe(403);
    const looked = (await app.acts('records')).filter((a) => a.action === 'work.oversee');
    expect(looked.map((a) => a.outcome)).toEqual(expect.arrayContaining(['done', 'denied']));
  });

  it('EXP-6, DUP-7: people as lines of JSON, each named; zeros in front of a reference are kept', async () => {
    const { people, caseId } = await caseX(app, referrals, {
      people: [
        { roles: ['subject'], name: { given: 'Tamsin', family: 'Ashgrove' }, housingReference: '000471' },
        { roles: ['child'], name: { given: 'Corin', family: 'Ashgrove' } },
      ],
    });
    const id = await exported('amina', { type: 'people', format: 'json' });
    const { name, text } = await file('amina', id);
    expect(name).toBe('people.jsonl');
    const rows = text
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as Record<string, string>);
    expect(rows.filter((r) => people.includes(r['Person (id)']!))).toHaveLength(2);
    expect(rows.find((r) => r['Person (id)'] === people[0])).toMatchObject({
      'Given name': 'Tamsin',
      'Part in the case': 'subject',
      Identifiers: 'housing 000471',
    });
    const act = (await under(id)).find((a) => a.action === 'export.people')!;
    expect(act.subjects).toEqual(expect.arrayContaining(people));
    expect(act.objects.map((o) => o.id)).toContain(caseId);
    expect((await acts(id))[0]).toBe(done('export.as-json'));
  });

  it('has of a case that its agency is refused what is that agency’s own, and says what it leaves out and why', async () => {
    const { caseId, people } = await caseX(app, referrals);
    const part = { orgId: org('eastvale-nhs'), level: 'contributor' };
    const joined = await app.as('amina').post(`/api/records/cases/${caseId}/participations`, part, { version: 1 });
    expect(joined.status).toBe(200);
    const taken = async (type: 'cases' | 'people') => {
      const id = await exported('carys', { type, format: 'json' });
      const { text } = await file('carys', id);
      const rows = text.split('\n').flatMap((l) => (l ? [JSON.parse(l) as Record<string, string>] : []));
      return { id, text, rows, withheld: (await view('carys', id)).body.withheld as number };
    };
    referrals.refuses = { outcome: 'DENY', reasons: ['AGREEMENT_SUSPENDED'] };
    const [cases, named] = [await taken('cases'), await taken('people')];
    referrals.refuses = null;
    const left = 'What other agencies hold. No agreement allows this to be shared: Agreement suspended';
    const own = cases.rows.filter((r) => r['Case (id)'] === caseId);
    expect(own).toEqual([
      expect.objectContaining({ 'Your part': 'Works on it', Person: '', About: '', 'Left out': left }),
    ]);
    expect(named.rows.filter((r) => r['Case'] === own[0]!['Reference'])).toEqual([
      expect.objectContaining({ 'Family name': '', 'Person (id)': '', 'Left out': left }),
    ]);
    for (const id of people) expect(named.text).not.toContain(id);
    expect([cases.withheld, named.withheld]).toEqual([1, 1]);
    const act = (await under(named.id)).find((a) => a.action === 'export.people')!;
    expect(act.reasons).toEqual(expect.arrayContaining(['own-only', 'AGREEMENT_SUSPENDED']));
    expect(act.objects.map((o) => o.id)).toContain(caseId);
    const whole = await taken('people');
    expect(whole.rows.map((r) => r['Left out'])).toEqual(people.map(() => ''));
    expect(whole.withheld).toBe(0);
  });

  it('EXP-6: access is checked as it runs: what is closed to whoever asked is not in it, nor anything once they have left', async () => {
    const { caseId } = await caseX(app, referrals);
    const restriction = newId();
    await app.sql(
      `INSERT INTO records.restriction (id, case_id, kind, trace, reason, review_on, pack, since, by_id, org_id)
       VALUES ($1, $2, 'colleague', 'nothing', 'A test.', '2027-01-01', 'p@1', now(), $3, $4)`,
      [restriction, caseId, staff('amina'), org('northbank-council')],
    );
    await app.sql('INSERT INTO records.restriction_named (restriction_id, user_id, since) VALUES ($1, $2, now())', [
      ...[restriction, staff('amina')],
    ]);
    expect((await file('amina', await exported('amina'))).text).toContain(caseId);
    const closed = await exported('tomas');
    expect((await file('tomas', closed)).text).not.toContain(caseId);
    expect(await casesNamed(closed)).not.toContain(caseId);

    const left = newId();
    await app.sql(
      `INSERT INTO records.record_export (id, type, format, state, user_id, org_id, lock, total, correlation_id, purpose, path, pack, requested_at)
       SELECT $1, 'cases', 'csv', 'running', $2, $3, $4, 1, 'test', 'safeguarding', '/', 'p@1', now() - interval '1 minute'`,
      [left, staff('rhys'), org('northbank-council'), sealedLock(left)],
    );
    const leftover = () => app.sql('SELECT state, code, lock FROM records.record_export WHERE id = $1', [left]);
    await eventually(async () => (await leftover())[0]!['state'] !== 'running', { timeoutMs: 30_000 }); // by the sweep
    expect(await leftover()).toEqual([{ state: 'failed', code: 'member.unknown', lock: null }]);
    expect(await acts(left)).toEqual([done('export.end')]);
  });

  it('EXP-3: nobody else views, downloads, stops or removes it; the file stays', async () => {
    const id = await exported();
    const dov = app.as('dov');
    for (const path of ['', '/file']) expect((await dov.get(`/api/records/exports/${id}${path}`)).status).toBe(404);
    for (const step of ['cancellation', 'removal'])
      expect((await dov.post(`/api/records/exports/${id}/${step}`)).status).toBe(404);
    expect((await app.as('tomas').get(`/api/records/exports/${id}/file`)).status).toBe(404);
    expect((await file('amina', id)).name).toBe('cases.csv');
    expect(await acts(id)).toEqual(
      expect.arrayContaining([
        ...[denied('export.view'), denied('export.download'), denied('export.cancel'), denied('export.remove')],
      ]),
    );
  });

  it('EXP-4: removed by its date or by whoever asked, the file is not found and its record is', async () => {
    const [old, removed] = [await exported(), await exported()];
    await app.sql("UPDATE records.record_export SET expires_at = now() - interval '1 second' WHERE id = $1", [old]);
    await app.running.app.get(ExportsRunner, { strict: false }).sweep();
    expect((await app.as('amina').post(`/api/records/exports/${removed}/removal`)).body.status).toBe('removed');
    for (const [id, state] of [
      [old, 'expired'],
      [removed, 'removed'],
    ] as const) {
      expect((await app.as('amina').get(`/api/records/exports/${id}/file`)).status).toBe(404);
      expect((await view('amina', id)).body).toMatchObject({ state, type: 'cases', endedAt: expect.any(String) });
      expect(await app.sql('SELECT 1 FROM records.export_piece WHERE export_id = $1', [id])).toEqual([]);
      expect((await app.as('amina').post(`/api/records/exports/${id}/removal`)).body).toMatchObject({
        status: 409,
        state,
      });
    }
    expect(await acts(old)).toContain(done('export.end'));
    expect(await acts(removed)).toContain(done('export.remove'));
  });

  it('EXP-8: stopped while it runs there is no file, and what was read until then is on record', async () => {
    await many(1_200, org('harbour-housing'));
    // It is stopped by whoever asked after its first page, at the moment when that is kept.
    await app.sql(`CREATE FUNCTION records.hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.place = 1 THEN PERFORM pg_sleep(3); END IF; RETURN NEW; END $$;
      CREATE TRIGGER hold BEFORE INSERT ON records.export_piece FOR EACH ROW EXECUTE FUNCTION records.hold()`);
    const id = (await request('hana')).body.id as string;
    await eventually(async () => (await casesNamed(id)).length > 0);
    const stopped = await app.as('hana').post(`/api/records/exports/${id}/cancellation`);
    expect(stopped.body).toMatchObject({ status: 'cancelled' });
    await app.sql('DROP TRIGGER hold ON records.export_piece; DROP FUNCTION records.hold()');
    await app.running.app.get(ExportsRunner, { strict: false }).sweep();
    expect((await view('hana', id)).body).toMatchObject({ state: 'cancelled' });
    expect((await app.as('hana').get(`/api/records/exports/${id}/file`)).status).toBe(404);
    expect(await app.sql('SELECT 1 FROM records.export_piece WHERE export_id = $1', [id])).toEqual([]);
    const named = (await casesNamed(id)).length;
    expect(named % 500).toBe(0);
    expect(named).toBeLessThan(1_200);
    expect(await acts(id)).toContain(done('export.cancel'));
  });

  it('EXP-7: 50,000 rows are written in bounded memory', async () => {
    await many(50_000, org('northbank-police'));
    await app.sql("UPDATE records.member SET roles = '{safeguarding-lead}' WHERE user_id = $1", [staff('rhys')]);
    let most = 0;
    const before = held();
    const watch = setInterval(() => (most = Math.max(most, held() - before)), 2_000);
    const { body } = await request('rhys');
    const told = await ended('rhys', body.id, 240_000);
    clearInterval(watch);
    most = Math.max(most, held() - before);
    expect(told).toMatchObject({ state: 'done', rows: 50_000, total: 50_000 });
    const [pieces] = await app.sql<{ most: number; n: number }>(
      'SELECT max(length(bytes)) AS most, count(*)::int AS n FROM records.export_piece WHERE export_id = $1',
      [body.id],
    );
    expect(pieces!.n).toBe(50_000 / 500 + 2);
    expect(pieces!.most).toBeLessThan(500_000);
    expect(most).toBeLessThan(100 * 1_048_576);
    expect((await file('rhys', body.id)).text.split('\r\n')).toHaveLength(50_002);
    expect(await casesNamed(body.id)).toHaveLength(50_000);
  }, 300_000);

  /** A lock as a request leaves it. */
  function sealedLock(id: string): string {
    const { salt, keys } = lockOf(PASSWORD);
    const opened = { salt: salt.toString('base64'), keys: keys.toString('base64') };
    return seal(id, opened, app.running.process.detailKey);
  }
});
