import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { RecordsTells, staff } from './assessments/told.testing';
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
});
