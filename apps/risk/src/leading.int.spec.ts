import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { org, RecordsTells, staff } from './assessments/told.testing';
import { forumSetUp, northbankMarac } from './forums/northbank.testing';
import { RiskModule } from './risk.module';

const TODAY = civilDate(new Date());

/**
 * RES-6 in the terms of conferences: what touches a forum needs the agency (that keeps the forum, or takes part in the case)
 * and a place on the panel, named in the forum. One without the other is not enough, and the refusal says which is missing.
 */
describe('RES-6: work that needs agency and panel membership', () => {
  let app: TestApp;
  let forumId: string;
  beforeAll(async () => {
    app = await startApp([RiskModule]);
    forumId = await forumSetUp(app);
  });
  afterAll(() => app.stop());

  const post = (who: string, path: string, body: object, version?: number) =>
    app.as(who).post(`/api/risk${path}`, body, { key: newId(), ...(version === undefined ? {} : { version }) });
  const plan = (who: string) => post(who, `/forums/${forumId}/meetings`, { heldOn: TODAY });
  const settings = () => {
    const { kind: _kind, ...rest } = northbankMarac();
    return rest;
  };
  const change = (who: string) => app.as(who).put(`/api/risk/forums/${forumId}`, settings(), { version: 1 });
  const meetings = async (): Promise<number> =>
    (await app.sql<{ n: number }>('SELECT count(*)::int AS n FROM risk.meeting WHERE forum_id = $1', [forumId]))[0]!.n;

  it('is refused without a place on the panel, and without the agency, with the reason, on record, and nothing is written', async () => {
    for (const [who, asks, action, reason] of [
      ['amina', plan, 'meeting.plan', 'forum.not-lead'], // of the agency that keeps it, and only a member
      ['hana', plan, 'meeting.plan', 'forum.not-lead'], // of an agency of the forum, and not named in it
      ['erin', plan, 'meeting.plan', 'role.not-entitled'],
      ['viktor', change, 'forum.change', 'organisation.not-entitled'], // a coordinator, of another agency
    ] as const) {
      const { status, body } = await asks(who);
      expect([who, status, body.reasons]).toEqual([who, 403, [reason]]);
      const act = (await app.acts('risk')).findLast((a) => a.action === action)!;
      expect([act.actor, act.outcome, act.reasons]).toEqual([staff(who), 'denied', [body.code, reason]]);
    }
    expect(await meetings()).toBe(0);
    expect((await app.as('idris').get(`/api/risk/forums/${forumId}`)).body.version).toBe(1);
  });

  it('of a case needs both: a panel member whose agency has no part finds none, a participant off the panel no meeting', async () => {
    const records = new RecordsTells(app);
    const { caseId, subject, other } = await records.opened();
    await records.part(caseId, 'eastvale-nhs', { level: 'reader' });
    const meetingId = ((await plan('idris')).body as { id: string }).id;
    const referral = {
      ...{ forumId, subjectId: subject, otherIds: [other], childIds: [], consent: { answer: 'given' } },
      criteria: [{ code: 'professional-judgement', evidence: 'She is terrified' }],
    };
    expect((await post('hana', `/cases/${caseId}/forum-referrals`, referral)).body.listed).toBe(true);
    const { items } = (await app.as('idris').get(`/api/risk/meetings/${meetingId}`)).body as {
      items: { id: string }[];
    };
    const item = `/agenda-items/${items[0]!.id}`;
    // On the panel, and the agency has no part in the case: as if it did not exist, reading and writing.
    expect((await app.as('nia').get(`/api/risk${item}`)).status).toBe(404);
    expect((await post('nia', `${item}/deferrals`, { reason: 'x' }, 1)).status).toBe(404);
    // The agency takes part, and they are not on the panel.
    expect((await app.as('hana').get(`/api/risk${item}`)).status).toBe(404);
    // On the panel, of an agency that takes part, and not one of those who lead.
    const member = await post('bevan', `${item}/deferrals`, { reason: 'x' }, 1);
    expect([member.status, member.body.reasons]).toEqual([403, ['forum.not-lead']]);
    expect((await post('idris', `${item}/deferrals`, { reason: 'Nobody can present it' }, 1)).status).toBe(200);
  });

  it('of an observer is none: they see when and where, sign, make nothing quorate, and are let into a case by a chair', async () => {
    const records = new RecordsTells(app);
    const { caseId, subject, other } = await records.opened();
    const forum = await forumSetUp(app);
    const get = async (who: string, path: string) => app.as(who).get(`/api/risk${path}`);
    const { id } = (await post('idris', `/forums/${forum}/meetings`, { heldOn: TODAY })).body as { id: string };
    const referral = {
      ...{ forumId: forum, subjectId: subject, otherIds: [other], childIds: [], consent: { answer: 'given' } },
      criteria: [{ code: 'professional-judgement', evidence: 'She is terrified' }],
    };
    expect((await post('hana', `/cases/${caseId}/forum-referrals`, referral)).body.listed).toBe(true);
    const at = `/meetings/${id}`;
    const keep = (who: string, more: object = {}) =>
      post(who, `${at}/observers`, {
        do: 'name',
        userId: staff('hana'),
        orgId: org('harbour-housing'),
        why: 'New',
        ...more,
      });
    expect((await get('hana', at)).status).toBe(404);
    expect((await keep('bevan')).status).toBe(403);
    expect((await keep('idris', { why: ' ' })).body.errors[0].field).toBe('why');
    expect((await keep('idris', { orgId: org('eastvale-nhs') })).body.errors[0].code).toBe('staff.unknown');
    expect((await keep('idris', { userId: staff('wren') })).body.code).toBe('observer.member');
    expect((await keep('idris')).status).toBe(200);
    const act = async (action: string) => (await app.acts('risk')).findLast((a) => a.action === action)!;
    expect(await act('meeting.keep-observers')).toMatchObject({ decision: 'name', outcome: 'done' });
    // Of an agency in the case, and still no case, nothing of the meeting but itself, and no minutes.
    expect((await get('hana', at)).body).toMatchObject({
      ...{ items: [], signatures: [], actionsLeft: [], lapsed: [], observing: { signedAt: null } },
      may: { lead: false, step: false, order: false, sign: false, readMinutes: false },
    });
    const step = async (who: string, what: string) => {
      const { version } = (await get(who, at)).body.meeting as { version: number };
      return post(who, `${at}/steps`, { do: what, statementRead: true }, version);
    };
    for (const [who, what] of [
      ['idris', 'close-referrals'],
      ['idris', 'issue-agenda'],
      ['gwen', 'open-session'],
    ] as const)
      expect((await step(who, what)).status).toBe(200);
    expect((await step('hana', 'end-session')).status).toBe(403);
    const sign = (who: string, body: object) => post(who, `${at}/signatures`, body);
    expect((await sign('hana', { agreed: false })).status).toBe(422);
    expect((await sign('hana', { agreed: true })).status).toBe(200);
    expect((await act('meeting.sign')).decision).toBe('signed-as-observer');
    expect((await sign('gwen', { agreed: true })).status).toBe(422);
    expect((await sign('gwen', { agreed: true, noConflict: true })).status).toBe(200);
    const [{ id: item }] = (await get('gwen', at)).body.items as [{ id: string }];
    const opening = () => post('gwen', `/agenda-items/${item}/openings`, {}, 1);
    // The signature of housing's observer is none of its members': one agency has signed, and two are needed.
    expect((await opening()).body.code).toBe('meeting.not-quorate');
    expect((await sign('idris', { agreed: true, noConflict: true })).status).toBe(200);
    expect((await opening()).status).toBe(200);
    const admit = (who: string, userId = staff('hana')) =>
      post(who, `/agenda-items/${item}/observers`, { userId, present: true });
    expect((await admit('idris')).status).toBe(403);
    expect((await admit('gwen', staff('wren'))).body.code).toBe('observer.not-signed');
    expect((await admit('gwen')).status).toBe(200);
    expect(await act('agenda-item.admit-observer')).toMatchObject({ decision: 'admitted' });
    expect((await get('gwen', `/agenda-items/${item}`)).body).toMatchObject({
      ...{ observers: [{ userId: staff('hana'), present: true }], may: { admit: true } },
    });
    const presence = (await get('gwen', `/agenda-items/${item}`)).body.presence as { userId: string }[];
    expect(presence.map((p) => p.userId)).not.toContain(staff('hana'));
    for (const path of [`/agenda-items/${item}`, `/agenda-items/${item}/notes`, `${at}/minutes`])
      expect([path, (await get('hana', path)).status]).toEqual([path, 404]);
    const action = { what: 'x', ownerOrg: org('harbour-housing'), dueOn: TODAY };
    expect((await post('hana', `/agenda-items/${item}/actions`, action)).status).toBe(404);
    expect((await keep('idris', { do: 'withdraw' })).status).toBe(200);
    expect((await get('hana', at)).status).toBe(404);
  });
});
