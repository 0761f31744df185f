import { newId } from '@concordat/contracts';
import { Databases } from '@concordat/platform';
import { startApp, type TestApp } from '@concordat/testing';
import { followsItsForum } from '../forums/thresholds.testing';
import { counted } from '../instruments.testing';
import { RiskModule } from '../risk.module';
import { org, RecordsTells, staff } from './told.testing';

const AT = '/api/risk';

describe('assessments', () => {
  let app: TestApp;
  let records: RecordsTells;
  beforeAll(async () => {
    app = await startApp([RiskModule]);
    records = new RecordsTells(app);
  });
  afterAll(() => app.stop());

  const start = (who: string, caseId: string, subjectId: string, instrument = 'safelives-dash') =>
    app.as(who).post(`${AT}/cases/${caseId}/assessments`, { instrument, subjectId });
  const view = (who: string, id: string) => app.as(who).get(`${AT}/assessments/${id}`);
  const save = (who: string, id: string, content: object, version: number) =>
    app.as(who).put(`${AT}/assessments/${id}`, content, { version });
  const complete = (who: string, id: string, version: number) =>
    app.as(who).post(`${AT}/assessments/${id}/completion`, {}, { version });
  const list = (who: string, caseId: string) => app.as(who).get(`${AT}/cases/${caseId}/assessments`);
  const lastAct = async (action: string) => (await app.acts('risk')).findLast((a) => a.action === action)!;

  /** One that is completed, of so many yes. */
  async function assessed(who: string, caseId: string, subject: string, content = counted('safelives-dash', 14)) {
    const { id } = (await start(who, caseId, subject)).body as { id: string };
    expect((await save(who, id, content, 1)).status).toBe(200);
    const done = await complete(who, id, 2);
    expect([done.status, done.body.errors]).toEqual([200, undefined]);
    return id;
  }

  it('are drafted, saved as one goes, completed, and told of in codes', async () => {
    const { caseId, subject } = await records.opened();
    const begun = await start('hana', caseId, subject);
    expect([begun.status, begun.body]).toEqual([
      201,
      expect.objectContaining({ version: 1, receipt: expect.anything() }),
    ]);
    const { id } = begun.body;
    expect((await lastAct('assessment.start')).subjects).toEqual([subject]);

    const part = { answers: { fear: { value: 'yes', words: 'Of what he may do' } } };
    expect((await save('hana', id, part, 1)).body).toMatchObject({ id, version: 2 });
    const seen = (await view('hana', id)).body;
    expect(seen).toMatchObject({ status: 'draft', content: { answers: part.answers }, may: { change: true } });
    expect(seen.result).toMatchObject({ score: 1, band: 'standard', open: 23 });
    expect(seen.missing).toHaveLength(24);
    const short = await complete('hana', id, 2);
    expect([short.status, short.body.errors.length]).toEqual([422, 24]);

    const judged = { ...counted('safelives-dash', 13, 11), judgement: { band: 'high', reasons: 'She is terrified' } };
    expect((await save('hana', id, judged, 2)).status).toBe(200);
    const done = await complete('hana', id, 3);
    expect([done.status, done.body]).toEqual([200, expect.objectContaining({ band: 'high', version: 4 })]);
    expect((await view('amina', id)).body).toMatchObject({
      ...{ status: 'completed', instrument: 'safelives-dash', instrumentVersion: 1, missing: [] },
      pack: expect.stringMatching(/^england-wales@/),
      result: { score: 13, counted: 'medium', judged: 'high', band: 'high', banding: 'dash-count@1' },
      may: { change: false, correct: false, assess: true },
    });

    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({ type: 'risk.assessment-completed.v1', subject: caseId });
    expect(JSON.parse(event!.body).data).toEqual({
      ...{
        caseId,
        assessmentId: id,
        orgId: org('harbour-housing'),
        instrument: 'safelives-dash',
        instrumentVersion: 1,
      },
      ...{ band: 'high', completedAt: expect.any(String) },
    });
    const act = await lastAct('assessment.complete');
    expect(act).toMatchObject({ subjects: [subject], decision: 'high', rule: 'safelives-dash@1' });
    expect(act.reasons).toEqual(['counted', 'judgement-raises']);
    for (const action of ['assessment.save', 'assessment.view'] as const)
      expect((await lastAct(action)).objects).toContainEqual(expect.objectContaining({ t: 'assessment', id }));
    expect(JSON.stringify(await app.acts('risk'))).not.toContain('terrified');
  });

  it('follow the thresholds of the forum that they are made for, and a forum that changes its own changes no result', async () =>
    followsItsForum(app, await records.opened()));

  it('are read by agencies in the case, made by those that work on it, and nothing to anybody else', async () => {
    const { caseId, subject } = await records.opened();
    const id = await assessed('hana', caseId, subject);
    // Leads, works on it, reads it.
    for (const [who, mayAssess] of [
      ['amina', true],
      ['hana', true],
      ['gwen', false],
    ] as const) {
      expect([who, (await list(who, caseId)).body.may.assess]).toEqual([who, mayAssess]);
      expect([who, (await view(who, id)).status]).toEqual([who, 200]);
    }
    expect((await start('gwen', caseId, subject)).status).toBe(403);
    // Knows that it exists; has no part in it; is no member of staff who works on cases.
    for (const who of ['petra', 'bevan'])
      for (const answer of [
        await list(who, caseId),
        await view(who, id),
        await start(who, caseId, subject),
        await app.as(who).get(`${AT}/cases/${caseId}/comparison?instrument=safelives-dash&subjectId=${subject}`),
      ])
        expect([who, answer.status]).toEqual([who, 404]);
    const unknown = await view('petra', newId());
    const hidden = await view('petra', id);
    expect({ ...hidden.body, instance: '', correlationId: '' }).toEqual({
      ...unknown.body,
      instance: '',
      correlationId: '',
    });
    expect((await list('erin', caseId)).status).toBe(403);
    expect((await lastAct('assessment.list')).outcome).toBe('denied');
    // An agency that has left sees nothing more.
    await records.part(caseId, 'northbank-police', { level: 'reader', to: new Date().toISOString() });
    expect((await view('gwen', id)).status).toBe(404);
    await records.part(caseId, 'harbour-housing', { level: 'reader' });
    expect((await app.as('hana').post(`${AT}/assessments/${id}/corrections`, { reason: 'Wrong' })).status).toBe(403);
  });

  it('are their author’s alone while they are drafts, and of the version that was seen', async () => {
    const { caseId, subject } = await records.opened();
    const { id } = (await start('hana', caseId, subject)).body;
    for (const who of ['amina', 'dov', 'gwen']) expect([who, (await view(who, id)).status]).toEqual([who, 404]);
    expect((await list('dov', caseId)).body.items).toEqual([]);
    expect((await save('dov', id, { answers: {} }, 1)).status).toBe(404);
    expect((await complete('dov', id, 1)).status).toBe(404);
    expect((await app.as('hana').put(`${AT}/assessments/${id}`, { answers: {} })).status).toBe(400);
    expect((await save('hana', id, { answers: { fear: { value: 'no' } } }, 1)).status).toBe(200);
    const stale = await save('hana', id, { answers: {} }, 1);
    expect([stale.status, stale.body.code]).toEqual([409, 'assessment.changed']);
    const wrong = await save('hana', id, { asked: ['cat'], answers: { shoe: { value: 'yes' }, fear: 'yes' } }, 2);
    expect(wrong.status).toBe(422);
    const impossible = await save('hana', id, { answers: { shoe: { value: 'yes' }, fear: { value: 'often' } } }, 2);
    expect(impossible.body.errors.map((e: { field: string }) => e.field)).toEqual(['answers.shoe', 'answers.fear']);
    const gone = await app.as('hana').delete(`${AT}/assessments/${id}`, { version: 2 });
    expect([gone.status, (await view('hana', id)).status]).toEqual([204, 404]);
    expect((await lastAct('assessment.discard')).subjects).toEqual([subject]);
  });

  it('are of people of the case, by instruments in use', async () => {
    const { caseId, subject } = await records.opened();
    expect((await start('amina', caseId, newId())).body.errors[0]).toMatchObject({
      field: 'subjectId',
      code: 'person.unknown',
    });
    const history = await start('amina', caseId, subject, 'prevent-factors');
    expect([history.status, history.body.code, history.body.errors]).toEqual([
      422,
      'instrument.history-only',
      undefined,
    ]);
    expect((await start('amina', caseId, subject, 'none-such')).body.code).toBe('instrument.unknown');
    const offered = (await app.as('amina').get(`${AT}/instruments`)).body.instruments.map(
      (i: { code: string }) => i.code,
    );
    expect(offered).toContain('police-dash');
    expect(offered).not.toContain('prevent-factors');
    const joined = newId();
    await records.tell(caseId, 'person-joined-case', { caseId, personId: joined, roles: ['witness'] });
    expect((await start('amina', caseId, joined)).status).toBe(201);
  });

  it('are never changed once completed, and corrected by another that takes their place', async () => {
    const { caseId, subject } = await records.opened();
    const id = await assessed('hana', caseId, subject);
    expect((await save('hana', id, { answers: {} }, 3)).status).toBe(409);
    expect((await app.as('hana').delete(`${AT}/assessments/${id}`, { version: 3 })).status).toBe(409);
    expect((await complete('hana', id, 3)).status).toBe(409);
    await expect(
      app.sql(`UPDATE risk.assessment SET content = content || '{"x":1}' WHERE id = $1`, [id]),
    ).rejects.toThrow('never changed');

    const correct = (who: string, body: object) => app.as(who).post(`${AT}/assessments/${id}/corrections`, body);
    expect((await correct('hana', { reason: ' ' })).body.errors[0]).toMatchObject({
      field: 'reason',
      code: 'required',
    });
    expect((await correct('amina', { reason: 'Not ours' })).status).toBe(403);
    const [first, second] = [
      await correct('hana', { reason: 'She was misheard' }),
      await correct('dov', { reason: 'So it was' }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    const draft = (await view('hana', first.body.id)).body;
    expect(draft).toMatchObject({
      supersedes: id,
      supersedeReason: 'She was misheard',
      content: { asked: ['subject'] },
    });
    expect((await save('hana', draft.id, counted('safelives-dash', 9), 1)).status).toBe(200);
    expect((await complete('hana', draft.id, 2)).body.band).toBe('standard');
    expect((await view('gwen', id)).body).toMatchObject({ supersededBy: draft.id, result: { band: 'high' } });
    expect((await lastAct('assessment.correct')).objects).toContainEqual(
      expect.objectContaining({ t: 'assessment', id }),
    );
    // The second correction of the same one comes too late.
    const late = await complete('dov', second.body.id, 1);
    expect([late.status, late.body.code]).toEqual([409, 'assessment.superseded']);
    expect((await correct('hana', { reason: 'Again' })).status).toBe(409);
  });

  it('are laid beside each other by subject and instrument, what was corrected left out', async () => {
    const { caseId, subject, other } = await records.opened();
    const wrong = await assessed('hana', caseId, subject, counted('safelives-dash', 1));
    const { id } = (await app.as('hana').post(`${AT}/assessments/${wrong}/corrections`, { reason: 'Wrong' })).body;
    await save('hana', id, counted('safelives-dash', 2), 1);
    await complete('hana', id, 2);
    const later = await assessed('amina', caseId, subject, counted('safelives-dash', 1, 23));
    await assessed('amina', caseId, other);
    const path = `${AT}/cases/${caseId}/comparison?instrument=safelives-dash&subjectId=${subject}`;
    const { body } = await app.as('gwen').get(path);
    expect(body.samples.map((s: { id: string }) => s.id)).toEqual([id, later]);
    const topic = (code: string) => body.topics.find((t: { topic: string }) => t.topic === code);
    expect(topic('injury')).toMatchObject({ values: ['yes', 'yes'], changes: ['same'] });
    expect(topic('fear')).toMatchObject({ values: ['yes', 'not-known'], changes: ['opened'] });
    expect((await lastAct('assessment.compare')).objects).toContainEqual(
      expect.objectContaining({ t: 'assessment', id: later }),
    );
    // Two records of one person become one: so do their assessments.
    await records.tell(newId(), 'people-merged', { mergeId: newId(), survivorId: subject, mergedId: other });
    expect((await app.as('gwen').get(path)).body.samples).toHaveLength(3);
    expect((await list('gwen', caseId)).body.people).toEqual([subject]);
  });

  it('are closed with the case or the person to all but named staff, whichever event comes first', async () => {
    const { caseId, subject } = await records.opened();
    const id = await assessed('hana', caseId, subject);
    const restriction = { restrictionId: newId(), trace: 'stub', version: 1, live: true, staff: [staff('amina')] };
    const stream = newId();
    for (const closed of [subject, caseId]) {
      await records.tell(stream, 'restriction-changed', { ...restriction, records: [closed] });
      expect([closed, (await view('amina', id)).status, (await view('hana', id)).status]).toEqual([closed, 200, 404]);
      const listed = await list('hana', caseId);
      expect(listed.status === 404 || listed.body.items.length === 0).toBe(true);
      expect([404, 422]).toContain((await start('hana', caseId, subject)).status);
    }
    await records.tell(stream, 'restriction-changed', { ...restriction, records: [], live: false });
    expect((await view('hana', id)).status).toBe(200);
    await records.part(caseId, 'harbour-housing', { level: 'contributor', restricted: true });
    expect((await view('hana', id)).status).toBe(404);
  });

  it('are read in an emergency by whoever opened the case, until that ends, and each reading says so', async () => {
    const { caseId, subject } = await records.opened();
    const id = await assessed('hana', caseId, subject);
    const { id: draft } = (await start('hana', caseId, subject)).body as { id: string };
    const restriction = { restrictionId: newId(), trace: 'stub', version: 1, live: true, staff: [staff('hana')] };
    await records.tell(newId(), 'restriction-changed', { ...restriction, records: [caseId, subject] });
    expect((await view('tomas', id)).status).toBe(404);
    const useId = newId();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const place = { leadOrg: org('northbank-council'), areaId: newId(), orgId: org('northbank-council') };
    const use = { useId, caseId, userId: staff('tomas'), ground: 'life-at-risk', until, ...place };
    await records.tell(useId, 'glass-broken', use);
    expect((await view('tomas', id)).body).toMatchObject({
      status: 'completed',
      may: { assess: false, correct: false },
    });
    expect(await lastAct('assessment.view')).toMatchObject({ justification: 'life-at-risk', reasons: ['break-glass'] });
    expect((await lastAct('assessment.view')).objects).toContainEqual({ t: 'break-glass', id: useId });
    expect((await list('tomas', caseId)).body).toMatchObject({
      items: [{ id }],
      people: expect.arrayContaining([subject]),
    });
    expect((await view('tomas', draft)).status).toBe(404);
    expect((await start('tomas', caseId, subject)).status).toBe(403);
    expect((await view('idris', id)).status).toBe(404);
    await app.sql(`UPDATE risk.open_glass SET until = now() WHERE use_id = $1`, [useId]);
    expect((await view('tomas', id)).status).toBe(404);
    await records.tell(useId, 'glass-ended', { useId, caseId });
    expect(await app.sql('SELECT 1 FROM risk.open_glass WHERE use_id = $1', [useId])).toEqual([]);
  });

  it('cannot be read or written past the waist (row-level security)', async () => {
    const { caseId, subject } = await records.opened();
    const id = await assessed('hana', caseId, subject);
    const { id: draft } = (await start('hana', caseId, subject)).body as { id: string };
    const client = await app.running.app.get(Databases).pool('risk').connect();
    try {
      const as = (scope: string, user = '', orgId = '') =>
        client.query(
          `SELECT set_config('concordat.scope', $1, false), set_config('concordat.user', $2, false), set_config('concordat.org', $3, false)`,
          [scope, user, orgId],
        );
      const count = async (sql: string, params: unknown[]) => (await client.query(sql, params)).rowCount;
      const seen = () => count('SELECT 1 FROM assessment WHERE id = ANY ($1)', [[id, draft]]);
      await as('none');
      expect(await seen()).toBe(0);
      await as('service', staff('hana'), org('harbour-housing'));
      expect(await seen()).toBe(0);
      await as('user', staff('petra'), org('northbank-fire'));
      expect(await seen()).toBe(0);
      await as('user', staff('gwen'), org('northbank-police'));
      expect(await seen()).toBe(1);
      expect(await count('UPDATE assessment SET superseded_by = $1 WHERE id = $1', [id])).toBe(0);
      const made = `INSERT INTO assessment (id, case_id, subject_id, org_id, author_id, status, version, instrument, instrument_version,
          instrument_hash, pack, rules_on, content, started_at, changed_at)
        SELECT gen_random_uuid(), case_id, subject_id, $2, $3, 'draft', 1, instrument, 1, instrument_hash, pack, rules_on, content, now(), now()
          FROM assessment WHERE id = $1`;
      const reader = client.query(made, [id, org('northbank-police'), staff('gwen')]);
      await expect(reader).rejects.toThrow('row-level security');
      await as('user', staff('hana'), org('harbour-housing'));
      expect(await seen()).toBe(2);
      const forAnother = client.query(made, [id, org('harbour-housing'), staff('dov')]);
      await expect(forAnother).rejects.toThrow('row-level security');
      expect(await count('DELETE FROM assessment WHERE id = $1', [id])).toBe(0);
      await expect(client.query('UPDATE instrument_kept SET version = 2')).rejects.toThrow('permission denied');
      await as('none');
    } finally {
      client.release();
    }
  });

  it('are given whole to the records service when somebody asks what is held, and erased with their case', async () => {
    const { caseId, subject } = await records.opened();
    const judged = { ...counted('safelives-dash', 14), judgement: { band: 'high', reasons: 'His threats' } };
    const id = await assessed('hana', caseId, subject, judged);
    const held = await app.asService('records').get(`${AT}/held-about/${subject}`);
    expect(held.body.items).toEqual([expect.objectContaining({ kind: 'assessment', id, others: true })]);
    expect(held.body.items[0].text).toContain('Reasons: His threats');
    expect((await lastAct('access-request.gather')).subjects).toEqual([subject]);
    expect((await app.asService('audit').get(`${AT}/held-about/${subject}`)).status).toBe(404);
    expect((await app.as('amina').get(`${AT}/held-about/${subject}`)).status).toBe(404);

    const rule = { rule: 'last-involvement', ruleVersion: 1, decisionId: newId() };
    await records.tell(caseId, 'case-erased', { caseId, people: [subject], ...rule });
    expect((await lastAct('assessment.erase')).objects).toEqual([{ t: 'erasure', id: caseId }]);
    expect((await lastAct('assessment.erase')).subjects).toEqual([]);
    for (const table of ['assessment', 'case_person', 'case_access'])
      expect(await app.sql(`SELECT 1 FROM risk.${table} WHERE case_id = $1`, [caseId])).toEqual([]);
    expect((await view('amina', id)).status).toBe(404);
  });

  it('are asked in the agency’s own wording, which nobody else is shown', async () => {
    const { caseId, subject } = await records.opened();
    const AT_WORDINGS = `${AT}/wordings`;
    const keysIn = async (who: string) => {
      const { items } = (await app.as(who).get(AT_WORDINGS)).body as {
        items: { instrument: string; keys: { key: string }[]; wording: { state: string } | null }[];
      };
      return items.find(({ instrument }) => instrument === 'safelives-dash')!;
    };
    const { keys } = await keysIn('lena');
    const load = (words: string, who = 'lena', more: object = {}) => {
      const content = JSON.stringify(Object.fromEntries(keys.map(({ key }) => [key, `${words}: ${key}?`])));
      const named = { title: 'Our checklist', attribution: 'Under licence 7' };
      return app
        .as(who)
        .post(AT_WORDINGS, { instrument: 'safelives-dash', format: 'json', content, ...named, ...more });
    };
    const fearOf = async (who: string, id: string) => {
      const { body } = await view(who, id);
      return [body.document.groups[0].topics.find(({ code }: { code: string }) => code === 'fear').text, body.wording];
    };
    const remove = (who: string, id: string) => app.as(who).post(`${AT_WORDINGS}/${id}/removal`, {});

    const before = await assessed('amina', caseId, subject);
    expect((await load('Proprietary', 'amina')).status).toBe(403);
    const wrong = await load('Proprietary', 'lena', { content: '{"fear": "Proprietary", "x": ""}' });
    expect([wrong.status, wrong.body.errors.length]).toEqual([422, keys.length]);
    expect(JSON.stringify(wrong.body)).not.toContain('Proprietary');
    const first = (await load('Proprietary')).body;
    expect(first).toMatchObject({ version: 1, receipt: expect.anything() });
    expect(await lastAct('wording.load')).toMatchObject({
      ...{ rule: 'safelives-dash@1', objects: [expect.objectContaining({ t: 'wording', id: first.id })] },
    });

    const id = await assessed('amina', caseId, subject);
    const own = ['Proprietary: fear?', { title: 'Our checklist', attribution: 'Under licence 7', version: 1 }];
    expect(await fearOf('amina', id)).toEqual(own);
    expect((await lastAct('assessment.view')).objects).toContainEqual(expect.objectContaining({ t: 'wording' }));
    expect(await fearOf('gwen', id)).toEqual(['Very frightened', null]);
    expect((await view('amina', id)).body.result).toEqual((await view('amina', before)).body.result);
    expect(await fearOf('amina', before)).toEqual(['Very frightened', null]);
    // Another agency that assesses is asked under the neutral labels.
    const theirs = (await start('hana', caseId, subject)).body.id as string;
    expect(await fearOf('hana', theirs)).toEqual(['Very frightened', null]);

    const second = (await load('Proprietary, new')).body;
    expect(second).toMatchObject({ version: 2 });
    const correction = (await app.as('amina').post(`${AT}/assessments/${id}/corrections`, { reason: 'x' })).body.id;
    expect([await fearOf('amina', id), await fearOf('amina', correction)]).toEqual([own, own]);
    const later = (await start('amina', caseId, subject)).body.id as string;
    expect((await fearOf('amina', later))[0]).toBe('Proprietary, new: fear?');

    const absent = await app.as('zola').get(`${AT_WORDINGS}/${newId()}`);
    const hidden = [await app.as('zola').get(`${AT_WORDINGS}/${second.id}`), await remove('viktor', second.id)];
    expect([absent, ...hidden].map(({ status, body }) => [status, body.code])).toEqual(
      Array.from({ length: 3 }, () => [404, absent.body.code]),
    );
    expect((await keysIn('zola')).wording).toBeNull();
    const shown = (await app.as('idris').get(`${AT_WORDINGS}/${first.id}`)).body;
    expect(shown).toMatchObject({ state: 'replaced', versions: [{ state: 'in-force' }, { version: 1 }] });
    expect((await lastAct('wording.view')).objects).toContainEqual(expect.objectContaining({ id: first.id }));

    expect((await remove('lena', first.id)).status).toBe(409);
    expect((await remove('lena', second.id)).status).toBe(200);
    expect(await lastAct('wording.remove')).toMatchObject({ objects: [expect.objectContaining({ id: second.id })] });
    expect((await keysIn('lena')).wording).toMatchObject({ state: 'removed' });
    const last = (await start('amina', caseId, subject)).body.id as string;
    expect([await fearOf('amina', last), await fearOf('amina', id)]).toEqual([['Very frightened', null], own]);

    const sent = await app.sql(`SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox`);
    expect(JSON.stringify([sent, await app.acts('risk')])).not.toContain('Proprietary');
  });
});
