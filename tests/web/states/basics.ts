import type { Drive, Drives, World } from '../world';

const open =
  (path: string, username?: string): Drive =>
  async (world: World) => {
    const page = username ? await world.as(username) : await world.nobody();
    await page.goto(world.url + path);
    return page;
  };

/** Where somebody is signed in who is so in another browser as well. */
const twiceIn =
  (username: string): Drive =>
  async (world) => {
    await world.signedIn(username);
    const page = await open('/sessions', username)(world);
    await page.waitForSelector('button:has-text("Sign out there")');
    return page;
  };

async function othersEnded(world: World) {
  const page = await twiceIn('xanthe')(world);
  await page.click('button:has-text("Sign out everywhere else")');
  await page.waitForSelector('text=You are signed out everywhere else');
  return page;
}

/** Home, signing out, and what the partnership says of itself. */
export const drives: Drives = {
  home: {
    'signed-out': open('/'),
    'my-work': async (world) => {
      const { id } = await world.referral();
      await world.act('amina', id, 'assignment', {
        assignedTo: (await world.app.as('amina').get('/api/identity/me')).body.id,
      });
      await world.draft('amina', { pathway: 'other' });
      return open('/', 'amina')(world);
    },
    'nothing-yet': open('/', 'petra'),
    auditor: open('/', 'erin'),
    board: async (world) => {
      const page = await open('/', 'xanthe')(world);
      const places = await page.$$eval('main a', (links) => links.map((link) => link.getAttribute('href')));
      expect(places).toEqual(['/insight', '/deadlines/partnership']);
      return page;
    },
  },
  'session/signed-out': {
    'signed-out': async (world) => {
      const context = await world.signedIn('sana');
      const page = await context.newPage();
      await page.goto(world.url);
      await page.click('text=Sign out');
      await page.waitForURL(`${world.url}/signed-out`);
      return page;
    },
  },
  'session/signed-in': {
    'here-only': async (world) => {
      const page = await othersEnded(world);
      await page.goto(`${world.url}/sessions`);
      return page;
    },
    'elsewhere-too': twiceIn('xanthe'),
    ended: async (world) => othersEnded(world),
  },
  'session/sign-out-everywhere': { asked: open('/sign-out-everywhere', 'hana') },
  'about/accessibility-statement': { shown: open('/accessibility-statement') },
  'about/privacy': { shown: open('/privacy') },
  'about/help': { shown: open('/help', 'hana') },
};
