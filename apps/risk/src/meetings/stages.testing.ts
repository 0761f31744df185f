import { newId } from '@concordat/contracts';
import type { TestApp } from '@concordat/testing';
import { staff } from '../assessments/told.testing';
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
    ...{ outcome: 'done', actor: staff('idris'), items: ['police-assessment'], rule: 'channel@2' },
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
    `SELECT convert_from(body, 'UTF8') AS body FROM risk.outbox WHERE convert_from(body, 'UTF8') LIKE '%forum-stage-began%'`,
  );
  expect(told.map(({ body }) => (JSON.parse(body) as { data: { stage: string } }).data.stage)).toEqual([
    ...['police-assessment', 'initial'],
  ]);
  const [may] = await app.sql<{ may: boolean }>(
    `SELECT has_table_privilege('concordat_risk', 'risk.forum_referral_stage', 'UPDATE, DELETE, TRUNCATE') AS may`,
  );
  expect(may?.may).toBe(false);
}
