import { accepted, at, EASTVALE_NHS, joins, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';

/** Adds an entry to a case's chronology through the API. */
export async function entryIn(world: World, caseId: string, username: string, more: object = {}): Promise<string> {
  const entry = {
    starts: '2026-09-14',
    category: 'incident',
    fact: 'He came to the flat at night and shouted.',
    ...more,
  };
  const { status, body } = await world.app.as(username).post(`/api/records/cases/${caseId}/chronology`, entry);
  expect([status, body.errors]).toEqual([201, undefined]);
  return (body as { id: string }).id;
}

/** A case with a chronology of two agencies. */
export async function chronicled(world: World): Promise<{ caseId: string; mine: string; theirs: string }> {
  const { caseId } = await accepted(world);
  const { body } = await world.app.as('amina').get(`/api/records/cases/${caseId}`);
  const [person] = body.people as { id: string }[];
  const theirs = await entryIn(world, caseId, 'hana', {
    ...{ starts: '2026-08', about: true, category: 'disclosure', fact: 'She said that she was afraid to go home.' },
    ...{ comment: 'She had not said so before.', people: [person!.id], sensitive: true, thirdParty: true },
    ...{ sourceRef: 'HH/0042', cameFrom: [{ kind: 'referral', id: body.referralId }] },
  });
  return { caseId, theirs, mine: await entryIn(world, caseId, 'amina') };
}

const chronologyAt = (username: string, path = ''): Drive =>
  at(username, async (world) => `/cases/${(await chronicled(world)).caseId}/chronology${path}`);
const entryAt = (username: string, path = ''): Drive =>
  at(username, async (world) => {
    const { caseId, mine } = await chronicled(world);
    return `/cases/${caseId}/chronology/${mine}${path}`;
  });
const apiAt = (address: string): string =>
  `/api/records${new URL(address).pathname.replace(/\/(correct|withdraw)$/, '')}`;

export const drives: Drives = {
  'cases/chronology': {
    filled: chronologyAt('amina'),
    'read-only': at('una', async (world) => {
      const { caseId } = await chronicled(world);
      await joins(world, caseId, EASTVALE_NHS);
      return `/cases/${caseId}/chronology`;
    }),
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/chronology`),
    filtered: chronologyAt('amina', '?category=incident&from=1/9/2026&order=newest'),
    'nothing-found': chronologyAt('amina', '?category=court'),
    'as-it-stood': chronologyAt('amina', '?asOf=27/11/2025'),
    recorded: chronologyAt('amina', '?done=recorded'),
    error: chronologyAt('amina', '?from=31/2/2026'),
  },
  'cases/chronology-print': { printed: chronologyAt('amina', '/print') },
  'cases/add-to-chronology': {
    empty: chronologyAt('amina', '/add'),
    error: then(chronologyAt('amina', '/add'), sendWrongly('Add this entry')),
  },
  'cases/chronology-entry': {
    filled: entryAt('amina'),
    'read-only': entryAt('hana'),
    corrected: then(entryAt('amina', '/correct'), async (page) => {
      await page.fill('#fact', 'He came to the flat at noon.');
      await page.fill('#reason', 'The neighbour gave the wrong time.');
      await page.click('button:has-text("Save the correction")');
      await page.waitForSelector('.moj-alert');
    }),
    withdrawn: then(entryAt('amina', '/withdraw'), async (page) => {
      await page.fill('#reason', 'It was about another family.');
      await page.click('button:has-text("Withdraw the entry")');
      await page.waitForSelector('.moj-alert');
    }),
  },
  'cases/correct-entry': {
    filled: entryAt('amina', '/correct'),
    error: then(entryAt('amina', '/correct'), sendWrongly('Save the correction')),
    conflict: then(entryAt('amina', '/correct'), async (page, world) => {
      const theirs = { starts: '2026-09-15', category: 'incident', fact: 'The day after.', reason: 'Wrong day.' };
      const answer = await world.app.as('amina').post(`${apiAt(page.url())}/corrections`, theirs, { version: 1 });
      expect(answer.status).toBe(200);
      await page.fill('#fact', 'He came to the flat at noon.');
      await page.fill('#reason', 'The neighbour gave the wrong time.');
      await page.click('button:has-text("Save the correction")');
      await page.waitForSelector('text=Save mine');
    }),
  },
  'cases/withdraw-entry': {
    confirm: entryAt('amina', '/withdraw'),
    error: then(entryAt('amina', '/withdraw'), sendWrongly('Withdraw the entry')),
  },
};
