import { addDays, civilDate } from '@concordat/clocks';
import { eventually } from '@concordat/testing';
import type { Page } from 'playwright-core';
import { aged } from '../../apps/records/src/retention/aged.testing';
import { handOverAgreement } from './agreements';
import type { Drive, World } from './world';

/** Opens an address as somebody; the address may need something to exist first. */
export const at =
  (username: string, path: string | ((world: World) => Promise<string>)): Drive =>
  async (world) => {
    const page = await world.as(username);
    await page.goto(world.url + (typeof path === 'string' ? path : await path(world)));
    return page;
  };

/** Does something on a page that was opened, and leaves it there. */
export const then =
  (drive: Drive, act: (page: Page, world: World) => Promise<void>): Drive =>
  async (world) => {
    const page = await drive(world);
    await act(page, world).catch(async (error: Error) => {
      // What cannot be done is often another page than the one that was asked for: a failure says which.
      const heading = (await page.textContent('h1').catch(() => null))?.trim() ?? 'without a heading';
      throw new Error(`${error.message}\non the page: ${heading}`, { cause: error });
    });
    return page;
  };

/** Sends a form and waits for what was wrong with it. */
export const sendWrongly =
  (button: string) =>
  async (page: Page): Promise<void> => {
    await page.click(`button:has-text("${button}")`);
    await page.waitForSelector('.govuk-error-summary');
  };

/** A referral that has a colour; `more` in the place of parts of its content. */
export async function rated(world: World, colour = 'amber', more: object = {}): Promise<string> {
  const { id } = await world.referral('hana', more);
  await world.act('amina', id, 'ratings', { colour });
  return id;
}

/** A referral that the referrer has been asked about. */
export async function asked(world: World): Promise<string> {
  const id = await rated(world);
  await world.act('amina', id, 'information-requests', { question: 'Where does he work?', reason: 'identity-unclear' });
  return id;
}

/** A referral that ended without a case, with a note and feedback. */
export async function closed(world: World): Promise<string> {
  const id = await rated(world, 'green');
  await world.act('amina', id, 'notes', { text: 'Spoke to her worker.' });
  await world.act('amina', id, 'decisions', { outcome: 'redirect', destination: 'mash', reason: 'allocated-worker' });
  await world.act('amina', id, 'feedback', { text: 'Her worker has been told.' });
  return id;
}

/** A referral that was accepted, and the case that it opened, once it is there. */
export async function accepted(world: World, username = 'hana'): Promise<{ id: string; caseId: string }> {
  const { id } = await world.referral(username);
  await world.act('amina', id, 'ratings', { colour: 'red' });
  await world.act('amina', id, 'decisions', { outcome: 'accept', rationale: 'Several agencies must act.' });
  const { caseId } = (await world.app.as('amina').get(`/api/referrals/${id}`)).body as { caseId: string };
  await eventually(async () => (await world.app.as('amina').get(`/api/records/cases/${caseId}`)).status === 200);
  return { id, caseId };
}

/** A case to which nothing was added for eight years, and in which nobody was a child: its time is up. */
export async function timeIsUp(world: World): Promise<{ caseId: string; reference: string }> {
  const { caseId } = await accepted(world);
  const grown = { datesOfBirth: [{ value: '1980-01-01', precision: 'day' }] };
  await world.app.sql(
    `UPDATE records.person SET content = content || $2 WHERE id IN (SELECT person_id FROM records.case_person WHERE case_id = $1)`,
    [caseId, grown],
  );
  await aged(world.app, caseId);
  const { body } = await world.app.as('kit').get(`/api/records/retention/${caseId}`);
  expect(body).toMatchObject({ keptBy: null });
  return { caseId, reference: (body as { reference: string }).reference };
}

/** Takes one step of deciding about a case whose time is up, from the version that it has; gives what it made. */
export async function decides(
  world: World,
  username: string,
  caseId: string,
  step: string,
  body: object = {},
): Promise<{ id: string }> {
  const [caller, at] = [world.app.as(username), `/api/records/retention/${caseId}`];
  const { version } = (await caller.get(at)).body as { version: number };
  const done = await caller.post(`${at}/${step}`, body, { version });
  expect([step, done.status < 300, done.body]).toEqual([step, true, expect.anything()]);
  return done.body as { id: string };
}

/** A request of somebody for what is held about them; `family` is nobody else's name. */
export async function accessRequest(world: World, more: object = {}): Promise<{ id: string; family: string }> {
  const family = `Withycombe${String(Date.now()).replace(/\d/g, (d) => 'abcdefghij'[Number(d)]!)}`;
  const { caseId } = await accepted(world);
  await world.app.sql(
    `UPDATE records.person SET content = jsonb_set(content, '{name}', $2) WHERE id = (
       SELECT person_id FROM records.case_person WHERE case_id = $1 ORDER BY place LIMIT 1)`,
    [caseId, { given: 'Linnet', family }],
  );
  const kit = world.app.as('kit');
  const [person] = (await kit.post('/api/records/access-requests/people', { family })).body.items as { id: string }[];
  const body = {
    ...{ personId: person!.id, requester: 'themselves', requesterName: `Linnet ${family}` },
    ...{ receivedOn: civilDate(new Date()), identityProven: true, ...more },
  };
  const made = await kit.post('/api/records/access-requests', body);
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return { id: (made.body as { id: string }).id, family };
}

/** Does something to such a request, from the version that it has. */
export async function answering(
  world: World,
  username: string,
  id: string,
  what: string,
  body: object = {},
): Promise<void> {
  const [caller, at] = [world.app.as(username), `/api/records/access-requests/${id}`];
  const { version } = (await caller.get(at)).body as { version: number };
  const done = await caller.post(`${at}/${what}`, body, { version });
  expect([what, done.status, done.body]).toEqual([what, 200, expect.anything()]);
}

/** As `accessRequest`, with everything gathered, each part decided, and prepared. */
export async function preparedRequest(world: World): Promise<{ id: string; family: string }> {
  const made = await accessRequest(world);
  await answering(world, 'kit', made.id, 'gathering');
  const { items } = (await world.app.as('kit').get(`/api/records/access-requests/${made.id}`)).body as {
    items: { id: string; others: boolean }[];
  };
  for (const { id, others } of items) {
    const decision = others ? { decision: 'withhold', exemption: 's2p3' } : { decision: 'give' };
    await answering(world, 'kit', made.id, `items/${id}`, { ...decision, thirdParty: others });
  }
  await answering(world, 'kit', made.id, 'steps', { step: 'prepare' });
  return made;
}

export const EASTVALE_NHS = '96401213-8741-44a4-a973-8cbd523aca42';
export const POLICE = 'f124a373-4ae1-46c1-8aff-fbb48ae8f95a';
export const FIRE = 'f84884c7-77c8-467a-a7bc-9b83a76d3551';

/** Lets an agency take part in a case, as its lead; one of the parties to the agreement about it. */
export async function joins(world: World, caseId: string, orgId: string, level = 'reader'): Promise<void> {
  if (level !== 'preview') await handOverAgreement(world);
  const amina = world.app.as('amina');
  const { version } = (await amina.get(`/api/records/cases/${caseId}`)).body as { version: number };
  const body = { orgId, level, consent: { answer: 'given' } };
  const answer = await amina.post(`/api/records/cases/${caseId}/participations`, body, { version });
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
}

/** The id of an act of this action, by somebody or about something, once the log has it; the newest. */
export async function sealed(world: World, query: string): Promise<string> {
  const erin = world.app.as('erin');
  return eventually(async () => {
    const { body } = await erin.get(`/api/audit/trail?${query}`);
    const [item] = (body as { items?: { eventId: string }[] }).items ?? [];
    return item ? item.eventId : false;
  });
}

/** As `sealed`, and covered by a signed checkpoint. */
export async function signed(world: World, query: string): Promise<string> {
  const eventId = await sealed(world, query);
  await eventually(async () => (await world.app.as('erin').get(`/api/audit/proofs/${eventId}`)).status === 200);
  return eventId;
}

/** The id of a persona. */
export const staffId = async (world: World, username: string): Promise<string> =>
  ((await world.app.as(username).get('/api/identity/me')).body as { id: string }).id;

/** A case that is open to these of its agencies' staff only. */
export async function restricted(
  world: World,
  kind = 'colleague',
  named: readonly string[] = ['amina'],
): Promise<{ caseId: string; restrictionId: string; reference: string }> {
  const { caseId } = await accepted(world);
  const amina = world.app.as('amina');
  const { version, reference } = (await amina.get(`/api/records/cases/${caseId}`)).body as {
    version: number;
    reference: string;
  };
  const body = {
    kind,
    named: await Promise.all(named.map((n) => staffId(world, n))),
    reviewOn: addDays(civilDate(new Date()), 30),
    reason: 'Her brother works for the council',
  };
  const made = await amina.post(`/api/records/cases/${caseId}/restrictions`, body, { version });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return { caseId, restrictionId: (made.body as { id: string }).id, reference };
}

/** A restricted case that somebody has opened in an emergency, and the id of that opening. */
export async function glassBroken(world: World, username = 'tomas'): Promise<{ caseId: string; useId: string }> {
  const { caseId, reference } = await restricted(world);
  const body = { case: reference, ground: 'life-at-risk', reason: 'A call from the house' };
  const done = await world.app.as(username).post('/api/records/break-glass', body);
  expect(done.status).toBe(201);
  return { caseId, useId: (done.body as { id: string }).id };
}
