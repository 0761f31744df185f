import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, staff } from '../opened.testing';

const INCIDENT = { starts: '2026-09-14', category: 'incident', fact: 'He came to the flat at night and shouted.' };

describe('chronology', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const [council, housing, nhs] = ['northbank-council', 'harbour-housing', 'eastvale-nhs'].map(org) as [
    string,
    string,
    string,
  ];

  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const at = (caseId: string, more = ''): string => `/api/records/cases/${caseId}/chronology${more}`;
  const add = async (who: string, caseId: string, more: object = {}) => {
    const { status, body } = await app.as(who).post(at(caseId), { ...INCIDENT, ...more });
    expect([status, body.errors]).toEqual([201, undefined]);
    return body as { id: string; version: number };
  };
  const joins = async (caseId: string, orgId: string, level: string) => {
    const { version } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body as { version: number };
    await app.as('amina').post(`/api/records/cases/${caseId}/participations`, { orgId, level }, { version });
  };
  const facts = (body: { items: { fact?: string }[] }) => body.items.map((e) => e.fact);
  const lastAct = async (action: string) => (await app.acts('records')).filter((a) => a.action === action).at(-1)!;

  it('takes an entry from each agency that works on the case, with its source, and tells others by ids only', async () => {
    const { caseId, subject, referralId } = await opened(app, referrals);
    const more = { comment: 'She seemed frightened.', people: [subject], thirdParty: true, sensitive: true };
    const { id } = await add('hana', caseId, {
      ...{ ...more, starts: '2026-09', ends: '2026-10-02', about: true, sourceRef: 'HH/0042' },
      cameFrom: [{ kind: 'referral', id: referralId }],
    });
    const { body } = await app.as('amina').get(at(caseId));
    expect(body.items).toEqual([
      expect.objectContaining({
        ...{ ...INCIDENT, ...more, id, starts: '2026-09', ends: '2026-10-02', about: true, sourceRef: 'HH/0042' },
        ...{ version: 1, what: 'recorded', orgId: housing, by: staff('hana'), reason: null, may: { correct: false } },
      }),
    ]);
    expect(body).toMatchObject({ count: { value: 1, more: false }, agencies: [housing], may: { record: true } });
    expect(body.categories[0]).toEqual(expect.objectContaining({ code: 'incident', title: 'Incident' }));
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      type: 'records.chronology-changed.v1',
      data: { caseId, entryId: id, version: 1, orgId: housing, what: 'recorded' },
    });
    expect(event!.body).not.toMatch(/shouted|frightened|HH/);
    const recorded = await lastAct('chronology.record');
    expect(recorded).toMatchObject({
      outcome: 'done',
      actorOrg: housing,
      rule: expect.stringMatching(/^england-wales@[\d.]+$/),
    });
    expect(recorded.subjects).toContain(subject);
  });

  it('names every entry that was shown, with its version, in the act of the reading (AUD-9)', async () => {
    const { caseId } = await opened(app, referrals);
    const ids = [(await add('amina', caseId)).id, (await add('hana', caseId, { starts: '2026-10-01' })).id];
    await app.as('hana').get(at(caseId));
    const { objects } = await lastAct('chronology.view');
    expect(objects.filter((o) => o.t === 'chronology-entry').map((o) => `${o.id} ${o.ver}`)).toEqual(
      ids.map((id) => `${id} 1`),
    );
    await app.as('hana').get(at(caseId, '/export'));
    expect((await lastAct('chronology.export')).objects).toHaveLength(3);
  });

  it('lets a reader read and not write, shows nothing to a preview, and hides itself from others', async () => {
    const { caseId } = await opened(app, referrals);
    const { id } = await add('amina', caseId);
    const carys = app.as('carys');
    const tries = async () => [
      (await carys.get(at(caseId))).status,
      (await carys.get(at(caseId, '/export'))).status,
      (await carys.get(at(caseId, `/${id}`))).status,
      (await carys.post(at(caseId, '/searches'), { text: 'shouted' })).status,
      (await carys.post(at(caseId), INCIDENT)).status,
    ];
    expect(await tries()).toEqual([404, 404, 404, 404, 404]);
    await joins(caseId, nhs, 'preview');
    expect(await tries()).toEqual([403, 403, 403, 403, 403]);
    await joins(caseId, nhs, 'reader');
    expect(await tries()).toEqual([200, 200, 200, 201, 403]);
    const { body } = await carys.get(at(caseId));
    expect(body).toMatchObject({ may: { record: false }, items: [{ may: { correct: false } }] });
    await joins(caseId, nhs, 'contributor');
    expect(await tries()).toEqual([200, 200, 200, 201, 201]);
    expect((await app.as('erin').get(at(caseId))).body.reasons).toEqual(['role.not-entitled']);
    expect((await app.asNobody().get(at(caseId))).status).toBe(401);
    const denied = (await app.acts('records')).filter((a) => a.action === 'chronology.view' && a.outcome === 'denied');
    expect(denied.map((a) => a.reasons?.[0])).toEqual(expect.arrayContaining(['case.not-found']));
  });

  it('refuses what does not fit the calendar, the pack or the case, field by field (REC-2)', async () => {
    const { caseId } = await opened(app, referrals);
    const codes = async (body: object) => {
      const answer = await app.as('amina').post(at(caseId), body);
      return [
        answer.status,
        ...(answer.body.errors ?? []).map((e: { field: string; code: string }) => `${e.field} ${e.code}`),
      ];
    };
    expect(new Set((await codes({})).map((c) => String(c).split(' ')[0]))).toEqual(
      new Set(['422', 'starts', 'category', 'fact']),
    );
    expect(await codes({ ...INCIDENT, starts: '2026-02-30' })).toEqual([422, 'starts not-a-date']);
    expect(await codes({ ...INCIDENT, starts: '2199' })).toEqual([422, 'starts date.in-future']);
    expect(await codes({ ...INCIDENT, ends: '2026-09-13' })).toEqual([422, 'ends date.before-start']);
    expect(await codes({ ...INCIDENT, category: 'gossip' })).toEqual([422, 'category not-in-list']);
    expect(await codes({ ...INCIDENT, people: [newId()] })).toEqual([422, 'people person.unknown']);
    expect(await codes({ ...INCIDENT, cameFrom: [{ kind: 'referral', id: newId() }] })).toEqual([
      422,
      'cameFrom source.unknown',
    ]);
    expect(await codes({ ...INCIDENT, mood: 'sad' })).toEqual([422, 'mood unknown-field']);
    expect((await app.as('amina').get(at(caseId))).body.items).toEqual([]);
  });

  it('keeps what an entry said before a correction, with who and why, and shows it as it stood', async () => {
    const { caseId } = await opened(app, referrals);
    const { id } = await add('hana', caseId);
    // As if it had been written some days ago: what stood then is what stood before the correction.
    await app.sql(
      `UPDATE records.chronology_entry SET recorded_at = now() - interval '5 days', first_recorded_at = now() - interval '5 days' WHERE id = $1`,
      [id],
    );
    const path = at(caseId, `/${id}/corrections`);
    const corrected = {
      ...INCIDENT,
      fact: 'He came to the flat at noon.',
      reason: 'The neighbour gave the wrong time.',
    };
    expect((await app.as('hana').post(path, corrected)).status).toBe(400);
    expect((await app.as('amina').post(path, corrected, { version: 1 })).status).toBe(403);
    const { reason: _reason, ...without } = corrected;
    expect((await app.as('hana').post(path, without, { version: 1 })).body.errors[0].field).toBe('reason');
    const same = await app.as('hana').post(path, { ...INCIDENT, reason: 'Nothing.' }, { version: 1 });
    expect(same.body).toMatchObject({ version: 1, parts: [] }); // AUD-8
    const done = await app.as('hana').post(path, corrected, { version: 1 });
    expect(done.body).toMatchObject({ id, version: 2, parts: ['fact'], receipt: { streamId: caseId } });
    const stale = await app.as('hana').post(path, { ...corrected, starts: '2026' }, { version: 1 });
    expect(stale.body).toMatchObject({
      status: 409,
      code: 'chronology-entry.changed',
      currentVersion: 2,
      differing: ['fact'],
    });
    const { body } = await app.as('amina').get(at(caseId, `/${id}`));
    expect(body).toMatchObject({ version: 2, fact: corrected.fact, orgId: housing });
    expect(
      body.versions.map((v: { what: string; fact: string; reason: string }) => [v.what, v.fact, v.reason]),
    ).toEqual([
      ['corrected', corrected.fact, corrected.reason],
      ['recorded', INCIDENT.fact, null],
    ]);
    const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const stood = async (asOf: string) => facts((await app.as('amina').get(at(caseId, `?asOf=${asOf}`))).body);
    expect(await stood(day(10))).toEqual([]);
    expect(await stood(day(2))).toEqual([INCIDENT.fact]);
    expect(await stood(day(0))).toEqual([corrected.fact]);
    const acts = (await app.acts('records')).filter((a) => a.action === 'chronology.correct');
    expect(acts.map((a) => [a.outcome, a.items ?? []])).toEqual(
      expect.arrayContaining([
        ['denied', []],
        ['done', ['fact']],
      ]),
    );
  });

  it('withdraws an entry: it is told of without what it said, and nothing more can be done to it', async () => {
    const { caseId } = await opened(app, referrals);
    const { id } = await add('hana', caseId);
    const path = at(caseId, `/${id}/withdrawal`);
    expect((await app.as('hana').post(path, {}, { version: 1 })).status).toBe(422);
    expect((await app.as('hana').post(path, { reason: 'Another family.' }, { version: 1 })).body.version).toBe(2);
    expect((await app.as('hana').post(path, { reason: 'Again.' }, { version: 2 })).body).toMatchObject({
      status: 409,
      state: 'withdrawn',
    });
    const { body } = await app.as('amina').get(at(caseId));
    expect(body.items[0]).toMatchObject({ id, what: 'withdrawn', reason: 'Another family.', starts: '2026-09-14' });
    expect(JSON.stringify(body.items)).not.toContain('shouted');
    const { searchId } = (await app.as('amina').post(at(caseId, '/searches'), { text: 'shouted' })).body;
    expect((await app.as('amina').get(at(caseId, `?search=${searchId}`))).body).toMatchObject({
      items: [],
      count: { value: 0 },
    });
  });

  it('filters by category, agency and dates, and pages in both orders', async () => {
    const { caseId } = await opened(app, referrals);
    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
    for (const [i, starts] of months.entries())
      await add(i % 2 ? 'hana' : 'amina', caseId, { starts, fact: starts, category: i < 3 ? 'contact' : 'incident' });
    const list = async (query: string) => (await app.as('amina').get(at(caseId, `?${query}`))).body;
    expect(facts(await list('category=contact'))).toEqual(months.slice(0, 3));
    expect(facts(await list(`agency=${housing}`))).toEqual(['2026-02', '2026-04', '2026-06']);
    expect(facts(await list('from=2026-02-15&to=2026-04-01'))).toEqual(['2026-02', '2026-03', '2026-04']);
    expect((await list('from=2026-02')).status).toBe(422);
    for (const [order, expected] of [
      ['oldest', months],
      ['newest', [...months].reverse()],
    ] as const) {
      const walked: (string | undefined)[] = [];
      let page = await list(`order=${order}&limit=4`);
      const [first] = [page];
      walked.push(...facts(page));
      page = await list(`order=${order}&limit=4&cursor=${page.next}`);
      walked.push(...facts(page));
      expect(walked).toEqual(expected);
      expect(page.next).toBeNull();
      expect(facts(await list(`order=${order}&limit=4&cursor=${page.previous}`))).toEqual(facts(first));
    }
    expect((await list('cursor=zzz')).status).toBe(422);
    expect(council).not.toBe(housing);
  });

  it('looks for words that stand in no address, for whoever asked alone, and keeps them sealed (AUD-10)', async () => {
    const { caseId } = await opened(app, referrals);
    await add('amina', caseId);
    await add('amina', caseId, { fact: 'Her sister telephoned.' });
    const { status, body } = await app.as('hana').post(at(caseId, '/searches'), { text: 'sisters' });
    expect(status).toBe(201);
    const found = await app.as('hana').get(at(caseId, `?search=${body.searchId}`));
    expect(facts(found.body)).toEqual(['Her sister telephoned.']);
    expect(found.body.terms).toBe('sisters');
    expect((await app.as('amina').get(at(caseId, `?search=${body.searchId}`))).status).toBe(404);
    const searched = await lastAct('chronology.search');
    expect(searched.detail['terms']).toBe('sisters');
    await app.sql(`UPDATE records.chronology_search SET expires_at = now() - interval '1 second'`);
    expect((await app.as('hana').get(at(caseId, `?search=${body.searchId}`))).status).toBe(404);
  });

  it('keeps the second wall: the context’s own role reads and writes only by the organisation’s part', async () => {
    const { caseId } = await opened(app, referrals);
    const { id } = await add('amina', caseId);
    await joins(caseId, nhs, 'reader');
    const { Client } = await import('pg');
    const { Databases } = await import('@concordat/platform');
    const as = async (orgId: string, sql: string): Promise<number | string> => {
      const client = new Client({ connectionString: app.running.app.get(Databases).url('records') });
      await client.connect();
      try {
        await client.query('BEGIN');
        await client.query(
          "SELECT set_config('concordat.scope', 'user', true), set_config('concordat.org', $1, true)",
          [orgId],
        );
        return (await client.query(sql, [id])).rowCount ?? 0;
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await client.end();
      }
    };
    const [read, change] = [
      'SELECT 1 FROM chronology_entry WHERE id = $1',
      'UPDATE chronology_entry SET reason = reason WHERE id = $1',
    ];
    expect(await Promise.all([council, nhs, org('northbank-police'), ''].map((o) => as(o, read)))).toEqual([
      1, 1, 0, 0,
    ]);
    expect(await Promise.all([council, nhs].map((o) => as(o, change)))).toEqual([1, 0]);
    const insert = `INSERT INTO chronology_entry (id, version, case_id, org_id, by_id, first_recorded_at, recorded_at, what, content, category, pack, earliest, latest)
      SELECT gen_random_uuid(), 1, case_id, org_id, by_id, now(), now(), 'recorded', '{}', 'other', 'p', '2026-01-01', '2026-01-01' FROM chronology_entry WHERE id = $1`;
    expect(await Promise.all([council, nhs].map((o) => as(o, insert)))).toEqual([1, '42501']);
    expect(await as(council, 'DELETE FROM chronology_entry WHERE id = $1')).toBe(0);
  });
});
