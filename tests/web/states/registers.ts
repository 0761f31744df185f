import { at, sendWrongly, then } from '../stories';
import type { Drives, World } from '../world';
import { HOUSING } from './administration';

const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const REGISTER = '/administration/register';
type Name = 'organisations' | 'areas';

/** A new organisation or area. Answers its page. */
async function added(world: World, name: Name): Promise<string> {
  const code = `state-${crypto.randomUUID().slice(0, 8)}`;
  const own = name === 'areas' ? { leadOrg: COUNCIL } : { type: 'VCS' };
  const { status, body } = await world.app
    .as('lena')
    .post<{ id: string }>(`/api/identity/${name}`, { code, name: `Quay ${code}`, ...own });
  expect(status).toBe(201);
  return `${REGISTER}/${name}/${body.id}`;
}
const one = (name: Name) => (world: World) => added(world, name);

/** Changes or closes a record behind a page’s back. */
async function meanwhile(world: World, url: string, what: 'change' | 'closing'): Promise<void> {
  const [name, id] = new URL(url).pathname.split('/').slice(3);
  const lena = world.app.as('lena');
  const path = `/api/identity/${name}/${id}`;
  const { status } =
    what === 'change'
      ? await lena.put(path, { name: `Quay ${id}`, type: 'HOUSING' }, { version: 1 })
      : await lena.post(`${path}/closing`, undefined, { version: 1 });
  expect(status).toBe(200);
}
async function closed(world: World): Promise<string> {
  const path = await added(world, 'organisations');
  await meanwhile(world, world.url + path, 'closing');
  return path;
}
/** Somebody who administers an organisation that leads no area. */
async function ollie(world: World): Promise<string> {
  const username = `ollie-${crypto.randomUUID().slice(0, 8)}`;
  const dto = { name: 'Ollie Fenn', username, orgId: HOUSING, roles: ['administrator'], areas: [] };
  expect((await world.app.as('lena').post('/api/identity/members', dto)).status).toBe(201);
  return username;
}

export const drives: Drives = {
  'administration/register': {
    organisations: at('lena', `${REGISTER}/organisations`),
    areas: at('lena', `${REGISTER}/areas`),
    'not-leading': async (world) => at(await ollie(world), `${REGISTER}/organisations`)(world),
  },
  'administration/register-add': {
    organisation: at('lena', `${REGISTER}/organisations/add`),
    area: at('lena', `${REGISTER}/areas/add`),
    error: then(at('lena', `${REGISTER}/organisations/add`), async (page) => {
      await page.fill('#name', 'Harbour Housing');
      await page.fill('#code', 'another-code');
      await page.selectOption('#type', 'HOUSING');
      await sendWrongly('Add the organisation')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('Another organisation has this name');
      expect(await page.inputValue('#code')).toBe('another-code');
    }),
  },
  'administration/register-record': {
    organisation: at('lena', one('organisations')),
    area: at('lena', one('areas')),
    closed: at('lena', closed),
    'read-only': async (world) => at(await ollie(world), one('organisations'))(world),
    error: then(at('lena', one('areas')), async (page) => {
      await page.fill('#name', '');
      await sendWrongly('Save')(page);
    }),
    'changed-meanwhile': then(at('lena', one('organisations')), async (page, world) => {
      await meanwhile(world, page.url(), 'change');
      await page.fill('#name', 'What I would call it');
      await sendWrongly('Save')(page);
      expect(await page.inputValue('#name')).toBe('What I would call it');
      expect(await page.innerText('main')).toContain('is not saved');
    }),
  },
  'administration/register-step': {
    'close-organisation': at('lena', async (world) => `${await added(world, 'organisations')}/closing`),
    'close-area': at('lena', async (world) => `${await added(world, 'areas')}/closing`),
    reopen: at('lena', async (world) => `${await closed(world)}/reopening`),
    error: then(
      at('lena', async (world) => `${await added(world, 'organisations')}/closing`),
      async (page, world) => {
        await meanwhile(world, page.url(), 'closing');
        await sendWrongly('Close the organisation')(page);
      },
    ),
  },
};
