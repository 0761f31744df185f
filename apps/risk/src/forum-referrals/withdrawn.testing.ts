import type { TestApp } from '@concordat/testing';
import { staff } from '../assessments/told.testing';
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
