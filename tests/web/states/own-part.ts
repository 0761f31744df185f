import { accepted, at, EASTVALE_NHS, joins } from '../stories';
import type { Drive, Drives, World } from '../world';
import { whileRefused } from './problems';

/** A case that Bevan's agency works on, to which it added an entry and a note, and Amina's a note. */
async function workedOn(world: World): Promise<string> {
  const { caseId } = await accepted(world);
  await joins(world, caseId, EASTVALE_NHS, 'contributor');
  const path = `/api/records/cases/${caseId}`;
  const fact = { starts: '2026-03-01', category: 'contact', fact: 'Seen at the clinic.' };
  const bevan = world.app.as('bevan');
  const kept = [
    await bevan.post(`${path}/chronology`, fact),
    await bevan.post(`${path}/notes`, { text: 'I shall see her again.' }),
    await bevan.post(`${path}/key-facts/steps`, { text: 'Weigh the baby.', agency: EASTVALE_NHS }),
    await world.app.as('amina').post(`${path}/notes`, { text: 'A word of the council.' }),
  ];
  expect(kept.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  return caseId;
}

/** Refused the case, what one's own agency put into it is one link away. */
const filled: Drive = async (world) => {
  const caseId = await workedOn(world);
  return whileRefused(async () => {
    const page = await at('bevan', `/cases/${caseId}`)(world);
    expect(await page.innerText('h1')).toBe('This may not be shared');
    await page.click('text=What your agency put into this case');
    const main = await page.innerText('main');
    for (const shown of [
      'Seen at the clinic.',
      'I shall see her again.',
      'Weigh the baby.',
      'see the rest of this case now',
    ])
      expect(main).toContain(shown);
    expect(main).not.toContain('A word of the council.');
    const csv = await page.request.get(`${world.url}${await page.getAttribute('a:has-text("CSV")', 'href')}`);
    expect([csv.status(), await csv.text()]).toEqual([200, expect.stringContaining('Seen at the clinic.')]);
    return page;
  });
};

export const drives: Drives = {
  'cases/own': {
    filled,
    empty: at('una', async (world) => {
      const { caseId } = await accepted(world);
      await joins(world, caseId, EASTVALE_NHS);
      return `/cases/${caseId}/own`;
    }),
  },
};
