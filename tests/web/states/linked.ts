import { accepted, at, EASTVALE_NHS, joins, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';
import { chronicled, entryIn } from './chronology';

/** Two linked cases in whose chronologies two agencies tell of one event, which somebody has said is one. */
export async function linked(world: World): Promise<{ first: string; second: string }> {
  const [first, second] = [(await chronicled(world)).caseId, (await chronicled(world)).caseId];
  const amina = world.app.as('amina');
  const { reference } = (await amina.get(`/api/records/cases/${second}`)).body as { reference: string };
  const linking = await amina.post(`/api/records/cases/${first}/links`, { reference, kind: 'repeat' });
  expect(linking.status).toBe(201);
  const mine = await entryIn(world, first, 'amina', {
    starts: '2026-07-01',
    category: 'court',
    fact: 'An order was made.',
  });
  const theirs = await entryIn(world, second, 'hana', {
    starts: '2026-07-03',
    category: 'court',
    fact: 'The order was refused.',
  });
  const joined = await amina.post(`/api/records/cases/${first}/chronology/${mine}/same-event`, {
    otherCase: second,
    otherEntry: theirs,
  });
  expect(joined.status).toBe(200);
  return { first, second };
}

const mergedAt = (username: string): Drive =>
  at(username, async (world) => {
    const { first, second } = await linked(world);
    return `/cases/${first}/chronology/merged?with=${second}`;
  });

export const drives: Drives = {
  'cases/linked': {
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/links`),
    filled: at('amina', async (world) => `/cases/${(await linked(world)).first}/links`),
    'read-only': at('una', async (world) => {
      const { first, second } = await linked(world);
      await joins(world, first, EASTVALE_NHS);
      await joins(world, second, EASTVALE_NHS);
      return `/cases/${first}/links`;
    }),
    error: then(
      at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/links`),
      sendWrongly('Link the cases'),
    ),
  },
  'cases/merged-chronology': {
    alone: at('amina', async (world) => `/cases/${(await chronicled(world)).caseId}/chronology/merged`),
    filled: at('amina', async (world) => {
      const { caseId } = await chronicled(world);
      await entryIn(world, caseId, 'hana', { fact: 'He shouted at the door.' });
      return `/cases/${caseId}/chronology/merged`;
    }),
    conflict: then(mergedAt('amina'), async (page) => {
      const text = await page.innerText('.app-chronology');
      expect(text).toContain('Agencies give dates that cannot both be');
      expect(text).toContain('Agencies tell it differently');
    }),
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/chronology/merged`),
    error: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/chronology/merged?from=31/2/2026`),
  },
  'cases/household': {
    filled: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/household`),
  },
};
