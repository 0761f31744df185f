import { newId } from '@concordat/contracts';
import { startApp, type TestApp } from '@concordat/testing';
import { Happenings, org, staff } from '../happenings.testing';
import { NotificationsModule } from '../notifications.module';

const AT = '/api/notifications';
const NHS = 'eastvale-nhs';
const soon = (ms: number) => new Date(Date.now() + ms);
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('what happened and wants somebody', () => {
  let app: TestApp;
  let tells: Happenings;
  beforeAll(async () => {
    app = await startApp([NotificationsModule]);
    tells = new Happenings(app);
  });
  afterAll(() => app?.stop());

  const get = async (who: string, path: string) => (await app.as(who).get(`${AT}${path}`)).body;
  const told = async (who: string, recordId: string) =>
    ((await get(who, '/messages')).items as { recordId: string; kind: string }[]).filter(
      (m) => m.recordId === recordId,
    );
  const header = (referralId: string) => ({
    ...{ referralId, pathway: 'prevent', areaId: newId(), referringOrg: org('harbour-housing') },
    receivingOrg: org('northbank-council'),
  });
  const happens = async (stream: string, type: string, data: object) => {
    await tells.send(stream, type, data);
    await tells.heard();
  };

  it('is told to whom it is given, once for each time, not to who did it, and no more once it is somebody else’s', async () => {
    const id = newId();
    const assign = (to: string, by: string) =>
      happens(id, 'referrals.referral-assigned', { ...header(id), assignedTo: staff(to), byId: staff(by) });
    await assign('amina', 'amina');
    expect(await told('amina', id)).toEqual([]);
    await assign('kit', 'amina');
    expect(await told('kit', id)).toMatchObject([
      { kind: 'referral-assigned', times: 1, to: null, status: null, dueAt: null, endedAt: null },
    ]);
    await assign('amina', 'kit');
    expect(await told('kit', id)).toMatchObject([{ endedAt: expect.any(String) }]);
    await happens(id, 'referrals.information-requested', { ...header(id), referredBy: staff('hana') });
    expect(await told('hana', id)).toMatchObject([{ kind: 'information-requested', endedAt: null }]);
    await happens(id, 'referrals.information-returned', { ...header(id), byId: staff('hana') });
    expect(await told('hana', id)).toMatchObject([{ endedAt: expect.any(String) }]);
    // Of what comes together each is told to its own, in the order of each record.
    const [first, second] = [newId(), newId()];
    for (const [referralId, to] of [
      [first, 'kit'],
      [second, 'amina'],
      [first, 'amina'],
    ] as const)
      await tells.send(referralId, 'referrals.referral-assigned', {
        ...{ ...header(referralId), assignedTo: staff(to), byId: staff('hana') },
      });
    await tells.heard();
    expect(await told('kit', first)).toMatchObject([{ endedAt: expect.any(String) }]);
    expect(await told('kit', second)).toEqual([]);
    for (const each of [first, second])
      expect(await told('amina', each)).toMatchObject([{ kind: 'referral-assigned', times: 1, endedAt: null }]);
    // About one record there is one message: of what happened last.
    expect(await told('amina', id)).toMatchObject([{ kind: 'information-returned', times: 2, readAt: null }]);
  });

  it('about a case is told to who may look into it now, and is gone with the case', async () => {
    const { caseId, actionId } = await tells.action(NHS, dayIn(20), { state: 'proposed' });
    await tells.heard();
    const before = await told('bevan', actionId);
    expect(before).toMatchObject([{ kind: 'action-proposed', caseId, dueAt: expect.any(String) }]);
    const unread = (await get('bevan', '/messages/unread')).unread as number;
    await tells.restrict(caseId, ['kit']);
    await tells.heard();
    expect(await told('bevan', actionId)).toEqual([]);
    expect((await get('bevan', '/messages/unread')).unread).toBe(unread - 1);
    const erased = { caseId, people: [], rule: 'last-involvement', ruleVersion: 1, decisionId: newId() };
    await happens(caseId, 'records.case-erased', erased);
    expect(await app.sql('SELECT 1 FROM notifications.happening WHERE case_id = $1', [caseId])).toEqual([]);
  });

  it('goes to who stands in for somebody who is away, or to a role where it is nobody’s in particular', async () => {
    const question = {
      recordId: newId(),
      decisionId: newId(),
      senderOrg: org('northbank-council'),
      askedBy: staff('bevan'),
    };
    await happens(question.recordId, 'sharing.question-changed', { ...question, state: 'open', askedOrg: org(NHS) });
    expect(await told('kit', question.recordId)).toMatchObject([{ kind: 'question-asked' }]);
    expect(await told('amina', question.recordId)).toEqual([]);
    await happens(question.recordId, 'sharing.question-changed', {
      ...{ ...question, state: 'allowed', askedOrg: org(NHS), settledId: newId(), settledBy: staff('kit') },
    });
    expect(await told('bevan', question.recordId)).toMatchObject([{ kind: 'question-answered', endedAt: null }]);
    expect(await told('kit', question.recordId)).toMatchObject([{ endedAt: expect.any(String) }]);
  });

  it('whoever is named for a meeting is told that it is not held as planned: once for each change, and nothing of what it is about', async () => {
    const [stream, meetingId, forumId] = [newId(), newId(), newId()];
    const startsAt = soon(3_600_000).toISOString();
    const tell = async (type: string) => {
      await tells.send(stream, `risk.${type}`, {
        ...{ meetingId, forumId, startsAt, people: [staff('omar'), staff('wren')], orgs: [org('northbank-probation')] },
      });
      await tells.heard();
    };
    await tell('meeting-rearranged');
    const mine = async (who: string) => (await get(who, '/messages')).items as { id: string; kind: string }[];
    expect(await mine('omar')).toMatchObject([
      { kind: 'meeting-rearranged', recordId: meetingId, times: 1, to: null, status: null, dueAt: startsAt },
    ]);
    // Named, and not for an agency of the meeting.
    expect((await mine('wren')).filter((m) => m.kind.startsWith('meeting'))).toEqual([]);
    const { id } = (await mine('omar'))[0]!;
    expect((await app.as('wren').post(`${AT}/messages/${id}/reading`, {})).status).toBe(404);
    expect((await app.as('omar').post(`${AT}/messages/${id}/reading`, {})).status).toBe(200);
    expect((await get('omar', '/messages')).unread).toBe(0);
    await tell('meeting-cancelled');
    expect(await mine('omar')).toMatchObject([{ id, kind: 'meeting-cancelled', times: 2, readAt: null }]);
    expect((await app.as('omar').post(`${AT}/messages/reading`, {})).status).toBe(200);
    expect((await get('omar', '/messages')).unread).toBe(0);
    // So is that its agenda is issued, or its minutes.
    for (const issued of ['agenda-issued', 'minutes-issued']) {
      await tell(issued);
      expect(await mine('omar')).toMatchObject([{ id, kind: issued, readAt: null }]);
    }
  });
});
