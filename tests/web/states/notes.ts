import { accepted, at, EASTVALE_NHS, joins, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';

/** A case with a note of Amina's that asks Hana to look. */
export async function noted(world: World): Promise<string> {
  const { caseId } = await accepted(world);
  const hana = (await world.app.as('hana').get('/api/identity/me')).body as { id: string };
  const body = { text: 'Could you ring her worker?', mentions: [hana.id] };
  const answer = await world.app.as('amina').post(`/api/records/cases/${caseId}/notes`, body);
  expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
  return caseId;
}
const notesAt = (username: string): Drive => at(username, async (world) => `/cases/${await noted(world)}/notes`);

export const drives: Drives = {
  'cases/notes': {
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/notes`),
    filled: notesAt('amina'),
    'read-only': at('una', async (world) => {
      const caseId = await noted(world);
      await joins(world, caseId, EASTVALE_NHS);
      return `/cases/${caseId}/notes`;
    }),
    added: then(notesAt('hana'), async (page) => {
      await page.fill('#text', 'I have rung her.');
      await page.click('text=Ask somebody to look');
      await page.check('label:has-text("Amina Rahman")');
      await page.click('button:has-text("Add the note")');
      await page.waitForSelector('.moj-alert');
    }),
    error: then(notesAt('amina'), sendWrongly('Add the note')),
  },
};
