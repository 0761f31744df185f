import { RecordsModule } from '@concordat-app/records';
import { newId } from '@concordat/contracts';
import { eventually, startApp, type Caller, type TestApp } from '@concordat/testing';
import { caseX, problemsOf } from '../../handed.testing';
import { org, PeersStandIn, staff } from '../../opened.testing';

const done = (action: string): string => `${action} done`;
const denied = (action: string): string => `${action} denied`;

describe('transfer of ownership', () => {
  const referrals = new PeersStandIn();
  let app: TestApp;
  const [council, nhs] = [org('northbank-council'), org('eastvale-nhs')];
  beforeAll(async () => {
    app = await startApp([RecordsModule], { CONCORDAT_URLS: await referrals.start() });
    await eventually(
      async () => (await app.sql('SELECT 1 FROM records.member WHERE manager_id IS NOT NULL')).length === 1,
    );
  });
  afterAll(async () => {
    await app.stop();
    await referrals.stop();
  });

  const offer = (who: Caller, caseId: string, more: object = {}, version = 1) =>
    who.post(
      `/api/records/cases/${caseId}/transfers`,
      { recipient: staff('bevan'), reason: 'She moved to Eastvale.', ...more },
      { version },
    );
  const ask = (who: Caller, caseId: string, version = 1) =>
    who.post(`/api/records/cases/${caseId}/transfer-requests`, { reason: 'I see her weekly.' }, { version });
  const step = async (who: Caller, id: string, name: string, body: object = {}) => {
    const { body: seen } = await who.get<{ version?: number }>(`/api/records/transfers/${id}`);
    return who.post(`/api/records/transfers/${id}/${name}`, body, { version: seen?.version ?? 1 });
  };
  const ownership = async (username: string, caseId: string, on = '') =>
    (await app.as(username).get(`/api/records/cases/${caseId}/ownership${on && `?on=${encodeURIComponent(on)}`}`)).body;
  const offered = async (more: object = {}) => {
    const made = await caseX(app, referrals);
    const { status, body } = await offer(app.as('amina'), made.caseId, more);
    expect([status, body.errors]).toEqual([201, undefined]);
    return { ...made, id: body.id as string };
  };
  const sees = async (username: string, caseId: string) =>
    (await app.as(username).get(`/api/records/cases/${caseId}`)).status;
  const actsOf = async (id: string) =>
    (await app.acts('records'))
      .filter((a) => a.objects.some((o) => o.id === id))
      .map((a) => `${a.action} ${a.outcome}`);

  it('TRF-1, TRF-2: is offered; the owner stays, and the recipient and their manager can answer', async () => {
    const { caseId, id } = await offered();
    expect((await ownership('amina', caseId)).owner).toMatchObject({ ownerId: staff('amina'), orgId: council });
    expect(await actsOf(id)).toContain(done('transfer.offer'));
    for (const [username, box, may] of [
      ['amina', 'sent', false],
      ['bevan', 'received', true],
      ['carys', 'received', true],
    ] as const) {
      const { body } = await app.as(username).get(`/api/records/transfers?box=${box}&limit=100`);
      const found = body.items.find((t: { id: string }) => t.id === id);
      expect([username, found.state, found.may.accept]).toEqual([username, 'offered', may]);
      expect(JSON.stringify(found)).not.toContain('Ashgrove');
    }
    expect(await sees('bevan', caseId)).toBe(404);
    for (const other of ['una', 'dov'])
      expect((await app.as(other).get(`/api/records/transfers/${id}`)).status).toBe(404);
    expect(await actsOf(id)).toEqual(expect.arrayContaining([done('transfer.list'), denied('transfer.view')]));
  });

  it('TRF-3, TRF-14: accepted, it changes hands whole; what was before is kept and can be asked for', async () => {
    const { caseId, id } = await offered({ keep: 'reader' });
    const before = (await app.as('amina').get(`/api/records/cases/${caseId}`)).body;
    const halfway = new Date().toISOString();
    const { status, body } = await step(app.as('carys'), id, 'acceptance');
    expect([status, body.status]).toEqual([200, 'accepted']);
    const { body: now } = await app.as('bevan').get(`/api/records/cases/${caseId}`);
    expect(now).toMatchObject({
      ...{ leadOrg: nhs, level: 'lead', version: 2, openedAt: before.openedAt, reference: before.reference },
    });
    expect(now.timeline.slice(-before.timeline.length + 1)).toEqual(before.timeline.slice(1));
    expect(now.timeline[0].what).toBe('transfer-accepted');
    const { owner, owners } = await ownership('bevan', caseId);
    expect(owner).toMatchObject({ ownerId: staff('bevan'), orgId: nhs, how: 'transferred', by: staff('carys') });
    expect(owners.map((o: { ownerId: string; orgId: string }) => [o.ownerId, o.orgId])).toEqual([
      [staff('amina'), council],
      [staff('bevan'), nhs],
    ]);
    expect((await ownership('bevan', caseId, halfway)).owner).toMatchObject({
      ...{ ownerId: staff('amina'), orgId: council, from: before.openedAt },
    });
    expect((await app.as('amina').get(`/api/records/cases/${caseId}`)).body.level).toBe('reader');
    expect((await app.as('amina').get(`/api/records/transfers/${id}`)).body).toMatchObject({
      ...{ state: 'accepted', toId: staff('bevan'), answeredBy: staff('carys'), answeredAt: expect.any(String) },
    });
    expect(await actsOf(id)).toContain(done('transfer.accept'));
    const events = await app.sql<{ type: string }>(
      `SELECT convert_from(body, 'UTF8')::jsonb->>'type' AS type FROM records.outbox WHERE stream_id = $1 ORDER BY stream_version`,
      [caseId],
    );
    expect(events.slice(-5).map((e) => e.type.split('.')[1])).toEqual([
      ...['transfer-changed', 'case-access-changed', 'case-access-changed', 'case-owner-changed', 'transfer-changed'],
    ]);
    expect((await step(app.as('bevan'), id, 'acceptance')).body).toMatchObject({ status: 409, state: 'accepted' });
  });

  it('TRF-3: the agency that led it keeps nothing when that was said', async () => {
    const { caseId, id } = await offered({ keep: 'nothing' });
    expect((await step(app.as('bevan'), id, 'acceptance')).status).toBe(200);
    expect(await sees('amina', caseId)).toBe(404);
    expect(await sees('bevan', caseId)).toBe(200);
    const { body } = await app.as('bevan').get(`/api/records/cases/${caseId}`);
    expect(body.participants.map((p: { orgId: string; to: string | null }) => [p.orgId, p.to === null])).toEqual([
      [council, false],
      [nhs, true],
    ]);
  });

  it('TRF-4: declined with a reason, the owner stays and learns why', async () => {
    const { caseId, id } = await offered();
    expect(problemsOf((await step(app.as('bevan'), id, 'decline')).body)).toContain('reason required');
    expect((await step(app.as('bevan'), id, 'decline', { reason: 'Not ours.' })).body.status).toBe('declined');
    expect((await ownership('amina', caseId)).owner.ownerId).toBe(staff('amina'));
    expect((await app.as('amina').get(`/api/records/transfers/${id}`)).body.answerReason).toBe('Not ours.');
    expect(await sees('bevan', caseId)).toBe(404);
    expect(await actsOf(id)).toContain(done('transfer.decline'));
  });

  it('TRF-5, TRF-6: its owner withdraws it, its recipient cannot', async () => {
    const { id, caseId } = await offered();
    expect((await step(app.as('bevan'), id, 'withdrawal')).body).toMatchObject({
      ...{ status: 403, reasons: ['transfer.not-for-recipient'] },
    });
    expect((await step(app.as('tomas'), id, 'withdrawal')).body).toMatchObject({ reasons: ['case.not-owner'] });
    expect((await step(app.as('amina'), id, 'withdrawal')).body.status).toBe('withdrawn');
    expect((await app.as('amina').get(`/api/records/transfers/${id}`)).body).toMatchObject({ answeredAt: null });
    expect((await ownership('amina', caseId)).owner.ownerId).toBe(staff('amina'));
    expect(await actsOf(id)).toEqual(expect.arrayContaining([denied('transfer.withdraw'), done('transfer.withdraw')]));
  });

  it('TRF-7: a second transfer, to anyone, is refused while one is open; also at once', async () => {
    const { caseId } = await caseX(app, referrals);
    const both = await Promise.all([
      offer(app.as('amina'), caseId),
      offer(app.as('amina'), caseId, { recipient: staff('nia') }),
    ]);
    expect(both.map((b) => b.status).sort()).toEqual([201, 409]);
    expect((await ownership('amina', caseId)).onOffer).toBe(true);
    const alerted = async () => (await app.as('amina').get(`/api/records/cases/${caseId}`)).body.onOffer;
    expect(await alerted()).toBe(true);
    const id = both.find((b) => b.status === 201)!.body.id as string;
    await step(app.as('amina'), id, 'withdrawal');
    expect((await ownership('amina', caseId)).onOffer).toBe(false);
    expect(await alerted()).toBe(false);
    expect((await offer(app.as('amina'), caseId)).status).toBe(201);
  });

  it('TRF-8, TRF-9, TRF-10: is asked for by whoever knows the case; the owner agrees, which offers it, or refuses', async () => {
    const { caseId } = await caseX(app, referrals, { participants: [council, nhs] });
    await app
      .as('amina')
      .post(`/api/records/cases/${caseId}/participations`, { orgId: nhs, level: 'reader' }, { version: 1 });
    const asked = await ask(app.as('bevan'), caseId, 2);
    expect([asked.status, asked.body.status]).toEqual([201, 'requested']);
    const id = asked.body.id as string;
    expect((await ask(app.as('bevan'), caseId, 2)).status).toBe(409);
    expect((await app.as('bevan').get(`/api/records/cases/${caseId}`)).body.level).toBe('reader');
    expect((await step(app.as('bevan'), id, 'agreement')).status).toBe(403);
    expect(problemsOf((await step(app.as('amina'), id, 'refusal')).body)).toContain('reason required');
    expect((await step(app.as('amina'), id, 'refusal', { reason: 'Not yet.' })).body.status).toBe('refused');
    expect((await app.as('bevan').get(`/api/records/transfers/${id}`)).body.answerReason).toBe('Not yet.');
    const again = (await ask(app.as('bevan'), caseId, 2)).body.id as string;
    expect((await step(app.as('amina'), again, 'agreement')).body.status).toBe('offered');
    expect((await step(app.as('bevan'), again, 'acceptance')).body.status).toBe('accepted');
    expect((await ownership('bevan', caseId)).owner.ownerId).toBe(staff('bevan'));
    expect(await actsOf(id)).toEqual(expect.arrayContaining([done('transfer.request'), done('transfer.refuse')]));
  });

  it('TRF-8: a request is taken back by whoever made it, and by nobody else', async () => {
    const { caseId } = await caseX(app, referrals, { participants: [council, nhs] });
    const id = (await ask(app.as('bevan'), caseId)).body.id as string;
    expect((await app.as('amina').get(`/api/records/transfers/${id}`)).body).toMatchObject({
      may: { agree: true, refuse: true, withdraw: false },
    });
    // A colleague of the owner's sees it, and decides nothing.
    expect((await app.as('tomas').get(`/api/records/transfers/${id}`)).body.may.agree).toBe(false);
    expect((await step(app.as('amina'), id, 'withdrawal')).body).toMatchObject({
      ...{ status: 403, reasons: ['transfer.not-for-owner'] },
    });
    expect((await step(app.as('bevan'), id, 'withdrawal')).body.status).toBe('withdrawn');
    expect((await step(app.as('bevan'), id, 'withdrawal')).status).toBe(403); // it is an offer's owner who withdraws
    expect((await step(app.as('amina'), id, 'agreement')).body).toMatchObject({ status: 409, state: 'withdrawn' });
  });

  it('TRF-4, TRF-10: whoever offered or asked is told how it came out, until they have looked', async () => {
    const waiting = async (username: string) =>
      (await app.as(username).get('/api/records/transfers?box=received&limit=1')).body.counts;
    const before = { amina: await waiting('amina'), bevan: await waiting('bevan') };
    const { id } = await offered();
    expect((await waiting('bevan')).received.toAnswer).toBe(before.bevan.received.toAnswer + 1);
    expect((await waiting('amina')).sent.news).toBe(before.amina.sent.news);
    await step(app.as('bevan'), id, 'decline', { reason: 'Not ours.' });
    expect((await waiting('amina')).sent.news).toBe(before.amina.sent.news + 1);
    expect((await app.as('tomas').get(`/api/records/transfers/${id}`)).body.news).toBe(false);
    expect((await app.as('amina').get(`/api/records/transfers/${id}`)).body).toMatchObject({ news: true });
    expect((await waiting('amina')).sent.news).toBe(before.amina.sent.news);

    const { caseId } = await caseX(app, referrals, { participants: [council, nhs] });
    const asked = (await ask(app.as('bevan'), caseId)).body.id as string;
    expect((await waiting('amina')).sent.toAnswer).toBe(before.amina.sent.toAnswer + 1);
    await step(app.as('amina'), asked, 'refusal', { reason: 'Not yet.' });
    expect((await waiting('bevan')).received.news).toBe(before.bevan.received.news + 1);
    expect((await waiting('amina')).sent).toEqual(before.amina.sent);
  });

  it('TRF-11: whoever may not receive cannot ask, nor whoever’s role may not', async () => {
    const police = org('northbank-police');
    const { caseId } = await caseX(app, referrals, { participants: [council, police] });
    expect((await ask(app.as('moss'), caseId)).body).toMatchObject({ status: 403, reasons: ['role.not-entitled'] });
    await app.sql('UPDATE records.member SET may_receive = false WHERE user_id = $1', [staff('rhys')]);
    const refused = await ask(app.as('rhys'), caseId);
    await app.sql('UPDATE records.member SET may_receive = true WHERE user_id = $1', [staff('rhys')]);
    expect([refused.status, problemsOf(refused.body)]).toEqual([422, ['recipient transfer.cannot-receive']]);
    expect((await ask(app.as('una'), caseId)).status).toBe(404);
    expect((await ask(app.as('amina'), caseId)).body.code).toBe('transfer.own-agency');
  });

  it('TRF-13: to an outside body it is recorded, and nothing is on offer', async () => {
    const { caseId, id } = await offered({ recipient: undefined, outsideBody: 'Another partnership' });
    const { onOffer, owner, transfers } = await ownership('amina', caseId);
    expect([onOffer, owner.ownerId, transfers[0].state]).toEqual([false, staff('amina'), 'recorded']);
    expect(await actsOf(id)).toContain(done('transfer.record-outside'));
  });

  it('is offered by its owner, or a lead of the agency that leads it, and by nobody else', async () => {
    const { caseId } = await caseX(app, referrals, { participants: [council, org('harbour-housing')] });
    for (const [username, reason] of [
      ['hana', 'organisation.not-entitled'],
      ['jo', 'role.not-entitled'],
      ['tomas', 'case.not-owner'],
    ] as const)
      expect((await offer(app.as(username), caseId)).body).toMatchObject({ status: 403, reasons: [reason] });
    expect((await offer(app.as('una'), caseId)).status).toBe(404);
    expect((await offer(app.as('amina'), caseId, {}, 7)).status).toBe(409);
    for (const [more, problem] of [
      [{ recipient: staff('tomas') }, 'recipient transfer.same-agency'],
      [{ recipient: newId() }, 'recipient transfer.cannot-receive'],
      [{ keep: 'all' }, 'keep not-in-list'],
      [{ outsideBody: 'Both' }, 'outsideBody transfer.one-recipient'],
    ] as const)
      expect(problemsOf((await offer(app.as('amina'), caseId, more)).body)).toEqual([problem]);
  });

  it('ASG-2, ASG-3: a case is given to a colleague at once, within the giver’s scope', async () => {
    const { caseId } = await caseX(app, referrals);
    const assign = (who: string, ownerId: string, version: number) =>
      app.as(who).post(`/api/records/cases/${caseId}/assignment`, { ownerId }, { version });
    expect((await assign('tomas', staff('amina'), 1)).body).toMatchObject({ reasons: ['assign.not-own-team'] });
    expect((await assign('amina', staff('bevan'), 1)).body).toMatchObject({
      ...{ status: 403, reasons: ['assign.not-own-agency'] },
    });
    expect(problemsOf((await assign('amina', staff('erin'), 1)).body)).toEqual(['ownerId case.cannot-receive']);
    expect((await ownership('amina', caseId)).owner.ownerId).toBe(staff('amina'));
    expect((await assign('amina', staff('tomas'), 1)).body).toMatchObject({ id: caseId, version: 2 });
    const { owner, owners } = await ownership('tomas', caseId);
    expect(owner).toMatchObject({ ownerId: staff('tomas'), how: 'assigned', by: staff('amina') });
    expect(owners).toHaveLength(2);
    expect((await assign('amina', staff('tomas'), 2)).body.code).toBe('case.owned-already');
    expect(await actsOf(caseId)).toEqual(expect.arrayContaining([denied('case.assign'), done('case.assign')]));
    expect((await app.as('amina').get(`/api/records/cases/${caseId}`)).body.timeline[0].what).toBe('case-assigned');
  });

  it('ASG-3: both are told, whoever got the case and whoever had it, until they have looked', async () => {
    const { caseId } = await caseX(app, referrals);
    const told = async (who: string) =>
      ((await app.as(who).get('/api/records/assignments')).body.items as { caseId: string; what: string; by: string }[])
        .filter((a) => a.caseId === caseId)
        .map((a) => [a.what, a.by]);
    const assign = (ownerId: string, version: number) =>
      app.as('amina').post(`/api/records/cases/${caseId}/assignment`, { ownerId }, { version });
    await assign(staff('tomas'), 1);
    expect([await told('tomas'), await told('amina')]).toEqual([[['given', staff('amina')]], []]);
    await ownership('tomas', caseId);
    expect(await told('tomas')).toEqual([]);
    await assign(staff('idris'), 2);
    expect(await told('idris')).toEqual([['given', staff('amina')]]);
    expect(await told('tomas')).toEqual([['passed', staff('amina')]]);
    await ownership('tomas', caseId);
    expect([await told('tomas'), await told('idris')]).toEqual([[], [['given', staff('amina')]]]);
  });
});
