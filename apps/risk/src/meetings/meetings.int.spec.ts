import { addDays, civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { pagedActions } from '../actions/paged.testing';
import { stepsTogether } from '../actions/together.testing';
import { org, RecordsTells, staff } from '../assessments/told.testing';
import { referNevertheless } from '../forum-referrals/nevertheless.testing';
import { forumSetUp, northbankMarac } from '../forums/northbank.testing';
import { RiskModule } from '../risk.module';
import { pagedLatestFirst } from './paged.testing';
import { DecisionsStandIn } from './decisions.testing';
import { afterItsDay, agendaTold, dueTold, owes, type Owing } from './research-owed.testing';

const [AT, TODAY] = ['/api/risk', civilDate(new Date())];
const [COUNCIL, POLICE] = [org('northbank-council'), org('northbank-police')];
const [NHS, HOUSING] = [org('eastvale-nhs'), org('harbour-housing')];

describe('a MARAC, from its forum to its minutes and actions', () => {
  let app: TestApp;
  let records: RecordsTells;
  const decisions = new DecisionsStandIn();
  beforeAll(async () => {
    app = await startApp([RiskModule], { CONCORDAT_URLS: await decisions.start() });
    records = new RecordsTells(app);
  });
  afterAll(async () => {
    await app.stop();
    await decisions.stop();
  });

  const get = (who: string, path: string) => app.as(who).get(AT + path);
  const post = (who: string, path: string, body: object = {}, version?: number) =>
    app.as(who).post(AT + path, body, version === undefined ? { key: newId() } : { version, key: newId() });
  const put = (who: string, path: string, body: object, version: number) =>
    app.as(who).put(AT + path, body, { version });
  const lastAct = async (action: string) => (await app.acts('risk')).findLast((a) => a.action === action)!;

  /** A case with a child, in which the council leads, housing and the police take part, and the NHS reads. */
  async function place() {
    const made = await records.opened();
    const child = newId();
    await records.tell(made.caseId, 'person-joined-case', { caseId: made.caseId, personId: child, roles: ['child'] });
    await records.part(made.caseId, 'eastvale-nhs', { level: 'reader' });
    return { ...made, child };
  }
  type Place = Awaited<ReturnType<typeof place>>;
  const saying = (forumId: string, { subject, other }: Place, more: object = {}) => ({
    ...{ forumId, subjectId: subject, otherIds: [other], childIds: [], consent: { answer: 'given' } },
    criteria: [{ code: 'professional-judgement', evidence: 'She is terrified of Friday' }],
    ...more,
  });
  const refer = (who: string, forumId: string, at: Place, more: object = {}) =>
    post(who, `/cases/${at.caseId}/forum-referrals`, saying(forumId, at, more));
  const meeting = async (who: string, id: string) => (await get(who, `/meetings/${id}`)).body;
  async function step(who: string, id: string, what: string, more: object = {}) {
    const { meeting: now } = await meeting(who, id);
    return post(who, `/meetings/${id}/steps`, { do: what, ...more }, now.version);
  }
  async function stepped(who: string, id: string, what: string, more: object = {}) {
    const done = await step(who, id, what, more);
    expect([what, done.status, done.body.code]).toEqual([what, 200, undefined]);
  }
  const item = async (who: string, id: string) => (await get(who, `/agenda-items/${id}`)).body;

  it('a forum is set up by a coordinator, within its kind, and changed by its own agency', async () => {
    const wrong = await post(
      'idris',
      '/forums',
      northbankMarac({ quorum: 7, chairs: [staff('tomas')], timeBoxMinutes: 40 }),
    );
    expect([wrong.status, wrong.body.errors.map((e: { field: string }) => e.field)]).toEqual([
      422,
      ['chairs', 'quorum', 'timeBoxMinutes'],
    ]);
    const elsewhere = await post(
      'idris',
      '/forums',
      northbankMarac({ members: [{ orgId: POLICE, people: [staff('idris'), staff('gwen')] }] }),
    );
    expect(elsewhere.body.errors.map((e: { code: string }) => e.code)).toContain('staff.unknown');
    expect((await post('hana', '/forums', northbankMarac())).status).toBe(403);
    expect((await post('idris', '/forums', northbankMarac({ kind: 'mappa' }))).body.code).toBe('forum.kind-unknown');
    const id = await forumSetUp(app);
    expect((await lastAct('forum.set-up')).rule).toBe('marac@1');
    // A community MARAC and a meeting of the hub by data alone.
    for (const kind of ['ccm', 'mash']) {
      const other = northbankMarac({ kind, title: `Northbank ${kind}`, repeat: undefined, advocateOrg: undefined });
      expect((await post('idris', '/forums', other)).status).toBe(201);
    }

    const { kind: _kind, ...settings } = northbankMarac({ quorum: 3 });
    expect((await put('viktor', `/forums/${id}`, settings, 1)).status).toBe(403);
    expect((await put('idris', `/forums/${id}`, settings, 2)).status).toBe(409);
    expect((await put('idris', `/forums/${id}`, settings, 1)).body).toMatchObject({ version: 2 });
    expect((await lastAct('forum.change')).objects).toContainEqual({ t: 'forum', id, ver: '2' });
    expect((await get('hana', `/forums/${id}`)).body).toMatchObject({
      quorum: 3,
      may: { attend: false, change: false },
    });
    expect((await lastAct('forum.list')).objects).toContainEqual({ t: 'forum', id });
    expect((await get('hana', `/forums/${id}`)).body.versions).toEqual([
      expect.objectContaining({
        version: 2,
        settings: expect.objectContaining({ quorum: 3 }),
        changedBy: staff('idris'),
      }),
      expect.objectContaining({ version: 1, settings: expect.objectContaining({ quorum: 2 }) }),
    ]);
    expect((await get('hana', `/forums/${id}/meetings`)).status).toBe(404);
    expect((await get('gwen', `/forums/${id}/meetings`)).body).toMatchObject({ items: [], may: { plan: true } });
  });

  it('a case is referred with evidence, waits for a meeting, and comes back as a repeat', async () => {
    const forumId = await forumSetUp(app);
    const at = await place();
    expect((await refer('petra', forumId, at)).status).toBe(404);
    const bare = await refer('hana', forumId, at, { criteria: [{ code: 'visible-high-risk' }], otherIds: [newId()] });
    expect(bare.body.errors.map((e: { field: string }) => e.field)).toEqual(['otherIds', 'evidence.visible-high-risk']);
    const first = await refer('hana', forumId, at);
    expect([first.status, first.body]).toEqual([201, expect.objectContaining({ repeat: false, listed: false })]);
    expect(await lastAct('forum-referral.make')).toMatchObject({
      ...{
        subjects: expect.arrayContaining([at.subject, at.other]),
        reasons: ['professional-judgement'],
        rule: 'marac@1',
      },
    });
    const list = (await get('hana', `/cases/${at.caseId}/forum-referrals`)).body;
    expect(list.items).toEqual([expect.objectContaining({ id: first.body.id, waiting: true, heldOn: null })]);
    const marac = list.forums.find((f: { id: string }) => f.id === forumId);
    expect(marac.members).toContainEqual({ orgId: org('safe-harbour'), inCase: false });
    expect((await lastAct('forum-referral.list')).objects).toContainEqual({ t: 'forum-referral', id: first.body.id });

    const planned = await post('idris', `/forums/${forumId}/meetings`, { heldOn: TODAY });
    expect([planned.status, planned.body.listed]).toEqual([201, 1]);
    expect((await lastAct('meeting.plan')).objects).toContainEqual({ t: 'meeting', id: planned.body.id, ver: '1' });
    expect((await post('idris', `/forums/${forumId}/meetings`, { heldOn: TODAY })).status).toBe(409);
    expect((await post('amina', `/forums/${forumId}/meetings`, { heldOn: TODAY })).status).toBe(403);

    // Referred today, and it happened again: not after the anchor. A year ago it would have been a repeat.
    const again = { criteria: [], incident: { kind: 'unwanted-contact', on: TODAY } };
    expect((await refer('hana', forumId, at, again)).body.errors[0]).toMatchObject({ field: 'criteria' });
    await app.sql(`UPDATE risk.forum_referral SET at = at - interval '300 days' WHERE id = $1`, [first.body.id]);
    const repeat = await refer('hana', forumId, at, again);
    expect(repeat.body).toMatchObject({ repeat: true, listed: true });
    expect((await lastAct('forum-referral.make')).decision).toBe('repeat');
    const [event] = await app.sql<{ body: string }>(
      `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
      [at.caseId],
    );
    expect(JSON.parse(event!.body)).toMatchObject({
      ...{ type: 'risk.case-referred-to-forum.v1', data: { kind: 'marac', repeatOf: first.body.id } },
    });
    const alone = await records.opened();
    await records.part(alone.caseId, 'northbank-police', { level: 'preview' });
    expect((await refer('hana', forumId, { ...alone, child: '' })).body.code).toBe('forum.lead-not-in-case');

    // Of a case that the MARAC is for it says why it is referred here nevertheless.
    await referNevertheless(app, at.caseId, (forumId) => saying(forumId, at));
  });

  it('is led from agenda to minutes: children first, research by agreement, nobody sees a case unsigned, nothing is lost', async () => {
    const forumId = await forumSetUp(app);
    const [adult, family, later] = [await place(), await place(), await place()];
    const { id } = (await post('idris', `/forums/${forumId}/meetings`, { heldOn: TODAY })).body as { id: string };
    for (const [at, more] of [
      [adult, {}],
      [family, { childIds: [family.child] }],
      [later, {}],
    ] as const)
      expect((await refer('hana', forumId, at, more)).body.listed).toBe(true);
    const agenda = (await meeting('idris', id)).items as { id: string; caseId: string }[];
    expect(agenda.map((i) => i.caseId)).toEqual([family.caseId, adult.caseId, later.caseId]);
    const [first, second, third] = agenda.map((i) => i.id) as [string, string, string];
    expect((await lastAct('meeting.view')).subjects).toContain(family.child);

    // An agency that has no part in the cases sees no case; a member of staff who is not named sees no meeting.
    expect((await meeting('nia', id)).items).toEqual([]);
    expect((await get('nia', `/agenda-items/${first}`)).status).toBe(404);
    for (const who of ['hana', 'tomas', 'petra']) expect((await get(who, `/meetings/${id}`)).status).toBe(404);

    const ordered = await put('idris', `/meetings/${id}/order`, { items: [second, first, third] }, 1);
    expect(ordered.status).toBe(200);
    expect((await put('idris', `/meetings/${id}/order`, { items: [first, second] }, 2)).status).toBe(409);
    expect((await put('bevan', `/meetings/${id}/order`, { items: [first, second, third] }, 2)).status).toBe(403);
    expect((await lastAct('meeting.order')).outcome).toBe('denied');

    expect((await put('bevan', `/agenda-items/${first}/research`, { answer: 'nil' }, 0)).body).toMatchObject({
      code: 'meeting.too-early',
      state: 'planned',
    });
    expect((await step('idris', id, 'issue-agenda')).status).toBe(409);
    await stepped('idris', id, 'close-referrals');
    const late = await refer('hana', forumId, await place());
    expect(late.body.listed).toBe(false);
    expect((await post('idris', `/agenda-items/${third}/deferrals`, {}, 1)).status).toBe(422);
    expect(
      (await post('idris', `/agenda-items/${third}/deferrals`, { reason: 'Nobody can present it' }, 1)).status,
    ).toBe(200);
    expect((await lastAct('agenda-item.defer')).objects).toContainEqual({ t: 'agenda-item', id: third, ver: '2' });
    await stepped('idris', id, 'issue-agenda');
    await agendaTold(app, id, { person: staff('bevan'), org: NHS });
    // Each agency has a list of what it is asked about, of cases that it takes part in and has not answered.
    const owing: Owing = { app, meetingId: id };
    await owes(owing, 'bevan', [second, first]);
    for (const who of ['nia', 'hana']) await owes(owing, who, []);
    expect(await lastAct('agenda-item.view')).toMatchObject({ outcome: 'done', subjects: [] });

    // Research: refused by the decision point it stays the agency's own, permitted it is shown, and undecided nothing is kept.
    decisions.permits = new Set([COUNCIL, POLICE]);
    const found = { answer: 'known', words: 'Three admissions since May', informs: ['RISK'] };
    expect((await put('bevan', `/agenda-items/${first}/research`, { answer: 'known' }, 0)).body.errors).toHaveLength(2);
    decisions.down = true;
    expect((await put('bevan', `/agenda-items/${first}/research`, found, 0)).status).toBe(503);
    decisions.down = false;
    const returned = await put('bevan', `/agenda-items/${first}/research`, found, 0);
    expect([returned.status, returned.body.late]).toEqual([200, false]);
    expect(returned.body.shared).toEqual(
      expect.arrayContaining([
        { toOrg: POLICE, outcome: 'PERMIT' },
        { toOrg: HOUSING, outcome: 'DENY' },
      ]),
    );
    const question = { sender: NHS, items: ['RISK'], purpose: 'MARAC', subjects: expect.any(Array) as unknown };
    expect(decisions.questions.at(-1)).toMatchObject(question);
    expect(JSON.stringify(decisions.questions)).not.toContain('admissions');
    expect(await lastAct('agenda-item.research')).toMatchObject({
      decision: 'known',
      items: ['RISK'],
      rule: 'stand-in@1.0.0',
    });
    expect((await put('wren', `/agenda-items/${first}/research`, { answer: 'not-known' }, 0)).status).toBe(200);
    await owes(owing, 'wren', [second]);
    expect((await lastAct('agenda-item.view')).subjects).toEqual([adult.subject]);
    expect((await item('gwen', first)).research).toEqual([]); // not before signing
    // Asked are the four agencies of the case; members without a part in it cannot answer, and are not counted.
    const listed = (await meeting('gwen', id)).items.find((each: { id: string }) => each.id === first);
    const returnedBy = (await item('gwen', first)).returned.map((r: { orgId: string }) => r.orgId);
    expect([returnedBy, listed.returned, listed.asked]).toEqual([[NHS, HOUSING], [NHS, HOUSING], 4]);

    expect((await step('idris', id, 'open-session', { statementRead: true })).status).toBe(403);
    expect((await step('gwen', id, 'open-session')).body.errors[0].field).toBe('statementRead');
    await stepped('gwen', id, 'open-session', { statementRead: true });
    const unsigned = await post('gwen', `/agenda-items/${first}/openings`, {}, 1);
    expect([unsigned.status, unsigned.body.code]).toEqual([422, 'meeting.not-signed']);
    expect((await post('gwen', `/meetings/${id}/signatures`, { agreed: true, noConflict: false })).status).toBe(422);
    const sign = (who: string, body: object = { agreed: true, noConflict: true }) =>
      post(who, `/meetings/${id}/signatures`, body);
    expect((await sign('gwen')).status).toBe(200);
    expect((await post('gwen', `/agenda-items/${first}/openings`, {}, 1)).body.code).toBe('meeting.not-quorate');
    for (const who of ['idris', 'bevan', 'wren']) expect((await sign(who)).status).toBe(200);
    // Moss is related to somebody in the second case: from then on it is not there for him.
    const conflict = { itemId: second, reason: 'His sister lives next door' };
    expect((await sign('moss', { agreed: true, noConflict: false, conflicts: [conflict] })).status).toBe(200);
    expect((await lastAct('meeting.sign')).decision).toBe('signed-with-conflict');
    const told = await app.sql<{ body: Buffer }>(
      `SELECT body FROM risk.outbox WHERE convert_from(body, 'UTF8') LIKE '%risk.meeting-statement-signed.v1%' ORDER BY seq`,
    );
    const signedAt = expect.any(String);
    expect(told.map(({ body }) => (JSON.parse(body.toString()) as { data: object }).data)).toEqual(
      ['gwen', 'idris', 'bevan', 'wren', 'moss'].map((who) =>
        expect.objectContaining({ meetingId: id, userId: staff(who), purpose: 'MARAC', signedAt }),
      ),
    );
    expect((await get('moss', `/agenda-items/${second}`)).status).toBe(404);
    expect((await meeting('moss', id)).items.map((i: { id: string }) => i.id)).not.toContain(second);

    expect((await item('gwen', first)).research).toEqual([expect.objectContaining({ orgId: NHS, words: found.words })]);
    expect(await lastAct('agenda-item.view')).toMatchObject({ actorOrg: POLICE, rule: 'stand-in@1.0.0' });
    expect((await item('wren', first)).research.map((r: { orgId: string }) => r.orgId)).toEqual([HOUSING]);
    // Each look is decided: an agreement that has ended, or that cannot be asked about, shows nothing.
    decisions.permits = new Set();
    expect((await item('gwen', first)).research).toEqual([]);
    decisions.permits = new Set([COUNCIL, POLICE]);
    decisions.down = true;
    expect((await item('gwen', first)).research).toEqual([]);
    decisions.down = false;
    expect((await item('gwen', first)).research).toHaveLength(1);
    // Changed, what was permitted before is permitted no longer unless it is asked again.
    decisions.permits = new Set();
    await afterItsDay(owing, { returned: first, first: second, found, by: POLICE });
    expect(await lastAct('agenda-item.research')).toMatchObject({ decision: 'nil', reasons: ['returned-late'] });
    expect((await item('gwen', first)).research).toEqual([]);

    expect((await post('idris', `/agenda-items/${first}/openings`, {}, 1)).status).toBe(200);
    expect((await lastAct('agenda-item.open')).subjects).toContain(family.subject);
    expect((await post('gwen', `/agenda-items/${second}/openings`, {}, 1)).body.code).toBe('meeting.another-open');
    expect((await item('idris', first)).presence.filter((p: { present: boolean }) => p.present)).toHaveLength(5);
    expect(
      (await post('idris', `/agenda-items/${first}/presence`, { userId: staff('wren'), present: false })).status,
    ).toBe(200);
    expect(
      (await post('idris', `/agenda-items/${first}/presence`, { userId: staff('nia'), present: true })).body.code,
    ).toBe('presence.not-admitted');
    expect((await lastAct('agenda-item.keep-presence')).outcome).toBe('failed');

    // Two take notes: the second to save is told, and nothing is overwritten.
    const mine = await put('gwen', `/agenda-items/${first}/notes`, { harm: 'He may find her' }, 0);
    const theirs = await put('idris', `/agenda-items/${first}/notes`, { harm: 'Serious harm on release' }, 0);
    expect([mine.status, theirs.status, theirs.body.currentVersion]).toEqual([200, 409, 1]);
    expect((await item('idris', first)).notes.harm).toBe('He may find her');
    expect((await get('idris', `/agenda-items/${first}/notes`)).body).toMatchObject({
      ...{ version: 1, harm: 'He may find her', protective: '', may: { note: true } },
    });
    // Who has signed reads along; who may not see the case, or has not signed, reads nothing.
    const reading = async (who: string) => (await get(who, `/agenda-items/${first}/notes`)).status;
    expect([(await get('wren', `/agenda-items/${first}/notes`)).body.may, await reading('nia')]).toEqual([
      { note: false },
      404,
    ]);
    // Whoever got no answer sends the same again, and learns that it was kept.
    const again = { version: 1, key: newId() };
    const sentAgain = async () =>
      (await app.as('gwen').put(`${AT}/agenda-items/${first}/notes`, { harm: 'He may find her' }, again)).body;
    expect([(await sentAgain()).version, (await sentAgain()).version]).toEqual([2, 2]);
    expect((await put('bevan', `/agenda-items/${first}/notes`, { harm: 'x' }, 2)).status).toBe(403);
    expect((await lastAct('agenda-item.note')).outcome).toBe('denied');

    const action = { what: 'Change the locks', ownerOrg: HOUSING, dueOn: addDays(TODAY, 7) };
    expect((await post('bevan', `/agenda-items/${first}/actions`, action)).status).toBe(403);
    expect((await post('idris', `/agenda-items/${first}/actions`, { ...action, dueOn: '' })).status).toBe(422);
    expect(
      (await post('idris', `/agenda-items/${first}/actions`, { ...action, ownerOrg: org('safe-harbour') })).status,
    ).toBe(422);
    const proposed = await post('wren', `/agenda-items/${first}/actions`, action);
    expect(proposed.status).toBe(201);
    expect((await lastAct('conference-action.propose')).recipients).toEqual([
      expect.objectContaining({ org: HOUSING }),
    ]);

    const decided = { decision: 'plan-agreed', rationale: 'Release is on Friday' };
    expect((await post('gwen', `/agenda-items/${first}/decisions`, { ...decided, decision: 'closed' }, 2)).status).toBe(
      422,
    );
    expect((await post('gwen', `/agenda-items/${first}/decisions`, decided, 2)).status).toBe(200);
    expect(await lastAct('agenda-item.hear')).toMatchObject({
      ...{ decision: 'plan-agreed', recipients: expect.arrayContaining([expect.objectContaining({ org: HOUSING })]) },
    });
    const early = await step('idris', id, 'end-session');
    expect([early.status, early.body.code]).toEqual([422, 'meeting.cases-left']);
    expect((await post('gwen', `/agenda-items/${second}/openings`, {}, 1)).status).toBe(200);
    expect(
      (
        await post(
          'gwen',
          `/agenda-items/${second}/decisions`,
          { decision: 'no-actions', rationale: 'All is in hand' },
          2,
        )
      ).status,
    ).toBe(200);
    await stepped('idris', id, 'end-session');

    // Minutes: the draft is of whoever leads, an approval is of what was read, and each reads what their agency may hold.
    expect((await get('bevan', `/meetings/${id}/minutes`)).status).toBe(404);
    expect((await step('gwen', id, 'issue-minutes')).body.code).toBe('meeting.not-approved');
    const approve = async () =>
      post('gwen', `/meetings/${id}/approvals`, {}, (await meeting('gwen', id)).meeting.version);
    expect(
      (await post('idris', `/meetings/${id}/approvals`, {}, (await meeting('idris', id)).meeting.version)).status,
    ).toBe(403);
    expect((await approve()).status).toBe(200);
    expect(
      (await put('idris', `/agenda-items/${first}/notes`, { harm: 'He may find her', protective: 'New locks' }, 2))
        .status,
    ).toBe(200);
    expect((await step('gwen', id, 'issue-minutes')).body.code).toBe('meeting.not-approved');
    expect((await approve()).status).toBe(200);
    expect((await lastAct('meeting.approve-minutes')).outcome).toBe('done');
    await stepped('gwen', id, 'issue-minutes');
    expect((await lastAct('meeting.advance')).decision).toBe('minutes-issued');
    // To whoever keeps what is due: eight were asked, three answered once each, and what was heard is not asked about any more.
    const due = await dueTold(app, id);
    expect(due.research.filter((each) => each.startsWith('returned'))).toEqual([
      ...[`returned ${family.caseId} ${NHS} ${TODAY}`, `returned ${family.caseId} ${HOUSING} ${TODAY}`],
      `returned ${adult.caseId} ${POLICE} ${TODAY}`,
    ]);
    const states = due.research.map((each) => each.split(' ')[0]);
    expect(['asked', 'ended'].map((state) => states.filter((each) => each === state).length)).toEqual([8, 5]);
    expect(due.minutes.map((each) => each.split(' ')[0])).toEqual(['due', 'due', 'issued']);
    expect((await put('idris', `/agenda-items/${first}/notes`, { harm: '' }, 3)).status).toBe(409);
    await expect(app.sql(`UPDATE risk.agenda_item SET harm = '' WHERE id = $1`, [first])).rejects.toThrow(
      'what was minuted',
    );
    const minutes = (await get('wren', `/meetings/${id}/minutes`)).body;
    expect(minutes.items[1]).toMatchObject({
      harm: 'He may find her',
      protective: 'New locks',
      decision: 'plan-agreed',
      actions: [{ what: action.what }],
    });
    expect(minutes.items[1].research.map((r: { orgId: string }) => r.orgId)).toEqual([HOUSING]);
    expect((await get('nia', `/meetings/${id}/minutes`)).body).toMatchObject({ items: [], notShown: 2 });
    expect((await lastAct('meeting.read-minutes')).subjects).toEqual([]);

    // The action is housing's; nothing closes before it has come to an end, and it does not end in silence.
    expect((await step('idris', id, 'close')).body.code).toBe('meeting.actions-open');
    const at = `/conference-actions/${proposed.body.id}`;
    expect((await get('wren', '/conference-actions')).body.items).toEqual([
      expect.objectContaining({ what: action.what, overdue: false, may: ['accept', 'not-possible', 'not-done'] }),
    ]);
    expect((await lastAct('conference-action.list')).subjects).toEqual([family.subject]);
    await pagedActions(app, { theirs: proposed.body.id, forumId });
    await stepsTogether(app, { theirs: proposed.body.id, meetingId: id, caseId: family.caseId });
    await app.sql(`DELETE FROM risk.conference_action WHERE what = 'Copy'`);
    expect((await post('gwen', `${at}/steps`, { do: 'accept' }, 1)).status).toBe(403);
    expect((await post('nia', `${at}/steps`, { do: 'accept' }, 1)).status).toBe(404);
    expect((await post('wren', `${at}/steps`, { do: 'not-done' }, 1)).status).toBe(422);
    expect((await post('wren', `${at}/steps`, { do: 'not-done', words: 'No locksmith came' }, 1)).status).toBe(200);
    expect((await step('idris', id, 'close')).body.code).toBe('meeting.actions-open');
    expect((await post('wren', `${at}/steps`, { do: 'complete', words: 'Done' }, 2)).status).toBe(409);
    expect((await post('gwen', `${at}/steps`, { do: 'escalate', words: 'Told their director' }, 2)).status).toBe(200);
    expect((await lastAct('conference-action.advance')).decision).toBe('escalated');
    await stepped('idris', id, 'close');

    // Whoever the case is about, or a child in it, is told by the records service; the alleged perpetrator is not.
    const held = (id: string) => app.asService('records').get(`${AT}/held-about/${id}`);
    expect((await held(family.child)).body.items).toEqual([
      expect.objectContaining({ kind: 'conference', others: true, text: expect.stringContaining('Change the locks') }),
    ]);
    expect((await held(family.other)).body.items).toEqual([]);

    // What was deferred, and what came too late, is on the next agenda.
    const next = await post('idris', `/forums/${forumId}/meetings`, { heldOn: addDays(TODAY, 28) });
    expect(next.body.listed).toBe(2);
    await pagedLatestFirst(app, forumId, [next.body.id, id]);
    expect((await meeting('idris', next.body.id)).items.map((i: { caseId: string }) => i.caseId)).toContain(
      later.caseId,
    );

    // Put off once, it is on two agendas, and each is told of by itself.
    const twice = (await held(later.subject)).body.items as { id: string }[];
    expect([twice.length, new Set(twice.map((i) => i.id)).size]).toEqual([2, 2]);

    await records.tell(family.caseId, 'case-erased', {
      ...{ caseId: family.caseId, people: [family.subject], rule: 'last-involvement', ruleVersion: 1 },
      ...{ decisionId: newId() },
    });
    for (const table of ['forum_referral', 'agenda_item', 'conference_action'])
      expect([table, await app.sql(`SELECT 1 FROM risk.${table} WHERE case_id = $1`, [family.caseId])]).toEqual([
        table,
        [],
      ]);
  });
});
