import { accepted, at, EASTVALE_NHS, joins, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';
import { caseOf, newSurname, toldOf } from './people';

/** A case with an order in force, a step that is late and one that has been done. */
export async function withFacts(world: World): Promise<string> {
  const { caseId } = await accepted(world);
  const amina = world.app.as('amina');
  const { body } = await amina.get(`/api/records/cases/${caseId}`);
  const [, other] = body.people as { id: string }[];
  const post = async (path: string, sent: object): Promise<{ id: string }> => {
    const answer = await amina.post(`/api/records/cases/${caseId}/key-facts/${path}`, sent);
    expect([path, answer.status < 300, answer.body.errors]).toEqual([path, true, undefined]);
    return answer.body as { id: string };
  };
  const order = { order: 'restraining', detail: 'Not to come within 100 metres of her home.', against: other!.id };
  await post('orders', { ...order, from: '2026-01', until: '2026-11-01' });
  await post('steps', { text: 'Fit a lock.', agency: body.leadOrg, due: '2026-10-01' });
  const { id } = await post('steps', { text: 'Ring the school.', agency: body.leadOrg });
  await post(`${id}/ending`, {});
  return caseId;
}
const addPerson: Drive = at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/people/add`);

export const drives: Drives = {
  'cases/key-facts': {
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/key-facts`),
    filled: at('amina', async (world) => `/cases/${await withFacts(world)}/key-facts`),
    'read-only': at('una', async (world) => {
      const caseId = await withFacts(world);
      await joins(world, caseId, EASTVALE_NHS);
      return `/cases/${caseId}/key-facts`;
    }),
    error: then(
      at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/key-facts`),
      sendWrongly('Record the next step'),
    ),
  },
  'cases/add-person': {
    empty: addPerson,
    error: then(addPerson, sendWrongly('Add this person')),
    known: async (world) => {
      const surname = newSurname();
      await caseOf(world, surname);
      const [subject] = toldOf(surname) as { name: { given: string }; datesOfBirth: { value: string }[] }[];
      const page = await addPerson(world);
      await page.fill('#given', subject!.name.given);
      await page.fill('#family', surname);
      const [year = '', month = '', day = ''] = subject!.datesOfBirth[0]!.value.split('-');
      for (const [part, value] of Object.entries({ year, month, day })) await page.fill(`#born-${part}`, value);
      await page.check('input[name="roles"][value="witness"]');
      await page.click('button:has-text("Add this person")');
      await page.waitForSelector('text=None of these');
      return page;
    },
  },
};
