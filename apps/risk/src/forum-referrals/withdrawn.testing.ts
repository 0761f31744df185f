import type { TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';
import { forumSetUp } from '../forums/northbank.testing';
import type { Conferring } from '../meetings/conferring.testing';

/** A referral is withdrawn by the agency that made it, with the reason, until others prepare for it: with the acts that it leaves. */
export async function withdrawsReferral(app: TestApp, at: Conferring): Promise<void> {
  const { get, post, lastAct, meeting, today } = at;
  const forumId = await forumSetUp(app);
  const [here, other] = [await at.place(), await at.place()];
  const { id } = (await post('idris', `/forums/${forumId}/meetings`, { heldOn: today })).body as { id: string };
  const { id: referral } = (await at.refer('hana', forumId, here)).body as { id: string };
  const { id: stays } = (await at.refer('hana', forumId, other)).body as { id: string };
  const agenda = async () => (await meeting('idris', id)).items.map((i: { caseId: string }) => i.caseId) as string[];
  const withdraw = (who: string, of: string, version = 1, words = 'It was meant for another case') =>
    post(who, `/forum-referrals/${of}/steps`, { do: 'withdraw', words }, version);
  expect((await withdraw('gwen', referral)).status).toBe(403);
  expect((await withdraw('hana', referral, 1, ' ')).body.errors[0].field).toBe('words');
  expect(await agenda()).toContain(here.caseId);
  expect((await withdraw('hana', referral)).body).toMatchObject({ version: 2, status: 'withdrawn' });
  expect(await agenda()).toEqual([other.caseId]);
  expect(await lastAct('forum-referral.screen')).toMatchObject({ decision: 'withdrawn', actor: staff('hana') });
  const [said] = (await get('idris', `/cases/${here.caseId}/forum-referrals`)).body.items;
  expect(said).toMatchObject({ standing: 'withdrawn', waiting: false, may: [], steps: [{ step: 'withdraw' }] });
  expect((await withdraw('hana', referral, 2)).status).toBe(409);
  // Nothing was referred that further abuse could repeat; and it can be referred anew.
  const again = { criteria: [], incident: { kind: 'dispute', on: today } };
  expect((await at.refer('hana', forumId, here, again)).body.errors[0].field).toBe('criteria');
  expect((await at.refer('hana', forumId, here)).body.listed).toBe(true);
  for (const step of ['close-referrals', 'issue-agenda']) await at.stepped('idris', id, step);
  expect((await withdraw('hana', stays)).body.code).toBe('forum-referral.on-agenda');
}

/** Two referrals about the same matter become one, by whoever leads: both show it, one is on the agenda, and both agencies are named in the act. */
export async function mergesReferrals(app: TestApp, at: Conferring): Promise<void> {
  const { get, post, lastAct, meeting, item, today } = at;
  const forumId = await forumSetUp(app);
  const [here, other] = [await at.place(), await at.place()];
  const { id } = (await post('idris', `/forums/${forumId}/meetings`, { heldOn: today })).body as { id: string };
  const criteria = [{ code: 'professional-judgement', evidence: 'He waited at her work' }];
  const [first, second, elsewhere] = [
    ...[await at.refer('hana', forumId, here), await at.refer('amina', forumId, here, { criteria })],
    await at.refer('hana', forumId, other),
  ].map(({ body }) => (body as { id: string }).id) as [string, string, string];
  const list = async () =>
    (await get('idris', `/cases/${here.caseId}/forum-referrals`)).body.items as {
      id: string;
      may: string[];
      into: string[];
      standing: string;
      mergedInto: string | null;
    }[];
  expect((await list()).map((each) => [each.id, each.into, each.may.includes('merge')])).toEqual([
    [second, [first], true],
    [first, [second], true],
  ]);
  const merge = (who: string, into?: string, words = 'The same evening') =>
    post(who, `/forum-referrals/${second}/steps`, { do: 'merge', words, ...(into ? { into } : {}) }, 1);
  expect([(await merge('hana', first)).status, (await merge('wren', first)).status]).toEqual([404, 403]);
  expect((await merge('idris')).body.errors[0]).toMatchObject({ field: 'into', code: 'required' });
  for (const wrong of [second, elsewhere, here.caseId])
    expect((await merge('idris', wrong)).body.errors[0].code).toBe('forum-referral.not-the-same');
  expect((await merge('idris', first)).body).toMatchObject({ version: 2, status: 'merged' });
  expect(await lastAct('forum-referral.screen')).toMatchObject({
    decision: 'merged',
    objects: expect.arrayContaining([second, first].map((each) => expect.objectContaining({ id: each }))),
    recipients: [expect.anything(), expect.anything()],
  });
  expect((await list()).map((each) => [each.standing, each.mergedInto, each.may.includes('merge')])).toEqual([
    ['merged', first, false],
    ['submitted', null, false],
  ]);
  // It stands for the other as well, whose agency has not said that it takes it back.
  const taken = await post('hana', `/forum-referrals/${first}/steps`, { do: 'withdraw', words: 'A mistake' }, 1);
  expect([taken.status, taken.body.code]).toEqual([422, 'forum-referral.stands-for-others']);
  const agenda = (await meeting('idris', id)).items as { id: string; caseId: string; referralId: string }[];
  const kept = agenda.filter(({ caseId }) => caseId === here.caseId);
  expect(kept.map(({ referralId }) => referralId)).toEqual([first]);
  // Whoever hears the case reads on what the other rested.
  expect((await item('idris', kept[0]!.id)).merged).toEqual([
    { orgId: org('northbank-council'), evidence: ['He waited at her work'] },
  ]);
  const [event] = await app.sql<{ body: string }>(
    `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE stream_id = $1 ORDER BY stream_version DESC LIMIT 1`,
    [here.caseId],
  );
  expect(JSON.parse(event!.body)).toMatchObject({
    ...{ type: 'risk.forum-referral-changed.v1', data: { referralId: second, standing: 'merged', mergedInto: first } },
  });
}
