import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';

/**
 * Refers a case to a community MARAC (hana) though it is solely about domestic abuse: it is asked, needs a reason, and is on record.
 * @param saying what else the referral says
 */
export async function referNevertheless(app: TestApp, caseId: string, saying: object): Promise<void> {
  const [hana, at] = [app.as('hana'), `/api/risk/cases/${caseId}/forum-referrals`];
  const criteria = [{ code: 'several-agencies', evidence: 'Each knows a part' }];
  const to = (diverts: object[]) => hana.post(at, { ...saying, criteria, diverts }, { key: newId() });
  const divert = { code: 'domestic-abuse-only', applies: true };
  expect((await to([])).body.errors).toEqual([expect.objectContaining({ field: 'diverts.domestic-abuse-only' })]);
  expect((await to([divert])).body.errors).toEqual([expect.objectContaining({ code: 'divert.reason-needed' })]);
  const nevertheless = { ...divert, reason: 'The neighbours are harmed as well' };
  expect((await to([nevertheless])).status).toBe(201);
  const act = (await app.acts('risk')).findLast(({ action }) => action === 'forum-referral.make');
  expect(act?.reasons).toEqual(['several-agencies', 'divert.domestic-abuse-only']);
  expect((await hana.get(at)).body.items[0].diverts).toEqual([nevertheless]);
}
