import { addDays, addMonths } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { staff } from '../assessments/told.testing';
import { forumSetUp, northbankHub } from '../forums/northbank.testing';
import type { Conferring } from './conferring.testing';

/** What is wrong with each field of something that was refused. */
export const codes = ({ body }: { body: { errors: { code: string }[] } }): string[] =>
  body.errors.map(({ code }) => code);

/** A police force of another area, of which nobody is known here. */
export async function forceElsewhere(app: TestApp): Promise<string> {
  const id = newId();
  await app.sql(`INSERT INTO risk.organisation VALUES ($1, 'POLICE', true)`, [id]);
  return id;
}

/** Work of a hub on one case runs side by side: each begins and ends by itself, and is told as codes and days. */
export async function sideBySide(app: TestApp, at: Conferring): Promise<void> {
  const { get, post, lastAct, today } = at;
  const forumId = await forumSetUp(app, northbankHub());
  const here = await at.place();
  const asked = { otherIds: [], criteria: [{ code: 'rating-disputed', evidence: 'The NHS rates it red' }] };
  const { id } = (await at.refer('hana', forumId, here, asked)).body as { id: string };
  const keep = (stage: string, more: object, version: number) =>
    post('idris', `/forum-referrals/${id}/stages`, { stage, ...more }, version);
  const began = { beganOn: today };
  expect((await keep('gathering', began, 1)).status).toBe(200);
  expect((await keep('strategy-discussion', began, 2)).status).toBe(200);
  expect((await keep('gathering', began, 3)).body.code).toBe('forum-stage.runs');
  expect((await keep('assessment', { endedOn: today }, 3)).body.code).toBe('forum-stage.not-running');
  for (const neither of [{}, { ...began, endedOn: today }])
    expect(codes(await keep('gathering', neither, 3))).toEqual(['required']);
  expect((await keep('gathering', { endedOn: today }, 3)).status).toBe(200);
  expect(await lastAct('forum-referral.begin-stage')).toMatchObject({ decision: 'ended', rule: 'mash@3' });
  const [{ stages, end }] = (await get('idris', `/cases/${here.caseId}/forum-referrals`)).body.items;
  expect([stages, end]).toMatchObject([
    [
      { stage: 'gathering', endedOn: today },
      { stage: 'strategy-discussion', endedOn: null },
    ],
    [{ code: 'strategy-discussion' }],
  ]);
  const [told] = await app.sql<{ body: string }>(
    `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE convert_from(body, 'UTF8') LIKE '%forum-stage-ended%'`,
  );
  expect(JSON.parse(told!.body)).toMatchObject({
    data: { referralId: id, kind: 'mash', stage: 'gathering', endedOn: today },
  });
}

/**
 * When stages of a case at a Channel panel began is on record: by whoever leads it, once, with the acts that it
 * leaves, and told as a code and a day.
 */
export async function stagesOnRecord(app: TestApp, at: Conferring, caseId: string): Promise<void> {
  const { get, post, lastAct, today } = at;
  const referrals = async (who: string) => (await get(who, `/cases/${caseId}/forum-referrals`)).body.items;
  const [{ id: referralId, begin }] = await referrals('idris');
  expect(begin.map((s: { code: string }) => s.code)).toContain('police-assessment');
  const began = (who: string, version: number, more: object = {}) =>
    post(
      who,
      `/forum-referrals/${referralId}/stages`,
      { stage: 'police-assessment', beganOn: today, ...more },
      version,
    );
  expect((await began('moss', 1)).body).toMatchObject({
    code: 'forum-referral.forbidden',
    reasons: ['forum.not-lead'],
  });
  expect((await began('nia', 1)).status).toBe(404);
  expect(codes(await began('idris', 1, { stage: 'stepping-up', beganOn: '2020-01-01' }))).toEqual([
    ...['stage.unknown', 'too-early'],
  ]);
  expect((await began('idris', 1)).body.version).toBe(2);
  expect(await lastAct('forum-referral.begin-stage')).toMatchObject({
    ...{ outcome: 'done', actor: staff('idris'), items: ['police-assessment'], rule: 'channel@3' },
  });
  expect((await began('idris', 1)).status).toBe(409);
  expect((await began('idris', 2)).body.code).toBe('forum-stage.runs');
  expect((await began('idris', 2, { stage: 'initial' })).status).toBe(200);
  const [{ stages }] = await referrals('moss');
  expect(stages).toMatchObject([
    { stage: 'police-assessment', beganOn: today, endedOn: today, force: 'guidance', byId: staff('idris') },
    { stage: 'initial', beganOn: today, endedOn: null, force: 'unverified' },
  ]);
  const told = await app.sql<{ body: string }>(
    `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE convert_from(body, 'UTF8') LIKE '%forum-stage-began%' ORDER BY seq`,
  );
  expect(told.map(({ body }) => (JSON.parse(body) as { data: { stage: string } }).data.stage)).toEqual([
    ...['police-assessment', 'initial'],
  ]);
  const [may] = await app.sql<{ may: boolean }>(
    `SELECT has_table_privilege('concordat_risk', 'risk.forum_referral_stage', 'UPDATE, DELETE, TRUNCATE') AS may`,
  );
  expect(may?.may).toBe(false);
}

/** Of two cases that come back, one is named for a day in twenty, and of the other six months are over first. */
export async function lookedAtAgain(at: Conferring, { forumId, caseId }: { forumId: string; caseId: string }) {
  const { get, post, today } = at;
  const listed = async (days: number) =>
    (await post('idris', `/forums/${forumId}/meetings`, { heldOn: addDays(today, days) })).body.listed as number;
  expect([await listed(10), await listed(28), await listed(170), await listed(200)]).toEqual([0, 1, 0, 1]);
  const [referral] = (await get('idris', `/cases/${caseId}/forum-referrals`)).body.items;
  expect(referral.waitsUntil).toBe(addMonths(today, 6));
}
