import { RecordsModule } from '@concordat-app/records';
import { addDays, civilDate } from '@concordat/clocks';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { opened, org, PeersStandIn, staff } from '../../opened.testing';

const REASON = 'She has just rung and says that he is at the door';

describe('break glass', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const get = (who: string, path: string) => app.as(who).get(`/api/records${path}`);
  const post = (who: string, path: string, body: object, version?: number) =>
    app.as(who).post(`/api/records${path}`, body, version === undefined ? {} : { version });
  const glass = (who: string, held: string, more: object = {}) =>
    post(who, '/break-glass', { case: held, ground: 'life-at-risk', reason: REASON, ...more });

  /** A case that is open to its lead only, without a trace. */
  async function restricted(): Promise<{ caseId: string; reference: string; subject: string }> {
    const { caseId, subject } = await opened(app, referrals);
    const { reference } = (await get('amina', `/cases/${caseId}`)).body as { reference: string };
    const body = {
      kind: 'colleague',
      named: [staff('amina')],
      reviewOn: addDays(civilDate(new Date()), 30),
      reason: 'x',
    };
    expect((await post('amina', `/cases/${caseId}/restrictions`, body, 1)).status).toBe(201);
    return { caseId, reference, subject };
  }

  it('BRK-1: without a reason, a ground or a time that may be, there is no access', async () => {
    const { caseId, reference } = await restricted();
    const refused = await glass('tomas', reference, { reason: ' ', ground: 'curiosity', minutes: 0 });
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((e: { field: string }) => e.field).sort()).toEqual(['minutes', 'reason']);
    const other = await glass('tomas', reference, { ground: 'curiosity', minutes: 241 });
    expect(other.body.errors.map((e: { field: string }) => e.field)).toEqual(['ground', 'minutes']);
    expect((await get('tomas', `/cases/${caseId}`)).status).toBe(404);
  });

  it('BRK-2, BRK-3: with one it opens that case, for reading, to whoever asked; owner and governance are told at once', async () => {
    const { caseId, reference, subject } = await restricted();
    // As somebody types it: of an agency that takes part, but is not named; and of one that takes no part.
    for (const who of ['hana', 'rhys']) {
      const done = await glass(who, reference.toLowerCase().replaceAll('-', ' '));
      expect([who, done.status, done.body.caseId]).toEqual([who, 201, caseId]);
      expect(Date.parse(done.body.until as string) - Date.now()).toBeGreaterThan(59 * 60_000);
      const view = (await get(who, `/cases/${caseId}`)).body;
      expect(view).toMatchObject({ ground: 'glass', level: 'reader', subjectName: 'Tamsin Ashgrove' });
      expect(view.glass).toMatchObject({ id: done.body.id, ground: 'life-at-risk' });
      expect(view.may).toEqual({ changeParticipation: false, restrict: false });
      expect((await get(who, `/cases/${caseId}/timeline`)).status).toBe(200);
      // One case, and not its list, its people's own pages or a search.
      expect(JSON.stringify((await get(who, '/cases?limit=100')).body)).not.toContain(caseId);
      expect((await get(who, `/people/${subject}`)).status).toBe(404);
      const looked = await post(who, '/people/candidates', {
        person: { name: { given: 'Tamsin', family: 'Ashgrove' } },
      });
      expect(JSON.stringify(looked.body)).not.toContain(subject);
      // To whoever asked, and nobody beside them.
      expect((await get('wren', `/cases/${caseId}`)).status).toBe(404);
      for (const told of ['amina', 'kit', 'yusuf']) {
        const notices = (await get(told, '/break-glass?state=to-review')).body.items as { id: string }[];
        expect([told, notices.find((n) => n.id === done.body.id)]).toEqual([
          told,
          expect.objectContaining({ caseId, reference, userId: staff(who), ground: 'life-at-risk', reason: REASON }),
        ]);
      }
      const acts = (await app.acts('records')).filter((a) => a.actor === staff(who) && a.outcome === 'done');
      expect(acts.find((a) => a.action === 'glass.break')).toMatchObject({
        justification: 'life-at-risk',
        reasons: ['break-glass'],
        objects: expect.arrayContaining([{ t: 'case', id: caseId }]),
        detail: { reason: REASON },
      });
      const viewing = acts.find((a) => a.action === 'case.view' && a.objects.some((o) => o.id === caseId));
      expect(viewing).toMatchObject({ reasons: ['break-glass'], justification: 'life-at-risk' });
      expect(viewing!.objects).toContainEqual({ t: 'break-glass', id: done.body.id });
    }
    const lead = await glass('idris', reference);
    expect(lead.status).toBe(201);
    const change = { orgId: org('northbank-police'), level: 'reader' };
    const refused = await post('idris', `/cases/${caseId}/participations`, change, 2);
    expect([refused.status, refused.body.reasons]).toEqual([403, ['break-glass.reading-only']]);
  });

  it('shows what is in the case to an agency that takes no part, and not an empty one (BRK-2)', async () => {
    const { caseId, reference } = await restricted();
    const entry = { starts: '2026-11-20', category: 'incident', fact: 'He waited outside her work.' };
    expect((await post('amina', `/cases/${caseId}/chronology`, entry)).status).toBe(201);
    expect((await get('rhys', `/cases/${caseId}/chronology`)).status).toBe(404);
    await glass('rhys', reference);
    const { body } = await get('rhys', `/cases/${caseId}/chronology`);
    expect(body.items.map((e: { fact: string }) => e.fact)).toEqual([entry.fact]);
    const refused = await post('rhys', `/cases/${caseId}/chronology`, entry);
    expect([refused.status, refused.body.reasons]).toEqual([403, ['break-glass.reading-only']]);
  });

  it('answers a reference that leads nowhere like a case that is not there, and one that needs no breaking with a conflict', async () => {
    const { reference } = await restricted();
    expect((await glass('tomas', 'C-0000-0000')).body.code).toBe('case.not-found');
    expect((await glass('tomas', 'Tamsin Ashgrove')).body.code).toBe('case.not-found');
    expect((await glass('amina', reference)).body.code).toBe('glass.not-needed');
  });

  it('BRK-4: when time is up everything is as before, and the end is on record', async () => {
    const { caseId, reference } = await restricted();
    const { id } = (await glass('tomas', reference)).body as { id: string };
    expect((await get('tomas', `/cases/${caseId}`)).status).toBe(200);
    await app.sql(`UPDATE records.break_glass SET until = clock_timestamp() WHERE id = $1`, [id]);
    expect((await get('tomas', `/cases/${caseId}`)).status).toBe(404);
    await eventually(
      async () => (await app.acts('records')).some((a) => a.action === 'glass.end' && a.objects[0]!.id === id),
      {
        timeoutMs: 15_000,
      },
    );
    expect((await get('kit', `/break-glass/${id}`)).body.endedAt).not.toBeNull();
  });

  it('BRK-5: a review by information governance is kept with reviewer, time and reason, once, and never by whoever did it', async () => {
    const { reference } = await restricted();
    const { id } = (await glass('tomas', reference)).body as { id: string };
    const found = { outcome: 'justified', note: 'He rang the police from her house' };
    expect((await post('tomas', `/break-glass/${id}/review`, found, 1)).status).toBe(404);
    expect((await post('amina', `/break-glass/${id}/review`, found, 1)).status).toBe(403);
    expect((await post('kit', `/break-glass/${id}/review`, found, 2)).status).toBe(409);
    const wrong = await post('kit', `/break-glass/${id}/review`, { outcome: 'fine', note: 'x' }, 1);
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'outcome']);
    expect((await get('kit', `/break-glass/${id}`)).body.mayReview).toBe(true);
    expect((await post('kit', `/break-glass/${id}/review`, found, 1)).status).toBe(200);
    expect((await post('kit', `/break-glass/${id}/review`, found, 2)).status).toBe(409);
    const use = (await get('amina', `/break-glass/${id}`)).body;
    expect(use).toMatchObject({
      outcome: 'justified',
      reviewNote: found.note,
      reviewedBy: staff('kit'),
      mayReview: false,
    });
    const act = (await app.acts('records')).findLast((a) => a.action === 'glass.review' && a.outcome === 'done');
    expect(act).toMatchObject({ actor: staff('kit'), decision: 'justified', detail: { note: found.note } });
    const waiting = (await get('kit', '/break-glass?state=to-review&limit=100')).body.items as { id: string }[];
    expect(waiting.map((u) => u.id)).not.toContain(id);
  });

  it('BRK-6: a role that may not is refused, and the owner’s agency sees the attempt', async () => {
    const { caseId, reference } = await restricted();
    const refused = await glass('jo', reference);
    expect([refused.status, refused.body.reasons]).toEqual([403, ['role.not-entitled']]);
    expect((await get('jo', `/cases/${caseId}`)).status).toBe(404);
    const [seen] = (await get('amina', '/break-glass?state=refused')).body.items as object[];
    expect(seen).toMatchObject({ caseId, userId: staff('jo'), refused: true, until: null });
    // A reference that leads nowhere is refused alike.
    expect((await glass('jo', 'C-0000-0000')).body.reasons).toEqual(['role.not-entitled']);
    const acts = await app.acts('records');
    expect(acts.some((a) => a.action === 'glass.break' && a.outcome === 'denied' && a.actor === staff('jo'))).toBe(
      true,
    );
    expect(acts.some((a) => a.action === 'glass.report-attempt' && a.objects.some((o) => o.id === caseId))).toBe(true);
  });

  it('is tried so often within an hour and no more, whether or not there is such a case', async () => {
    const { reference, caseId } = await restricted();
    await app.sql(
      "INSERT INTO records.glass_attempt SELECT $1, now() - interval '50 minutes' FROM generate_series(1, 19)",
      [staff('omar')],
    );
    expect((await glass('omar', 'C-0000-0000')).status).toBe(404);
    for (const held of ['C-0000-0000', reference]) {
      const { status, body } = await glass('omar', held);
      expect([status, body.code]).toEqual([429, 'glass.too-many']);
      expect(body.retryAfterSeconds).toBeGreaterThan(500);
      expect(body.retryAfterSeconds).toBeLessThanOrEqual(600);
    }
    expect((await get('omar', `/cases/${caseId}`)).status).toBe(404);
    expect((await glass('rhys', reference)).status).toBe(201); // others are counted by themselves
    const acts = (await app.acts('records')).filter((a) => a.actor === staff('omar') && a.action === 'glass.break');
    expect(acts.map((a) => a.outcome)).toContain('failed');
    await app.sql("UPDATE records.glass_attempt SET at = at - interval '2 hours' WHERE user_id = $1", [staff('omar')]);
    expect((await glass('omar', reference)).status).toBe(201);
  });

  it('is listed for auditors, a page at a time, without saying which restricted case it was to those who may not know', async () => {
    const first = (await get('erin', '/break-glass?limit=2')).body;
    expect(first.items).toHaveLength(2);
    const second = (await get('erin', `/break-glass?limit=2&cursor=${first.next}`)).body;
    expect(second.items[0].id).not.toBe(first.items[1].id);
    for (const item of first.items)
      expect(item).toMatchObject({ restricted: true, caseId: null, reference: null, reason: null });
    expect((await get('hana', '/break-glass')).status).toBe(403);
    // Another agency's lead is told of nothing; governance of the other area neither.
    expect((await get('carys', '/break-glass')).body.items).toEqual([]);
    const list = (await app.acts('records')).findLast((a) => a.action === 'glass.list' && a.actor === staff('erin'));
    expect(list!.objects).toHaveLength(2);
  });

  it('tells other contexts by ids and codes only', async () => {
    const bodies = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE body::text IS NOT NULL`,
    );
    const told = bodies
      .map((b) => JSON.parse(b.body) as { type: string; data: object })
      .filter((e) => e.type.startsWith('records.glass-'));
    expect(new Set(told.map((e) => e.type))).toEqual(
      new Set([
        'records.glass-broken.v1',
        'records.glass-refused.v1',
        'records.glass-ended.v1',
        'records.glass-reviewed.v1',
      ]),
    );
    const [broken] = told.filter((e) => e.type === 'records.glass-broken.v1');
    expect(Date.parse((broken!.data as { reviewBy: string }).reviewBy)).toBeGreaterThan(Date.now());
    expect(JSON.stringify(told)).not.toMatch(/door|police|Tamsin|C-/);
  });
});
