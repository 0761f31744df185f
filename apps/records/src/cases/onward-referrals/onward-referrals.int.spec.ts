import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type TestApp } from '@concordat/testing';
import { answer, caseX, offerOf, problemsOf, refer } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';
import { ExpiryService } from './expiry.service';

const done = (action: string): string => `${action} done`;
const denied = (action: string): string => `${action} denied`;

describe('referral between agencies', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    // The copy of who works where has to know whose manager Carys is.
    await eventually(
      async () => (await app.sql('SELECT 1 FROM records.member WHERE manager_id IS NOT NULL')).length === 1,
    );
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const offered = async (more: object = {}) => {
    const made = await caseX(app, referrals);
    const { status, body } = await refer(app.as('amina'), made.caseId, more);
    expect([status, body.errors]).toEqual([201, undefined]);
    return { ...made, id: body.id as string };
  };
  const view = async (username: string, id: string) => app.as(username).get(`/api/records/onward-referrals/${id}`);
  const actsOf = async (id: string) =>
    (await app.acts('records'))
      .filter((a) => a.objects.some((o) => o.id === id))
      .map((a) => `${a.action} ${a.outcome}`);
  const count = async (caseId: string) =>
    (await app.sql('SELECT 1 FROM records.onward_referral WHERE case_id = $1', [caseId])).length;
  const sees = async (username: string, caseId: string) =>
    (await app.as(username).get(`/api/records/cases/${caseId}`)).status;

  it('REF-1: is offered with a reason, purpose and legal basis; its recipient sees the preview and not the case', async () => {
    const { caseId, id, subject } = await offered();
    const { body } = await view('bevan', id);
    expect(body).toMatchObject({
      ...{ state: 'offered', fromOrg: org('northbank-council'), fromId: staff('amina'), toId: staff('bevan') },
      ...{
        reference: expect.stringMatching(/^C-/),
        urgency: 'soon',
        purpose: 'health-care',
        legalBasis: 'public-task',
      },
      ...{ reason: 'She has not been seen by a nurse since May.', view: 'health', people: 1, side: 'recipient' },
      may: { accept: true, decline: true, withdraw: false, complete: false },
    });
    expect(body.items).toContain('gp');
    expect(JSON.stringify(body)).not.toMatch(/Ashgrove|consent/);
    expect(body.caseId).toBeUndefined();
    expect(await sees('bevan', caseId)).toBe(404);
    expect((await app.as('bevan').get(`/api/records/onward-referrals/${id}/case`)).body).toMatchObject({
      ...{ status: 403, code: 'referral.not-accepted', reasons: ['referral.offered'] },
    });
    const act = (await app.acts('records')).find(
      (a) => a.action === 'referral.offer' && a.objects.some((o) => o.id === id),
    )!;
    expect(act).toMatchObject({
      ...{ outcome: 'done', subjects: [subject], justification: 'public-task', decision: 'PERMIT' },
      ...{ rule: 'stand-in@1.0.0', reasons: ['consent'] },
      recipients: [{ org: org('eastvale-nhs'), role: 'recipient' }],
    });
    expect(act.items).toContain('health');
    const { body: box } = await app.as('bevan').get('/api/records/onward-referrals?box=received');
    expect(box.counts.toAnswer).toBeGreaterThanOrEqual(1);
    expect(box.items.map((r: { id: string }) => r.id)).toContain(id);
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      type: 'records.onward-referral-offered.v1',
      data: { onwardReferralId: id, caseId, toId: staff('bevan'), outside: false },
    });
    expect(event!.body).not.toMatch(/nurse|Ashgrove/);
  });

  it('REF-2: whoever may read the case but not refer it is refused, on record; nothing is written', async () => {
    const { caseId } = await caseX(app, referrals, {
      participants: [org('northbank-council'), org('harbour-housing')],
    });
    for (const [username, reason] of [
      ['hana', 'organisation.not-entitled'],
      ['jo', 'role.not-entitled'],
    ] as const) {
      expect(await sees(username, caseId)).toBe(200);
      const { body } = await refer(app.as(username), caseId);
      expect(body).toMatchObject({
        ...{ status: 403, code: 'referral.forbidden', reasons: [reason] },
        instance: `/api/records/cases/${caseId}/onward-referrals`,
      });
    }
    expect((await refer(app.as('dov'), caseId)).status).toBe(403);
    expect((await refer(app.as('carys'), caseId)).status).toBe(404);
    expect(await count(caseId)).toBe(0);
    expect((await actsOf(caseId)).filter((a) => a === denied('referral.offer'))).toHaveLength(4);
  });

  it('REF-3, REF-4: nothing can be offered to a system account, or to somebody who may not receive or has left', async () => {
    const { caseId } = await caseX(app, referrals);
    await app.sql('UPDATE records.member SET active = false WHERE user_id = $1', [staff('rhys')]);
    await app.sql('UPDATE records.member SET may_receive = false WHERE user_id = $1', [staff('quinn')]);
    const robot = '7b6b4808-c5bd-4357-bf10-4d3c838f7484';
    for (const recipient of [robot, staff('rhys'), staff('quinn'), staff('yusuf'), newId()]) {
      const { status, body } = await refer(app.as('amina'), caseId, { recipient });
      expect([status, problemsOf(body)]).toEqual([422, ['recipient referral.cannot-receive']]);
    }
    expect(problemsOf((await refer(app.as('amina'), caseId, { recipient: staff('tomas') })).body)).toEqual([
      'recipient referral.same-agency',
    ]);
    expect(await count(caseId)).toBe(0);
    for (const username of ['rhys', 'quinn']) expect([401, 404]).toContain(await sees(username, caseId));
    await app.sql('UPDATE records.member SET active = true, may_receive = true WHERE user_id = ANY ($1)', [
      [staff('rhys'), staff('quinn')],
    ]);
  });

  it('REF-5, REF-6: consent is recorded, or overridden with a ground and the reason', async () => {
    const { caseId } = await caseX(app, referrals);
    const amina = app.as('amina');
    expect(problemsOf((await refer(amina, caseId, { consent: undefined })).body)).toEqual(['consent required']);
    expect(problemsOf((await refer(amina, caseId, { consent: { answer: 'refused', ground: 'life' } })).body)).toEqual([
      'consent.reason required',
    ]);
    expect(
      problemsOf((await refer(amina, caseId, { consent: { answer: 'refused', ground: 'whim', reason: 'x' } })).body),
    ).toEqual(['consent.ground not-in-list']);
    const consent = { answer: 'refused', ground: 'life', reason: 'Her life is at risk.' };
    const { status, body } = await refer(amina, caseId, { consent });
    expect(status).toBe(201);
    expect((await view('amina', body.id)).body.consent).toEqual(consent);
    const act = (await app.acts('records')).find((a) => a.objects.some((o) => o.id === body.id))!;
    expect(act).toMatchObject({ reasons: ['without-consent-life'], detail: { consent } });
  });

  it('REF-8: a referral to an outside body is recorded; nobody can answer it, nobody gains access', async () => {
    const { caseId } = await caseX(app, referrals);
    const more = { recipient: undefined, outsideBody: 'The harbour food bank' };
    const { status, body } = await refer(app.as('amina'), caseId, more);
    expect([status, body.status]).toEqual([201, 'recorded']);
    expect((await view('amina', body.id)).body).toMatchObject({ outsideBody: 'The harbour food bank', toId: null });
    expect((await view('bevan', body.id)).status).toBe(404);
    expect((await answer(app.as('amina'), body.id, 'acceptance')).status).toBe(403);
    expect((await answer(app.as('amina'), body.id, 'withdrawal')).body).toMatchObject({
      status: 409,
      state: 'recorded',
    });
    expect(await actsOf(body.id)).toContain(done('referral.record-outside'));
    expect(problemsOf((await refer(app.as('amina'), caseId, { outsideBody: 'Both' })).body)).toEqual([
      'outsideBody referral.one-recipient',
    ]);
  });

  it('REF-9, REF-16, REF-21: accepted, its recipient sees the agreed fields and no others; its sender is told', async () => {
    const { caseId, id, people } = await offered();
    const accepted = await answer(app.as('bevan'), id, 'acceptance');
    expect(accepted.body).toMatchObject({ status: 'accepted', version: 2 });
    const { body } = await app.as('bevan').get(`/api/records/onward-referrals/${id}/case`);
    expect(body.people).toEqual([
      {
        ...{ id: people[0], version: 1, roles: ['subject'], gp: 'The practice by the harbour' },
        name: expect.objectContaining({ given: 'Tamsin', family: 'Ashgrove' }),
      },
    ]);
    expect(body).toMatchObject({ view: 'health', keyFacts: { staffRisk: { level: 'known' } }, relationships: [] });
    expect(JSON.stringify(body)).not.toMatch(/Baker|Invented|Corin|timeline/);
    const looked = (await app.acts('records')).findLast((a) => a.action === 'case.view' && a.actor === staff('bevan'))!;
    expect(looked).toMatchObject({ outcome: 'done', subjects: [people[0]] });
    expect(looked.items).toContain('health');
    expect(await actsOf(id)).toContain(done('referral.accept'));
    for (const hidden of [`cases/${caseId}`, `people/${people[0]}`, `people/${people[1]}`])
      expect((await app.as('bevan').get(`/api/records/${hidden}`)).status).toBe(404);
    for (const other of ['una', 'dov']) {
      expect((await view(other, id)).status).toBe(404);
      expect((await app.as(other).get(`/api/records/onward-referrals/${id}/case`)).status).toBe(404);
    }
    const sent = () => app.as('amina').get('/api/records/onward-referrals?box=sent&limit=100');
    const told = async () => (await sent()).body.items.find((r: { id: string }) => r.id === id);
    expect(await told()).toMatchObject({ state: 'accepted', news: true, answeredBy: staff('bevan') });
    expect((await view('amina', id)).body.answeredAt).not.toBeNull();
    expect(await told()).toMatchObject({ news: false });
    expect((await answer(app.as('bevan'), id, 'acceptance')).body).toMatchObject({ status: 409, state: 'accepted' });
    const { body: record } = await app.as('amina').get(`/api/records/cases/${caseId}`);
    expect(record.timeline.slice(0, 2).map((t: { what: string }) => t.what)).toEqual([
      'onward-accepted',
      'referred-onward',
    ]);
  });

  it('REF-10, REF-11: declined with a reason, which is needed; the preview is gone, and it may be offered again', async () => {
    const { caseId, id } = await offered();
    expect(problemsOf((await answer(app.as('bevan'), id, 'decline')).body)).toContain('note required');
    const declined = await answer(app.as('bevan'), id, 'decline', { note: 'She moved out of our area.' });
    expect(declined.body.status).toBe('declined');
    const { body } = await view('bevan', id);
    expect(Object.keys(body).sort()).toEqual([
      ...['answeredAt', 'answeredBy', 'endedAt', 'endedBy', 'fromId', 'fromOrg', 'id', 'may', 'news', 'offeredAt'],
      ...['outsideBody', 'respondBy', 'side', 'state', 'toId', 'toOrg', 'version'],
    ]);
    expect((await view('amina', id)).body).toMatchObject({
      ...{ state: 'declined', answerReason: 'She moved out of our area.', answeredAt: expect.any(String), news: true },
    });
    expect(await actsOf(id)).toContain(done('referral.decline'));
    expect((await refer(app.as('amina'), caseId)).status).toBe(201);
  });

  it('REF-12, REF-15: completed with a note once accepted; access ends', async () => {
    const { id } = await offered();
    const early = await answer(app.as('bevan'), id, 'completion', { note: 'Seen at home.' });
    expect(early.body).toMatchObject({ status: 409, state: 'offered' });
    await answer(app.as('bevan'), id, 'acceptance');
    expect(problemsOf((await answer(app.as('bevan'), id, 'completion')).body)).toContain('note required');
    expect((await answer(app.as('bevan'), id, 'completion', { note: 'Seen at home.' })).body.status).toBe('completed');
    expect((await app.as('bevan').get(`/api/records/onward-referrals/${id}/case`)).status).toBe(403);
    expect((await view('amina', id)).body).toMatchObject({ state: 'completed', endNote: 'Seen at home.' });
    expect(await actsOf(id)).toContain(done('referral.complete'));
  });

  it('REF-13: either side ends an accepted one early; by whom and when is kept, access ends', async () => {
    for (const who of ['amina', 'bevan']) {
      const { id } = await offered();
      await answer(app.as('bevan'), id, 'acceptance');
      expect((await answer(app.as(who), id, 'withdrawal')).body.status).toBe('withdrawn');
      expect((await view('amina', id)).body).toMatchObject({
        ...{ state: 'withdrawn', endedBy: staff(who), endedAt: expect.any(String) },
      });
      expect((await app.as('bevan').get(`/api/records/onward-referrals/${id}/case`)).status).toBe(403);
      expect(await actsOf(id)).toContain(done('referral.withdraw'));
    }
  });

  it('REF-14: is withdrawn although its recipient has left since', async () => {
    const { id } = await offered({ recipient: staff('rhys') });
    await app.sql('UPDATE records.member SET active = false WHERE user_id = $1', [staff('rhys')]);
    const { status, body } = await answer(app.as('amina'), id, 'withdrawal');
    await app.sql('UPDATE records.member SET active = true WHERE user_id = $1', [staff('rhys')]);
    expect([status, body.status]).toEqual([200, 'withdrawn']);
  });

  it('REF-17: its sender cannot accept it, and its recipient declines what is not accepted', async () => {
    const { id } = await offered();
    expect((await answer(app.as('amina'), id, 'acceptance')).body).toMatchObject({
      ...{ status: 403, code: 'referral.forbidden', reasons: ['referral.not-for-sender'] },
    });
    expect((await answer(app.as('bevan'), id, 'withdrawal')).status).toBe(403);
    expect(await actsOf(id)).toContain(denied('referral.accept'));
  });

  it('REF-18: the recipient’s manager answers for the team; both names are kept', async () => {
    const { id } = await offered();
    expect((await answer(app.as('carys'), id, 'acceptance')).status).toBe(200);
    expect((await view('amina', id)).body).toMatchObject({ toId: staff('bevan'), answeredBy: staff('carys') });
    expect((await app.as('carys').get(`/api/records/onward-referrals/${id}/case`)).status).toBe(200);
  });

  it('REF-19: a second offer to the same person while one is open is refused, also at once', async () => {
    const { caseId } = await caseX(app, referrals);
    const both = await Promise.all([refer(app.as('amina'), caseId), refer(app.as('tomas'), caseId)]);
    expect(both.map((b) => b.status).sort()).toEqual([201, 409]);
    expect(both.find((b) => b.status === 409)!.body.code).toBe('referral.open');
    expect(await count(caseId)).toBe(1);
    expect((await refer(app.as('amina'), caseId, { recipient: staff('nia') })).status).toBe(201);
  });

  it('REF-20: expires once when its date passes unanswered; the preview is gone and the sender told', async () => {
    const { id, caseId } = await offered();
    const expiry = app.running.app.get(ExpiryService, { strict: false });
    expect(await expiry.expire(id, 1)).toBe(false);
    await app.sql(
      "UPDATE records.onward_referral SET respond_by = clock_timestamp() - interval '1 second' WHERE id = $1",
      [id],
    );
    const ended = await Promise.all([expiry.expire(id, 1), expiry.expire(id, 1), expiry.sweep()]);
    expect(ended.filter((e) => e === true).length).toBeLessThanOrEqual(1);
    expect((await view('bevan', id)).body).not.toHaveProperty('reason');
    expect((await view('amina', id)).body).toMatchObject({ state: 'expired', news: true, version: 2 });
    expect((await actsOf(id)).filter((a) => a === done('referral.expire'))).toHaveLength(1);
    expect((await answer(app.as('bevan'), id, 'acceptance')).body).toMatchObject({ status: 409, state: 'expired' });
    const changes = await app.sql(
      `SELECT 1 FROM records.outbox WHERE stream_id = $1 AND convert_from(body, 'UTF8') LIKE '%onward-referral-changed%'`,
      [caseId],
    );
    expect(changes).toHaveLength(1);
  });

  it('REF-27: its recipient corrects a field of the agreed view, and no other', async () => {
    const { id, subject, caseId } = await offered();
    const path = `/api/records/onward-referrals/${id}/people/${subject}/corrections`;
    const correct = (body: object, version = 1) => app.as('bevan').post(path, body, { version });
    expect((await correct({ gp: 'The practice on the hill' })).status).toBe(403);
    await answer(app.as('bevan'), id, 'acceptance');
    for (const outside of [{ occupation: 'Welder' }, { name: { family: 'Other' } }, { addresses: [] }])
      expect((await correct(outside)).body).toMatchObject({ status: 403, code: 'referral.outside-view' });
    expect((await correct({ gp: 7 })).status).toBe(422);
    expect((await correct({ gp: 'The practice on the hill' }, 4)).status).toBe(409);
    const { status, body } = await correct({ gp: 'The practice on the hill' });
    expect([status, body.version, body.parts]).toEqual([200, 2, ['gp']]);
    expect((await app.as('carys').post(path, { gp: 'x' }, { version: 2 })).status).toBe(200);
    expect((await app.as('una').post(path, { gp: 'y' }, { version: 3 })).status).toBe(404);
    const { body: record } = await app.as('amina').get(`/api/records/cases/${caseId}`);
    expect(record.people[0]).toMatchObject({ gp: 'x', occupation: 'Baker' });
    expect(record.people[0].addresses).toHaveLength(2);
  });

  it('closes with its case: whom a restriction does not name sees neither the referral nor what it showed, and is offered nothing', async () => {
    const { id, caseId } = await offered();
    await answer(app.as('bevan'), id, 'acceptance');
    const restriction = newId();
    await app.sql(
      `INSERT INTO records.restriction (id, case_id, kind, trace, reason, review_on, pack, since, by_id, org_id)
       VALUES ($1, $2, 'colleague', 'nothing', 'A test.', '2027-01-01', 'p@1', now(), $3, $4)`,
      [restriction, caseId, staff('amina'), org('northbank-council')],
    );
    await app.sql('INSERT INTO records.restriction_named (restriction_id, user_id, since) VALUES ($1, $2, now())', [
      ...[restriction, staff('amina')],
    ]);
    for (const username of ['bevan', 'tomas']) {
      expect((await view(username, id)).status).toBe(404);
      const box = await app
        .as(username)
        .get(`/api/records/onward-referrals?box=${username === 'bevan' ? 'received' : 'sent'}&limit=100`);
      expect(JSON.stringify(box.body)).not.toContain(id);
    }
    expect((await app.as('bevan').get(`/api/records/onward-referrals/${id}/case`)).status).toBe(404);
    expect((await view('amina', id)).status).toBe(200);
    expect(problemsOf((await refer(app.as('amina'), caseId, { recipient: staff('nia') })).body)).toEqual([
      'recipient referral.cannot-receive',
    ]);
  });

  it('keeps the second wall: without an accepted referral the database shows its recipient nothing', async () => {
    const { id } = await offered();
    const rows = async (user: string, orgId: string, table: string) =>
      (await asRole(app, user, orgId, `SELECT 1 FROM ${table}`)).length;
    const before = await rows(staff('nia'), org('safe-harbour'), 'onward_referral');
    expect(await rows(staff('una'), org('eastvale-nhs'), 'person')).toBe(0);
    await answer(app.as('bevan'), id, 'acceptance');
    expect(await rows(staff('una'), org('eastvale-nhs'), 'person')).toBe(0);
    expect(await rows(staff('bevan'), org('eastvale-nhs'), 'person')).toBeGreaterThan(0);
    expect(await rows(staff('bevan'), org('northbank-fire'), 'person')).toBe(0);
    expect(await rows(staff('nia'), org('safe-harbour'), 'onward_referral')).toBe(before);
  });

  it('is refused in the order of checks: sign-in, visible, current, entitled, valid', async () => {
    const { caseId } = await caseX(app, referrals);
    const path = `/api/records/cases/${caseId}/onward-referrals`;
    expect((await app.asNobody().post(path, offerOf())).status).toBe(401);
    expect((await app.as('dov').post(path, {}, { version: 9 })).status).toBe(404);
    expect((await app.as('jo').post(path, {}, { version: 9 })).status).toBe(409);
    expect((await app.as('jo').post(path, {}, { version: 1 })).status).toBe(403);
    expect((await app.as('amina').post(path, {}, { version: 1 })).status).toBe(422);
    expect((await app.as('amina').post(path, offerOf())).status).toBe(400);
    expect(
      problemsOf((await refer(app.as('amina'), caseId, { purpose: 'fun', view: 'all', people: [newId()] })).body),
    ).toEqual(['people person.unknown', 'purpose not-in-list', 'view not-in-list']);
    expect((await app.as('erin').get('/api/records/onward-referrals?box=sent')).status).toBe(403);
    expect((await app.as('amina').get('/api/records/onward-referrals')).status).toBe(422);
    const { body } = await app.as('amina').get('/api/records/hand-over/practice');
    expect(body).toMatchObject({ pack: expect.stringMatching(/hand-over@4$/), bulkCap: 100 });
  });
});

/** Runs SQL as the context's own database role, for somebody. */
async function asRole(app: TestApp, user: string, orgId: string, sql: string): Promise<unknown[]> {
  const { Client } = await import('pg');
  const { Databases } = await import('@concordat/platform');
  const client = new Client({ connectionString: app.running.app.get(Databases).url('records') });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      "SELECT set_config('concordat.scope', 'user', true), set_config('concordat.org', $1, true), set_config('concordat.user', $2, true)",
      [orgId, user],
    );
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
