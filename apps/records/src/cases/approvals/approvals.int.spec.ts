import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { caseX, problemsOf } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';

const done = (action: string): string => `${action} done`;
const denied = (action: string, reason: string): string => `${action} denied approval.forbidden ${reason}`;

describe('approvals', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    await eventually(
      async () => (await app.sql('SELECT 1 FROM records.member WHERE manager_id IS NOT NULL')).length === 1,
    );
    // The demonstration partnership has one lead for Northbank Council; approving takes others.
    await app.sql("UPDATE records.member SET roles = '{safeguarding-lead}' WHERE user_id = ANY ($1)", [
      [staff('idris'), staff('kit')],
    ]);
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const request = (username: string, caseId: string, stage = 'closure', version = 1) =>
    app.as(username).post(`/api/records/cases/${caseId}/approvals/${stage}`, { comment: 'She is safe.' }, { version });
  const answer = (username: string, id: string, body: object = {}, version = 1) =>
    app
      .as(username)
      .post(`/api/records/approvals/${id}/answer`, { outcome: 'approved', comment: 'I agree.', ...body }, { version });
  const requested = async () => {
    const { caseId } = await caseX(app, referrals);
    const { status, body } = await request('tomas', caseId);
    expect([status, body.status]).toEqual([201, 'requested']);
    return { caseId, id: body.id as string };
  };
  const approvals = async (username: string, caseId: string) =>
    (await app.as(username).get(`/api/records/cases/${caseId}/approvals`)).body;
  const acts = async (id: string) =>
    (await app.acts('records'))
      .filter((a) => a.objects.some((o) => o.id === id))
      .map((a) => [a.action, a.outcome, ...(a.reasons ?? [])].join(' '));

  it('APP-1: whoever has no permission to request is refused', async () => {
    const { caseId } = await caseX(app, referrals, {
      participants: [org('northbank-council'), org('harbour-housing')],
    });
    expect((await request('jo', caseId)).body).toMatchObject({ status: 403, reasons: ['role.not-entitled'] });
    expect((await request('wren', caseId)).status).toBe(403);
    expect((await request('una', caseId)).status).toBe(404);
    expect(await acts(caseId)).toContain(denied('approval.request', 'role.not-entitled'));
    // Who works on it in another agency may ask, and does not approve.
    expect((await request('hana', caseId)).status).toBe(201);
    expect((await approvals('hana', caseId)).items).toMatchObject([{ state: 'requested', may: { answer: false } }]);
  });

  it('APP-2: whoever may request only does not approve', async () => {
    const { id } = await requested();
    expect((await answer('tomas', id)).body).toMatchObject({ status: 403, reasons: ['role.not-entitled'] });
    expect(await acts(id)).toContain(denied('approval.answer', 'role.not-entitled'));
  });

  it('APP-3: nobody approves their own case, nor what they have asked for', async () => {
    const { id, caseId } = await requested();
    expect((await answer('amina', id)).body).toMatchObject({ status: 403, reasons: ['approval.own-case'] });
    const own = (await request('idris', caseId, 'step-down')).body.id as string;
    expect((await answer('idris', own)).body).toMatchObject({ status: 403, reasons: ['approval.own-request'] });
    expect((await answer('farid', own)).status).toBe(404);
    expect((await approvals('amina', caseId)).items.map((a: { state: string }) => a.state)).toEqual([
      'requested',
      'requested',
    ]);
  });

  it('APP-4: an unknown stage is not found, an unknown outcome is wrong', async () => {
    const { id, caseId } = await requested();
    expect((await request('tomas', caseId, 'anything')).status).toBe(404);
    for (const [body, problem] of [
      [{ outcome: 'perhaps' }, 'outcome not-in-list'],
      [{ comment: '' }, 'comment required'],
    ] as const) {
      const wrong = await answer('idris', id, body);
      expect([wrong.status, problemsOf(wrong.body)]).toEqual([422, [problem]]);
    }
    expect((await request('tomas', caseId)).body.code).toBe('approval.open');
    expect((await app.as('idris').post(`/api/records/approvals/${newId()}/answer`, {}, { version: 1 })).status).toBe(
      404,
    );
  });

  it.each(['approved', 'rejected'] as const)(
    'APP-5: is %s with a comment; what was asked and answered are both kept',
    async (outcome) => {
      const { id, caseId } = await requested();
      expect(
        (await app.as('idris').get('/api/records/approvals')).body.toAnswer.map((a: { id: string }) => a.id),
      ).toContain(id);
      for (const other of ['amina', 'tomas'])
        expect(JSON.stringify((await app.as(other).get('/api/records/approvals')).body.toAnswer)).not.toContain(id);
      expect((await answer('idris', id, { outcome, comment: 'Seen.' })).body).toMatchObject({
        status: outcome,
        version: 2,
      });
      expect((await approvals('amina', caseId)).items).toMatchObject([
        {
          ...{ stage: 'closure', state: outcome, comment: 'She is safe.', requestedBy: staff('tomas') },
          ...{ answeredBy: staff('idris'), answerComment: 'Seen.', answeredAt: expect.any(String) },
          requestedAt: expect.any(String),
        },
      ]);
      const news = async () =>
        (await app.as('tomas').get('/api/records/approvals')).body.news.map((a: { id: string }) => a.id);
      expect(await news()).toContain(id);
      await approvals('tomas', caseId);
      expect(await news()).not.toContain(id);
      expect(await acts(id)).toEqual(
        expect.arrayContaining([done('approval.request'), done('approval.answer'), done('approval.list')]),
      );
      const { timeline } = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body;
      expect(timeline.slice(0, 2).map((t: { what: string }) => t.what)).toEqual([
        `approval-${outcome}`,
        'approval-requested',
      ]);
      const events = await app.sql<{ body: string }>(
        `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
        [caseId],
      );
      expect(JSON.parse(events[0]!.body)).toMatchObject({
        ...{ type: 'records.case-approval-changed.v1', data: { approvalId: id, stage: 'closure', state: outcome } },
      });
      expect(events[0]!.body).not.toContain('Seen');
    },
  );

  it('APP-6: a second answer is refused, and the first stands', async () => {
    const { id, caseId } = await requested();
    await answer('idris', id);
    expect((await answer('kit', id, { outcome: 'rejected' })).status).toBe(409);
    expect((await answer('kit', id, { outcome: 'rejected' }, 2)).body).toMatchObject({
      status: 409,
      state: 'approved',
    });
    expect((await approvals('amina', caseId)).items[0]).toMatchObject({
      state: 'approved',
      answeredBy: staff('idris'),
    });
    // The stage may be asked for again.
    expect((await request('tomas', caseId)).status).toBe(201);
  });

  it('APP-7: of two answers at once one counts', async () => {
    const { id, caseId } = await requested();
    const both = await Promise.all([answer('idris', id), answer('kit', id, { outcome: 'rejected' })]);
    expect(both.map((b) => b.status).sort()).toEqual([200, 409]);
    const first = both.find((b) => b.status === 200)!.body.status as string;
    expect((await approvals('amina', caseId)).items[0].state).toBe(first);
  });

  it('closes with its case: whom a restriction does not name sees no approval of it', async () => {
    const { id, caseId } = await requested();
    const restriction = newId();
    await app.sql(
      `INSERT INTO records.restriction (id, case_id, kind, trace, reason, review_on, pack, since, by_id, org_id)
       VALUES ($1, $2, 'colleague', 'nothing', 'A test.', '2027-01-01', 'p@1', now(), $3, $4)`,
      [restriction, caseId, staff('amina'), org('northbank-council')],
    );
    await app.sql('INSERT INTO records.restriction_named (restriction_id, user_id, since) VALUES ($1, $2, now())', [
      ...[restriction, staff('amina')],
    ]);
    expect((await answer('idris', id)).status).toBe(404);
    expect(JSON.stringify((await app.as('idris').get('/api/records/approvals')).body)).not.toContain(id);
    expect((await app.as('tomas').get(`/api/records/cases/${caseId}/approvals`)).status).toBe(404);
  });
});
