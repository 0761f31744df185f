import type { Drive, Drives, World } from '../world';
import { accessRequest, answering, at, preparedRequest, sendWrongly, then } from '../stories';

const of =
  (make: (world: World) => Promise<{ id: string }>, username = 'kit'): Drive =>
  (world) =>
    at(username, async () => `/access-requests/${(await make(world)).id}`)(world);

async function gathered(world: World): Promise<{ id: string }> {
  const made = await accessRequest(world);
  await answering(world, 'kit', made.id, 'gathering');
  return made;
}
async function released(world: World): Promise<{ id: string }> {
  const made = await preparedRequest(world);
  await answering(world, 'yusuf', made.id, 'release');
  return made;
}
const anItem = (make: (world: World) => Promise<{ id: string }>): Drive =>
  at('kit', async (world) => {
    const { id } = await make(world);
    const { items } = (await world.app.as('kit').get(`/api/records/access-requests/${id}`)).body as {
      items: { id: string; others: boolean }[];
    };
    return `/access-requests/${id}/items/${items.find((i) => i.others)!.id}`;
  });
const find = (family: (world: World) => Promise<string>): Drive =>
  then(at('kit', '/access-requests/record'), async (page, world) => {
    await page.fill('#family', await family(world));
    await page.click('button:has-text("Find the person")');
  });

export const drives: Drives = {
  'access-requests/list': {
    empty: at('kit', '/access-requests?state=closed'),
    filled: at('kit', async (world) => {
      await accessRequest(world);
      return '/access-requests';
    }),
  },
  'access-requests/record': {
    start: at('kit', '/access-requests/record'),
    found: find(async (world) => (await accessRequest(world)).family),
    'nothing-found': find(() => Promise.resolve('Nobodyatall')),
    error: then(
      find(async (world) => (await accessRequest(world)).family),
      sendWrongly('Record the request'),
    ),
  },
  'access-requests/request': {
    stopped: of((world) => accessRequest(world, { identityProven: false })),
    gathered: of(gathered),
    error: then(of(gathered), sendWrongly('Record it')),
    prepared: of(preparedRequest, 'yusuf'),
    released: of(released),
  },
  'access-requests/item': {
    undecided: anItem(gathered),
    error: then(anItem(gathered), sendWrongly('Decide')),
    decided: anItem(preparedRequest),
  },
};
