import { forumSetUp } from '../../../apps/risk/src/forums/northbank.testing';
import { loadYear } from '../../../apps/risk/src/statistics/forum-year.testing';
import { conference } from '../conferences';
import { at, sendWrongly, then } from '../stories';
import type { Drives, World } from '../world';

const planned = async (world: World): Promise<string> => (await conference(world, 'planned')).forumId;
/** A forum that met all through a financial year. */
async function yearForum(world: World): Promise<string> {
  const id = await forumSetUp(world.app);
  await loadYear(world.app, id);
  return `/forums/${id}`;
}
const published = async (world: World, forum: string): Promise<void> =>
  expect((await world.app.as('gwen').post(`/api/risk${forum}/published-figures`, { year: 2025 })).status).toBe(201);

export const drives: Drives = {
  'meetings/statistics': {
    year: at('idris', async (world) => `${await yearForum(world)}/statistics?to=2026-Q1`),
    missing: then(
      at('idris', async (world) => `${await yearForum(world)}/statistics`),
      async (page) => expect(await page.innerText('main')).toContain('Two quarters in a row are missing'),
    ),
    error: then(
      at('idris', async (world) => `${await yearForum(world)}/statistics?to=2026-Q1`),
      async (page, world) => {
        await published(world, new URL(page.url()).pathname.replace('/statistics', ''));
        await sendWrongly('Publish this year')(page);
      },
    ),
  },
  'meetings/statistics-cases': {
    filled: at('idris', async (world) => `${await yearForum(world)}/statistics/cases?to=2026-Q1`),
  },
  'meetings/published': {
    filled: at('hana', async (world) => {
      const forum = await yearForum(world);
      await published(world, forum);
      return `${forum}/published-figures`;
    }),
    empty: at('hana', async (world) => `/forums/${await planned(world)}/published-figures`),
  },
};
