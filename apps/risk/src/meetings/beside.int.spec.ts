import { addDays } from '@concordat/clocks';
import { startApp, type TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';
import { mergesReferrals, withdrawsReferral } from '../forum-referrals/withdrawn.testing';
import { forumSetUp, northbankChannel } from '../forums/northbank.testing';
import { RiskModule } from '../risk.module';
import { Conferring } from './conferring.testing';
import { DecisionsStandIn } from './decisions.testing';
import { consentChecked, recordRead } from './decision-record.testing';
import { cancellationTold, movedAndEnded } from './research-owed.testing';
import { codes, forceElsewhere, lookedAtAgain, sideBySide, stagesOnRecord } from './stages.testing';

const AT = '/api/risk';
const [POLICE, HOUSING, NHS] = [org('northbank-police'), org('harbour-housing'), org('eastvale-nhs')];
const COUNCIL = org('northbank-council');

/** Each with the acts that it leaves: `lastAct` is the last of an action among `app.acts`. */
describe('what stands beside the rhythm of a forum', () => {
  let app: TestApp;
  let at: Conferring;
  const decisions = new DecisionsStandIn();
  beforeAll(async () => {
    const sharing = await decisions.start();
    app = await startApp([RiskModule], { CONCORDAT_URLS: `${sharing},${sharing.replace('sharing', 'records')}` });
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
    expect([(await call('amina')).status, (await call('idris', {}, 2)).status]).toEqual([403, 409]);
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
      ...{ recipients: [NHS], items: ['CONTACT', 'RISK'], purpose: 'MARAC' },
    });
    const gone = await lastAct('forum-transfer.send');
    expect(gone).toMatchObject({
      ...{ rule: 'stand-in@1.0.0', items: ['RISK', 'CONTACT'], subjects: [here.subject] },
      ...{ recipients: [{ org: NHS }], objects: expect.arrayContaining([{ t: 'disclosure', id: sent.body.id }]) },
      detail: { disclosure: { withinHours: 24, to: { [NHS]: { isa: 'stand-in@1.0.0', flowId: 'F1' } } } },
    });
    expect((await meeting('idris', planned)).items).toEqual([]);
    const stood = (await get('hana', `/cases/${here.caseId}/forum-referrals`)).body.items[0];
    expect([stood.standing, stood.steps[0].step]).toEqual(['transferred', 'transfer']);
    expect((await send('idris', {}, 2)).status).toBe(409);

    // There it is seen by whoever leads, as long as an agreement lets them; by nobody else.
    const { id } = sent.body as { id: string };
    for (const who of ['wren', 'nia', 'hana']) expect((await get(who, `/forum-transfers/${id}`)).status).toBe(404);
    expect((await get('bevan', `/forum-transfers/${id}`)).body).toMatchObject({
      ...{ from: 'Northbank MARAC', to: 'Eastvale MARAC', reason: 'She has moved to Eastvale' },
      may: { acknowledge: true },
      with: [
        expect.objectContaining({
          ...{ heldOn: null, criteria: [expect.objectContaining({ evidence: expect.any(String) })] },
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
    // The other end commits to the same, of its own row.
    expect(await lastAct('forum-transfer.acknowledge')).toMatchObject({
      ...{ rule: 'marac@1', payloadCommit: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ...{ objects: expect.arrayContaining([{ t: 'disclosure', id }]) },
      detail: { disclosure: { isa: 'stand-in@1.0.0', flowId: 'F1' } },
    });
    expect((await lastAct('forum-transfer.acknowledge')).payloadCommit).toBe(gone.payloadCommit);
    expect((await acknowledge('bevan', 2)).body.code).toBe('forum-transfer.acknowledged');
    const [listed] = (await meeting('bevan', there.body.id)).items;
    expect(listed).toMatchObject({ fromForum: from, repeat: null, childIds: [here.child], referredBy: NHS });
    expect((await item('bevan', listed.id)).origin).toBe('Northbank MARAC');
    expect((await get('idris', `/forum-transfers/${id}`)).body.acknowledgedWords).toBe('Heard here on Friday');
  });

  it('a Channel panel discusses nobody without the force of their area, votes, and leaves it to the chair without a majority', async () => {
    const { get, post, lastAct, meeting, item, sign, today } = at;
    const set = async (more: object) => post('idris', '/forums', { ...northbankChannel(), ...more });
    // Nobody of the police sits on it, and one who chairs is of the police.
    const seats = [
      { orgId: NHS, people: [staff('bevan')] },
      { orgId: COUNCIL, people: [staff('idris')] },
    ];
    expect((await set({ members: seats, chairs: [staff('bevan')] })).body.errors).toEqual([
      expect.objectContaining({ field: 'members', message: expect.stringContaining('police') }),
      expect.objectContaining({ field: 'chairs' }),
    ]);
    const { id: forumId } = (await set({})).body as { id: string };
    expect((await get('hana', `/forums/${forumId}`)).body.counted).toBe(false);
    const elsewhere = await forceElsewhere(app);
    const [here, other] = [await at.place(), await at.place()];
    const grounds = { criteria: [{ code: 'reasonable-grounds', evidence: 'What he said at school' }], otherIds: [] };
    const refer = (who: string, to: typeof here, more: object = {}) =>
      at.refer(who, forumId, to, { ...grounds, consent: { answer: 'not-asked' }, ...more });
    expect(codes(await refer('hana', here))).toEqual(['forum.not-referrer', 'required']);
    expect(codes(await refer('amina', here, { homeOrg: NHS }))).toEqual(['organisation.not-of-kind']);
    const { id } = (await post('idris', `/forums/${forumId}/meetings`, { heldOn: today })).body as { id: string };
    expect((await refer('amina', here, { homeOrg: elsewhere })).status).toBe(201);
    expect((await refer('amina', other, { homeOrg: POLICE })).status).toBe(201);
    await stagesOnRecord(app, at, here.caseId);
    await sideBySide(app, at);
    const [first, second] = (await meeting('idris', id)).items.map((i: { id: string }) => i.id) as string[];
    for (const step of ['close-referrals', 'issue-agenda']) await at.stepped('idris', id, step);
    await at.stepped('amina', id, 'open-session', { statementRead: true });
    for (const who of ['amina', 'idris', 'moss', 'bevan', 'wren']) expect((await sign(who, id)).status).toBe(200);

    // Worked example 8: a force is there, and not that of the area.
    const opening = (version: number) => post('idris', `/agenda-items/${first}/openings`, {}, version);
    expect((await opening(1)).body.code).toBe('home-agency.absent');
    const nameHome = (who: string, orgId: string) => post(who, `/agenda-items/${first}/home-agency`, { orgId }, 1);
    expect((await nameHome('bevan', POLICE)).status).toBe(403);
    expect((await nameHome('idris', NHS)).status).toBe(422);
    expect((await nameHome('idris', POLICE)).body.version).toBe(2);
    expect((await lastAct('agenda-item.name-home-agency')).recipients).toEqual([
      expect.objectContaining({ org: POLICE }),
    ]);
    expect((await opening(2)).status).toBe(200);

    const hear = (who: string, more: object = {}, itemId = first!, version = 3) =>
      at.hear(who, itemId, { decision: 'adopted', recorded: 'A mentor', ...more }, version);
    const put = (who: string, decision: string, itemId = first!, version = 3) =>
      post(who, `/agenda-items/${itemId}/ballots`, { decision }, version);
    const open = (itemId = first!) => at.ballot('idris', itemId);
    const vote = (who: string, ballot: string, choice: string, orgId?: string, itemId = first!) =>
      at.vote(who, itemId, { ballot, choice, ...(orgId ? { orgId } : {}) });
    expect((await hear('amina')).body.code).toBe('vote.none');
    expect((await put('bevan', 'adopted')).status).toBe(403);
    expect((await put('idris', 'closed')).status).toBe(200);
    const { id: before } = await open();
    expect((await put('idris', 'adopted')).status).toBe(200);
    expect((await lastAct('agenda-item.put-to-vote')).decision).toBe('adopted');
    const { id: ballot } = await open();
    expect((await vote('bevan', before, 'for')).body.code).toBe('vote.changed');
    expect((await vote('bevan', ballot, 'for', HOUSING)).status).toBe(403);
    expect((await vote('bevan', ballot, 'against')).status).toBe(200);
    expect(await lastAct('agenda-item.vote')).toMatchObject({ decision: 'against', actorOrg: NHS });
    expect((await vote('nia', ballot, 'for')).status).toBe(404);
    expect((await vote('idris', ballot, 'for', org('safe-harbour'))).body.code).toBe('vote.not-there');
    expect((await vote('wren', ballot, 'abstain')).status).toBe(200);
    expect((await vote('moss', ballot, 'for')).status).toBe(200);
    expect((await hear('amina')).body.code).toBe('vote.open');
    // Whoever takes notes writes down the vote of the council. Two of four are for it: no majority.
    expect((await vote('idris', ballot, 'for', COUNCIL)).status).toBe(200);
    expect((await item('bevan', first!)).votes).toMatchObject({
      ballots: [
        { decision: 'closed', result: 'withdrawn' },
        { count: { present: 4, for: 2, against: 1, abstained: 1, missing: 0 }, result: 'no-majority' },
      ],
      may: { put: false, voteFor: [NHS] },
    });
    const here4 = (present: boolean) =>
      post('idris', `/agenda-items/${first}/presence`, { userId: staff('moss'), present });
    expect((await here4(false)).status).toBe(200);
    expect((await vote('bevan', ballot, 'for')).body.code).toBe('home-agency.absent');
    expect((await hear('amina')).body.code).toBe('home-agency.absent');
    expect((await here4(true)).status).toBe(200);
    expect((await hear('idris')).body.code).toBe('vote.chair-decides');
    expect((await hear('amina', { recorded: ' ' })).body.errors[0].field).toBe('recorded');
    // When it is looked at again the panel says, and not of what ends it.
    const againFrom = addDays(today, 20);
    expect(codes(await hear('amina', { decision: 'closed', againFrom }))).toEqual(['decision.ends']);
    expect(codes(await hear('amina', { againFrom: today }))).toEqual(['in-the-past']);
    expect((await hear('amina', { againFrom })).status).toBe(200);
    expect((await lastAct('agenda-item.hear')).reasons).toEqual(['chair']);
    expect((await item('bevan', first!)).notes).toMatchObject({
      decision: 'adopted',
      recorded: 'A mentor',
      decidedHow: 'chair',
    });
    expect((await vote('bevan', ballot, 'for')).status).toBe(409);
    const { items: held } = (await app.asService('records').get(`${AT}/held-about/${here.subject}`)).body;
    expect(held).toEqual([expect.objectContaining({ text: expect.stringContaining('A mentor') })]);
    const rewritten = app.sql(`UPDATE risk.item_ballot SET outcome = 'majority' WHERE id = $1`, [ballot]);
    await expect(rewritten).rejects.toThrow('counted once');

    // Carried, and by nobody undone; what has ended is looked at again, and not before its months are over.
    expect((await post('amina', `/agenda-items/${second}/openings`, {}, 1)).status).toBe(200);
    expect((await put('amina', 'support-ended', second, 2)).status).toBe(200);
    const { id: ended } = await open(second);
    for (const member of [COUNCIL, POLICE, NHS, HOUSING])
      expect((await vote('idris', ended, 'for', member, second)).status).toBe(200);
    expect((await hear('amina', {}, second, 2)).body.code).toBe('vote.carried-other');
    expect((await hear('amina', { decision: 'supported' }, second, 2)).body.errors[0].field).toBe('consentBy');
    await consentChecked(at, { decisions, itemId: second!, subject: other.subject });
    expect((await hear('idris', { decision: 'support-ended' }, second, 2)).status).toBe(200);
    await at.stepped('idris', id, 'end-session');
    expect((await get('idris', `/meetings/${id}/minutes`)).body.items[0]).toMatchObject({
      ...{ decidedHow: 'chair', recorded: 'A mentor', homeOrg: POLICE, againFrom },
      ballots: [{ decision: 'closed' }, { decision: 'adopted', outcome: 'no-majority', count: { present: 4, for: 2 } }],
    });
    await recordRead(app, at, { itemId: first!, subject: here.subject });
    await lookedAtAgain(at, { forumId, caseId: other.caseId });
  });

  it('a referral is withdrawn; a meeting is held at another time, or not at all: with the reason, and no case of it is lost', async () => {
    for (const each of [withdrawsReferral, mergesReferrals]) await each(app, at);
    const forumId = await forumSetUp(app, { cutOffDays: 3, researchDays: 1 });
    const { get, post, lastAct, meeting, today } = at;
    const [here, other] = [await at.place(), await at.place()];
    const plan = async (days: number) =>
      (await post('idris', `/forums/${forumId}/meetings`, { heldOn: addDays(today, days) })).body as { id: string };
    const { id } = await plan(10);
    for (const each of [here, other]) expect((await at.refer('hana', forumId, each)).body.listed).toBe(true);
    const rearrange = (who: string, more: object, version = 1) =>
      post(
        who,
        `/meetings/${id}/rearrangements`,
        { heldOn: addDays(today, 12), reason: 'The chair is ill', ...more },
        version,
      );
    expect([(await rearrange('wren', {})).status, (await rearrange('hana', {})).status]).toEqual([403, 404]);
    expect((await rearrange('idris', { reason: ' ' })).body.errors[0].field).toBe('reason');
    expect((await rearrange('idris', { heldOn: addDays(today, 10) })).body.errors[0].code).toBe('meeting.same');
    expect((await rearrange('idris', {}, 2)).status).toBe(409);
    expect((await rearrange('idris', { startsAt: '14:00' })).body.version).toBe(2);
    expect(await meeting('wren', id)).toMatchObject({
      meeting: {
        heldOn: addDays(today, 12),
        startsAt: '14:00',
        cutOffOn: addDays(today, 9),
        researchBy: addDays(today, 11),
      },
      notices: [
        { step: 'rearrange', words: 'The chair is ill', was: { heldOn: addDays(today, 10), startsAt: '09:30' } },
      ],
      may: { cancel: false, rearrange: false },
    });
    expect((await lastAct('meeting.rearrange')).recipients).toContainEqual(expect.objectContaining({ org: NHS }));
    const calendar = async () => (await get('wren', `/meetings/${id}/calendar`)).body;
    expect(await calendar()).toMatchObject({ method: 'REQUEST', text: expect.stringContaining('SEQUENCE:1') });

    // A second meeting is planned; the first is cancelled with its agenda issued, and its cases go there, seen or not.
    for (const step of ['close-referrals', 'issue-agenda']) await at.stepped('idris', id, step);
    expect((await rearrange('idris', { heldOn: addDays(today, 14) }, 4)).status).toBe(200);
    const { id: next } = await plan(20);
    const cancel = (who: string, reason: string) => post(who, `/meetings/${id}/cancellations`, { reason }, 5);
    expect([(await cancel('bevan', 'No')).status, (await cancel('idris', '')).status]).toEqual([403, 422]);
    await at.records.part(other.caseId, 'northbank-council', { level: 'lead', to: new Date().toISOString() });
    expect((await cancel('idris', 'The building is closed')).body).toMatchObject({ version: 6, cases: 2, listed: 2 });
    expect((await lastAct('meeting.cancel')).objects).toContainEqual({ t: 'meeting', id, ver: '6' });
    const cases = [here.caseId, other.caseId].sort();
    expect((await meeting('gwen', next)).items.map((i: { caseId: string }) => i.caseId).sort()).toEqual(cases);
    expect(await meeting('gwen', id)).toMatchObject({
      ...{ meeting: { state: 'cancelled' }, step: null, may: { cancel: false, sign: false, order: false } },
      items: [{ state: 'deferred', deferReason: 'The building is closed' }, { state: 'deferred' }],
    });
    expect(await calendar()).toMatchObject({ method: 'CANCEL', text: expect.stringContaining('STATUS:CANCELLED') });
    expect((await cancel('idris', 'Again')).status).toBe(409);
    expect(
      (await post('idris', `/meetings/${id}/rearrangements`, { heldOn: addDays(today, 30), reason: 'x' }, 6)).status,
    ).toBe(409);
    expect((await at.step('idris', id, 'open-session', { statementRead: true })).status).toBe(403);
    expect((await at.step('gwen', id, 'open-session', { statementRead: true })).body.code).toBe('meeting.too-late');
    await movedAndEnded(app, id, { cases, members: [COUNCIL, HOUSING, NHS, POLICE], today });
    // The forum may meet on that day after all.
    expect((await plan(14)).id).toEqual(expect.any(String));
    await cancellationTold(app, { meetingId: id, forumId }, 'building');
  });
});
