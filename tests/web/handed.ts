import { eventually } from '@concordat/testing';
import { handOverAgreement } from './agreements';
import { accepted, staffId } from './stories';
import type { World } from './world';

const BEVAN = '3774c7ee-4534-4ce5-9d47-ff055bd101af';

/** Refers a case to Bevan as its lead, through the API. */
export async function offer(world: World, caseId: string, more: object = {}): Promise<string> {
  await handOverAgreement(world);
  const amina = world.app.as('amina');
  const { version } = (await amina.get(`/api/records/cases/${caseId}`)).body as { version: number };
  const body = {
    ...{ recipient: BEVAN, reason: 'She has not been seen by a nurse since May.', purpose: 'health-care' },
    ...{ legalBasis: 'public-task', urgency: 'soon', view: 'health', consent: { answer: 'given' } },
    ...more,
  };
  const answer = await amina.post(`/api/records/cases/${caseId}/onward-referrals`, body, { version });
  expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  return answer.body.id as string;
}

/** A case of Northbank Council's that was referred to Bevan. */
export async function offered(world: World): Promise<{ id: string; caseId: string }> {
  const { caseId } = await accepted(world);
  return { id: await offer(world, caseId), caseId };
}

/** A referral that was answered or ended. */
export async function answered(
  world: World,
  id: string,
  step: string,
  body: object = {},
  username = 'bevan',
): Promise<string> {
  const caller = world.app.as(username);
  const path = `/api/records/onward-referrals/${id}`;
  const { version } = (await caller.get(path)).body as { version: number };
  const answer = await caller.post(`${path}/${step}`, body, { version });
  expect(answer.status).toBe(200);
  return id;
}

/** Offers a case to Bevan as its owner, through the API. */
export async function offerCase(world: World, caseId: string): Promise<string> {
  await handOverAgreement(world);
  const amina = world.app.as('amina');
  const { version } = (await amina.get(`/api/records/cases/${caseId}`)).body as { version: number };
  const body = { recipient: BEVAN, reason: 'She moved to Eastvale.', consent: { answer: 'given' } };
  const answer = await amina.post(`/api/records/cases/${caseId}/transfers`, body, { version });
  expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  return answer.body.id as string;
}

/** A case of Northbank Council's that is on offer to Bevan. */
export async function onOffer(world: World): Promise<{ id: string; caseId: string }> {
  const { caseId } = await accepted(world);
  return { id: await offerCase(world, caseId), caseId };
}

/** A case of Northbank Council's that somebody else who works on it, and told of it, has asked for: Hana unless said. */
export async function askedFor(world: World, username = 'hana'): Promise<{ id: string; caseId: string }> {
  const { caseId } = await accepted(world, username);
  const asker = world.app.as(username);
  const { version } = (await asker.get(`/api/records/cases/${caseId}`)).body as { version: number };
  const answer = await asker.post(
    `/api/records/cases/${caseId}/transfer-requests`,
    { reason: 'I see her weekly.' },
    { version },
  );
  expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  return { id: answer.body.id as string, caseId };
}

/** A transfer of which somebody has taken a step. */
export async function stepped(world: World, id: string, step: string, username: string, body: object = {}) {
  const caller = world.app.as(username);
  const path = `/api/records/transfers/${id}`;
  const { version } = (await caller.get(path)).body as { version: number };
  expect((await caller.post(`${path}/${step}`, body, { version })).status).toBe(200);
  return id;
}

/** A case in which something is planned. */
export async function withStep(world: World): Promise<{ caseId: string }> {
  const { caseId } = await accepted(world);
  const { leadOrg } = (await world.app.as('amina').get(`/api/records/cases/${caseId}`)).body as { leadOrg: string };
  const body = { text: 'A nurse is to see her.', agency: leadOrg };
  const made = await world.app.as('amina').post(`/api/records/cases/${caseId}/key-facts/steps`, body);
  expect(made.status).toBe(201);
  return { caseId };
}

/** Gives cases to Tomas in bulk. */
export async function startBulk(world: World, ids: readonly string[]): Promise<string> {
  const body = { cases: { ids }, change: { ownerId: await staffId(world, 'tomas') } };
  const started = await world.app.as('amina').post('/api/records/bulk/assignments', body);
  expect([started.status, started.body.errors]).toEqual([202, undefined]);
  return started.body.id as string;
}

/** Bulk work, once it has come to its end. */
export async function done(world: World, id: string): Promise<string> {
  const amina = world.app.as('amina');
  await eventually(async () => (await amina.get(`/api/records/bulk/${id}`)).body.state === 'done', {
    timeoutMs: 20_000,
  });
  return id;
}

/** A case of Tomas's of which he has asked to have the closing approved. */
export async function askedToApprove(world: World): Promise<{ caseId: string; id: string }> {
  const { caseId } = await accepted(world);
  const ownerId = await staffId(world, 'tomas');
  const amina = world.app.as('amina');
  const given = await amina.post(`/api/records/cases/${caseId}/assignment`, { ownerId }, { version: 1 });
  expect([given.status, given.body.errors]).toEqual([200, undefined]);
  const asked = await world.app
    .as('tomas')
    .post(`/api/records/cases/${caseId}/approvals/closure`, { comment: 'She is safe.' }, { version: 2 });
  expect(asked.status).toBe(201);
  return { caseId, id: asked.body.id as string };
}

export const PASSWORD = 'seven herons by a cold weir';

/** An export of Amina's cases, once its file is there. */
export async function exported(world: World): Promise<string> {
  await accepted(world);
  const amina = world.app.as('amina');
  const asked = await amina.post('/api/records/exports', { type: 'cases', format: 'csv', password: PASSWORD });
  expect([asked.status, asked.body.errors]).toEqual([202, undefined]);
  const id = asked.body.id as string;
  await eventually(async () => (await amina.get(`/api/records/exports/${id}`)).body.state === 'done', {
    timeoutMs: 20_000,
  });
  return id;
}
