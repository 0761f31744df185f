import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { staff } from '../assessments/told.testing';
import { forumSetUp, northbankCcm } from '../forums/northbank.testing';

/**
 * Refers a case to a community MARAC (hana) though it is solely about domestic abuse: it is asked, needs a reason, and is on record
 * and on the agenda. A transfer to the community MARAC of another area asks the same.
 * @param sayingTo what else a referral to a forum says
 */
export async function referNevertheless(
  app: TestApp,
  caseId: string,
  sayingTo: (forumId: string) => object,
): Promise<void> {
  const idrisLeads = { chairs: [staff('idris')], coordinators: [staff('idris')] };
  const forumId = await forumSetUp(app, northbankCcm());
  const to = await forumSetUp(app, { ...northbankCcm(), ...idrisLeads, title: 'Eastvale community MARAC' });
  const saying = sayingTo(forumId);
  const [hana, at] = [app.as('hana'), `/api/risk/cases/${caseId}/forum-referrals`];
  const criteria = [{ code: 'several-agencies', evidence: 'Each knows a part' }];
  const refer = (diverts: object[]) => hana.post(at, { ...saying, criteria, diverts }, { key: newId() });
  const divert = { code: 'domestic-abuse-only', applies: true };
  expect((await refer([])).body.errors).toEqual([expect.objectContaining({ field: 'diverts.domestic-abuse-only' })]);
  expect((await refer([divert])).body.errors).toEqual([expect.objectContaining({ code: 'divert.reason-needed' })]);
  const nevertheless = { ...divert, reason: 'The neighbours are harmed as well' };
  expect((await refer([nevertheless])).status).toBe(201);
  const act = (await app.acts('risk')).findLast(({ action }) => action === 'forum-referral.make');
  expect(act?.reasons).toEqual(['several-agencies', 'divert.domestic-abuse-only']);
  const [referred] = (await hana.get(at)).body.items;
  expect(referred.diverts).toEqual([nevertheless]);

  const [idris, heldOn] = [app.as('idris'), civilDate(new Date())];
  const planned = async (forumId: string): Promise<string> =>
    (await idris.post<{ id: string }>(`/api/risk/forums/${forumId}/meetings`, { heldOn }, { key: newId() })).body.id;
  const agenda = async (meetingId: string) => (await idris.get(`/api/risk/meetings/${meetingId}`)).body;
  const before = await agenda(await planned(forumId));
  expect(before.diverts).toEqual([expect.objectContaining({ code: divert.code, to: 'marac' })]);
  expect(before.items[0].diverts).toEqual([nevertheless]);
  expect((await idris.get(`/api/risk/agenda-items/${before.items[0].id}`)).body.item.diverts).toEqual([nevertheless]);

  const transfer = (more: object) => {
    const body = { toForum: to, reason: 'They have moved', informs: ['INCIDENTS'], ...more };
    return idris.post(`/api/risk/forum-referrals/${referred.id}/transfers`, body, { version: 1, key: newId() });
  };
  expect((await transfer({})).body.errors).toEqual([expect.objectContaining({ field: 'diverts.domestic-abuse-only' })]);
  expect((await transfer({ diverts: [divert] })).body.errors[0].code).toBe('divert.reason-needed');
  const still = { ...divert, reason: 'The new neighbours as well' };
  const sent = await transfer({ diverts: [still] });
  expect([sent.status, sent.body.errors]).toEqual([201, undefined]);
  const transferAt = `/api/risk/forum-transfers/${sent.body.id}`;
  expect((await idris.get(transferAt)).body.diverts).toEqual([still]);
  const took = await idris.post(
    `${transferAt}/acknowledgements`,
    { words: 'Heard here' },
    { version: 1, key: newId() },
  );
  expect(took.status).toBe(201);
  expect((await agenda(await planned(to))).items[0]).toMatchObject({ fromForum: forumId, diverts: [still] });
}
