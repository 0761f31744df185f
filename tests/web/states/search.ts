import { eventually } from '@concordat/testing';
import type { Page } from 'playwright-core';
import { at, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';
import { caseOf } from './people';

/** Types into the box at the top of a page, as people do, and waits for what is found. */
export async function find(page: Page, q: string, box = '#find-everything'): Promise<void> {
  await page.fill(box, q);
  await page.press(box, 'Enter');
  await page.waitForURL(/\/search\/[0-9a-f-]{36}/);
}

/** Waits until everything that records did can be found. */
export async function findable(world: World): Promise<void> {
  await eventually(
    async () => {
      const [row] = await world.app.sql<{ left: number }>(
        `SELECT (SELECT count(*) FROM records.outbox WHERE published_at IS NULL)::int + (SELECT count(*) FROM records.inbox)::int
              + (SELECT count(*) FROM referrals.outbox WHERE published_at IS NULL)::int + (SELECT count(*) FROM referrals.inbox)::int AS left`,
      );
      return row!.left === 0;
    },
    { timeoutMs: 20_000 },
  );
}

/** A case about people of this surname, of which notes say so many times that somebody rang. */
export async function rangAbout(world: World, surname: string, times = 1): Promise<{ caseId: string }> {
  const made = await caseOf(world, surname);
  for (let i = 0; i < times; i++) {
    const body = { text: `A neighbour of the ${surname} family rang, call ${i + 1}.` };
    const { status } = await world.app.as('amina').post(`/api/records/cases/${made.caseId}/notes`, body);
    expect(status).toBe(201);
  }
  await findable(world);
  return made;
}

const foundFor = (q: string): Drive => then(at('amina', '/cases'), (page) => find(page, q));

export const drives: Drives = {
  search: {
    empty: at('amina', '/search'),
    error: then(at('amina', '/search'), sendWrongly('Find')),
    filled: async (world) => {
      await rangAbout(world, 'Brindlewick');
      const page = await foundFor('Brindlewick')(world);
      for (const heading of ['People and cases', 'Referrals', 'Chronologies, notes and documents'])
        await page.waitForSelector(`h2:text-is("${heading}")`);
      return page;
    },
    further: async (world) => {
      await rangAbout(world, 'Garrowmere', 26);
      const page = await foundFor('Garrowmere')(world);
      await page.click('.govuk-pagination__next a');
      await page.waitForSelector('text=Back to the first page of results');
      return page;
    },
    'nothing-found': then(foundFor('Zzyzxquorum'), async (page) => {
      await page.waitForSelector('text=No results that you may see');
    }),
    'too-common': then(foundFor('the and'), async (page) => {
      await page.waitForSelector('text=These words are in nearly everything');
    }),
    expired: at('amina', '/search/3774c7ee-4534-4ce5-9d47-ff055bd101af'),
  },
};
