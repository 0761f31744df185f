import { addDays } from '@concordat/clocks';
import { startApp, type TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';
import { forumSetUp } from '../forums/northbank.testing';
import { RiskModule } from '../risk.module';
import { Conferring } from './conferring.testing';
import { DecisionsStandIn } from './decisions.testing';

const AT = '/api/risk';
const [POLICE, HOUSING, NHS] = [org('northbank-police'), org('harbour-housing'), org('eastvale-nhs')];

/** Each with the acts that it leaves: `lastAct` is the last of an action among `app.acts`. */
describe('what stands beside the rhythm of a forum', () => {
  let app: TestApp;
  let at: Conferring;
  const decisions = new DecisionsStandIn();
  beforeAll(async () => {
    app = await startApp([RiskModule], { CONCORDAT_URLS: await decisions.start() });
    at = new Conferring(app);
  });
  afterAll(async () => {
    await app.stop();
    await decisions.stop();
  });

  it('is called out of its rhythm for one case, and the person harmed is spoken with before it, by a safe way', async () => {
    const forumId = await forumSetUp(app);
    const here = await at.place();
    const { get, post, lastAct, meeting, item, today: TODAY } = at;
    await at.records.part(here.caseId, 'safe-harbour', { level: 'contributor' });
    const { id: planned } = (await post('idris', `/forums/${forumId}/meetings`, { heldOn: addDays(TODAY, 7) }))
      .body as {
      id: string;
    };
    const { id: referral } = (await at.refer('hana', forumId, here)).body as { id: string };
    expect((await meeting('idris', planned)).items).toHaveLength(1);

    // The advocate's agency is asked, and says what came of it: by no way that is not known to be safe.
    const { items: asked } = (await get('nia', '/advocate-contacts')).body as {
      items: { id: string; caseId: string }[];
    };
    const contact = asked.find((each) => each.caseId === here.caseId)!;
    expect(contact).toMatchObject({ state: 'asked', heldOn: addDays(TODAY, 7), late: false, subjectId: here.subject });
    expect((await lastAct('advocate-contact.list')).subjects).toContain(here.subject);
    expect((await get('gwen', `/advocate-contacts/${contact.id}`)).status).toBe(404);
    const attempt = { on: addDays(TODAY, -1), time: '14:30', way: 'phone', safe: 'not-known', outcome: 'no-answer' };
    const record = (more: object, version: number, who = 'nia') =>
      post(who, `/advocate-contacts/${contact.id}/attempts`, { ...attempt, ...more }, version);
    expect((await record({}, 1)).body.errors[0].code).toBe('contact.not-safe');
    await expect(
      app.sql(
        `INSERT INTO risk.advocate_attempt VALUES ($1, 2, now(), 'phone', 'no', false, 'reached', 'x', $2, now())`,
        [contact.id, staff('nia')],
      ),
    ).rejects.toThrow('check');
    expect((await record({ outcome: 'not-tried', words: 'He answers her phone' }, 1)).body).toMatchObject({
      ...{ version: 2, status: 'tried' },
    });
    expect((await record({ safe: 'yes' }, 1)).status).toBe(409);
    const wishes = { safe: 'yes', way: 'in-person', outcome: 'reached', words: 'She wants to be gone by Friday' };
    expect((await record(wishes, 2, 'gwen')).status).toBe(404);
    expect((await record(wishes, 2)).body.status).toBe('reached');
    expect(await lastAct('advocate-contact.record')).toMatchObject({ decision: 'reached', subjects: [here.subject] });
    expect((await get('nia', '/advocate-contacts')).body.items).not.toContainEqual(
      expect.objectContaining({ id: contact.id }),
    );

    // It cannot wait: with reason and notice the case leaves the agenda that is planned, and stands alone on one that is issued.
    const call = (who: string, more: object = {}, version = 1) =>
      post(
        who,
        `/forum-referrals/${referral}/emergency-meetings`,
        { heldOn: addDays(TODAY, 1), startsAt: '09:30', reason: 'He is let out on Thursday', ...more },
        version,
      );
    expect((await call('amina')).status).toBe(403);
    expect((await call('idris', {}, 2)).status).toBe(409);
    expect((await call('idris', { heldOn: addDays(TODAY, 4) })).body.errors[0].code).toBe('emergency.too-late');
    expect((await call('idris', { reason: '' })).status).toBe(422);
    const called = await call('idris');
    expect([called.status, called.body.version]).toEqual([201, 1]);
    const { id } = called.body as { id: string };
    expect(await lastAct('meeting.call-emergency')).toMatchObject({
      ...{ rule: 'marac@1', recipients: expect.arrayContaining([expect.objectContaining({ org: HOUSING })]) },
      objects: expect.arrayContaining([{ t: 'meeting', id, ver: '1' }]),
    });
    expect((await call('idris')).body.code).toBe('meeting.called-already');
    expect((await meeting('idris', planned)).items).toEqual([]);
    const emergency = await meeting('gwen', id);
    expect(emergency).toMatchObject({
      ...{ quorum: 2, meeting: { state: 'agenda-issued', emergencyReason: 'He is let out on Thursday' } },
      items: [expect.objectContaining({ caseId: here.caseId })],
    });
    // The rhythm stands: the day that is proposed is not counted from it, and a meeting of the same day is planned beside it.
    const { text } = (await get('gwen', `/meetings/${id}/calendar`)).body as { text: string };
    expect(text).toContain(`UID:${id}@meetings.concordat\r\nSEQUENCE:0`);
    expect(text).not.toMatch(/MARAC|let out/);
    expect((await get('hana', `/meetings/${id}/calendar`)).status).toBe(404);
    const list = (await get('idris', `/forums/${forumId}/meetings`)).body;
    expect(list.items.map((m: { emergency: boolean }) => m.emergency)).toEqual([false, true]);
    expect((await post('idris', `/forums/${forumId}/meetings`, { heldOn: addDays(TODAY, 1) })).status).toBe(201);

    // What she said is shown in session alone, to whom an agreement lets it be shown, at each look.
    const only = emergency.items[0].id as string;
    decisions.permits = new Set([POLICE]);
    expect((await item('gwen', only)).contact).toMatchObject({ state: 'reached', attempts: [] });
    await at.stepped('gwen', id, 'open-session', { statementRead: true });
    for (const who of ['gwen', 'idris']) expect((await at.sign(who, id)).status).toBe(200);
    const said = async (who: string) =>
      (await item(who, only)).contact.attempts.map((each: { words: string }) => each.words) as string[];
    expect(await said('gwen')).toEqual(['He answers her phone', wishes.words]);
    expect(await said('idris')).toEqual([]);
    decisions.permits = new Set();
    expect(await said('gwen')).toEqual([]);
    expect((await post('gwen', `/agenda-items/${only}/openings`, {}, 1)).status).toBe(200);
    const decided = { decision: 'plan-agreed', rationale: 'She leaves today' };
    expect((await post('gwen', `/agenda-items/${only}/decisions`, decided, 2)).status).toBe(200);
    expect((await call('idris')).body.code).toBe('forum-referral.not-waiting');

    // Issued, the minutes stay as they are; what is put right stands beside them, with who proposed and who agreed.
    const amend = (who: string, version: number, more: object = {}) =>
      post(
        who,
        `/agenda-items/${only}/amendments`,
        { part: 'rationale', after: 'She leaves tomorrow', reason: 'The day was misheard', ...more },
        version,
      );
    await at.stepped('idris', id, 'end-session');
    expect((await amend('idris', 1)).body.code).toBe('meeting.too-early');
    const { version } = (await meeting('gwen', id)).meeting as { version: number };
    expect((await post('gwen', `/meetings/${id}/approvals`, {}, version)).status).toBe(200);
    await at.stepped('gwen', id, 'issue-minutes');
    expect((await amend('bevan', 1)).status).toBe(403);
    expect((await amend('idris', 1, { after: decided.rationale })).body.code).toBe('amendment.nothing');
    const proposed = await amend('idris', 1);
    expect(proposed.status).toBe(201);
    expect(await lastAct('minutes.propose-amendment')).toMatchObject({ items: ['rationale'] });
    expect((await amend('gwen', 2)).body.code).toBe('amendment.waiting');
    const answer = (who: string, what: string, version = 1) =>
      post(who, `/minute-amendments/${proposed.body.id}/answers`, { do: what }, version);
    expect([(await answer('idris', 'agree')).status, (await answer('bevan', 'agree')).status]).toEqual([403, 404]);
    const minuted = async (who: string) => (await get(who, `/meetings/${id}/minutes`)).body.items[0];
    expect(await minuted('bevan')).toMatchObject({ rationale: decided.rationale, amendments: [] });
    expect((await minuted('gwen')).amendments).toHaveLength(1);
    await expect(
      app.sql(`UPDATE risk.minute_amendment SET after = 'x' WHERE id = $1`, [proposed.body.id]),
    ).rejects.toThrow('never rewritten');
    expect((await answer('gwen', 'refuse')).status).toBe(422);
    expect((await answer('gwen', 'agree')).body.status).toBe('agreed');
    expect(await lastAct('minutes.answer-amendment')).toMatchObject({ decision: 'agreed', actorOrg: POLICE });
    expect((await answer('gwen', 'agree', 2)).status).toBe(409);
    expect(await minuted('bevan')).toMatchObject({
      rationale: 'She leaves tomorrow',
      amendments: [{ before: decided.rationale, proposedBy: staff('idris'), answeredBy: staff('gwen') }],
    });
    expect(
      (await app.asService('records').get(`${AT}/held-about/${here.subject}`)).body.items.map(
        (i: { text: string }) => i.text,
      ),
    ).toContainEqual(expect.stringContaining(wishes.words));
  });

  it('follows whom it is about to another area: by a decision, with what was minuted, acknowledged and referred anew there', async () => {
    const { get, post, lastAct, meeting, item, today } = at;
    const from = await forumSetUp(app, { advocateOrg: undefined });
    // The forum of another area, which the NHS leads.
    const to = await forumSetUp(app, {
      ...{ title: 'Eastvale MARAC', chairs: [staff('bevan')], coordinators: [staff('bevan')], advocateOrg: undefined },
    });
    const here = await at.place();
    const { id: planned } = (await post('idris', `/forums/${from}/meetings`, { heldOn: today })).body as { id: string };
    const { id: referral } = (await at.refer('hana', from, here, { childIds: [here.child] })).body as { id: string };
    const send = (who: string, more: object = {}, version = 1) =>
      post(
        who,
        `/forum-referrals/${referral}/transfers`,
        { toForum: to, reason: 'She has moved to Eastvale', informs: ['RISK', 'CONTACT'], ...more },
        version,
      );
    expect((await send('amina')).status).toBe(403);
    expect((await send('idris', { informs: [] })).body.errors[0].field).toBe('informs');
    expect((await send('idris', { toForum: from })).body.errors[0].field).toBe('toForum');
    // Not permitted, nothing goes: the case stays on its agenda.
    decisions.permits = new Set();
    expect((await send('idris')).body.code).toBe('forum-transfer.not-permitted');
    expect((await meeting('idris', planned)).items).toHaveLength(1);
    decisions.permits = new Set([NHS]);
    const sent = await send('idris');
    expect([sent.status, sent.body.version]).toEqual([201, 1]);
    expect(decisions.questions.at(-1)).toMatchObject({
      recipients: [NHS],
      items: ['CONTACT', 'RISK'],
      purpose: 'MARAC',
    });
    expect(await lastAct('forum-transfer.send')).toMatchObject({
      ...{ rule: 'stand-in@1.0.0', items: ['RISK', 'CONTACT'], subjects: [here.subject] },
      recipients: [expect.objectContaining({ org: NHS })],
    });
    expect((await meeting('idris', planned)).items).toEqual([]);
    const stood = (await get('hana', `/cases/${here.caseId}/forum-referrals`)).body.items[0];
    expect([stood.standing, stood.steps[0].step]).toEqual(['transferred', 'transfer']);
    expect((await send('idris', {}, 2)).status).toBe(409);

    // There it is seen by whoever leads, as long as an agreement lets them; by nobody else.
    const { id } = sent.body as { id: string };
    for (const who of ['wren', 'nia', 'hana']) expect((await get(who, `/forum-transfers/${id}`)).status).toBe(404);
    expect((await get('bevan', `/forum-transfers/${id}`)).body).toMatchObject({
      ...{
        from: 'Northbank MARAC',
        to: 'Eastvale MARAC',
        reason: 'She has moved to Eastvale',
        may: { acknowledge: true },
      },
      with: [
        expect.objectContaining({
          heldOn: null,
          criteria: [expect.objectContaining({ evidence: expect.any(String) })],
        }),
      ],
    });
    expect(decisions.questions.at(-1)).toMatchObject({ kind: 'CONSULT', consent: { state: 'GIVEN' } });
    decisions.permits = new Set();
    expect((await get('bevan', `/forum-transfers/${id}`)).body).toMatchObject({ reason: null, with: null });
    expect((await lastAct('forum-transfer.view')).subjects).toEqual([here.subject]);
    expect((await get('bevan', `/forums/${to}/transfers`)).body.items).toEqual([
      expect.objectContaining({ id, incoming: true, other: 'Northbank MARAC', acknowledgedAt: null }),
    ]);
    expect((await get('gwen', `/forums/${to}/transfers`)).status).toBe(403);

    const acknowledge = (who: string, version = 1) =>
      post(who, `/forum-transfers/${id}/acknowledgements`, { words: 'Heard here on Friday' }, version);
    expect((await acknowledge('idris')).status).toBe(403);
    const there = await post('bevan', `/forums/${to}/meetings`, { heldOn: today });
    expect(there.status).toBe(201);
    expect((await acknowledge('bevan')).status).toBe(201);
    expect((await lastAct('forum-transfer.acknowledge')).rule).toBe('marac@1');
    expect((await acknowledge('bevan', 2)).body.code).toBe('forum-transfer.acknowledged');
    const [listed] = (await meeting('bevan', there.body.id)).items;
    expect(listed).toMatchObject({ fromForum: from, repeat: null, childIds: [here.child], referredBy: NHS });
    expect((await item('bevan', listed.id)).origin).toBe('Northbank MARAC');
    expect((await get('idris', `/forum-transfers/${id}`)).body.acknowledgedWords).toBe('Heard here on Friday');
  });
});
