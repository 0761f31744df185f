import { today } from '../../../apps/web/src/design/civil-date';
import { dueReferral, fire, tell } from '../due';
import { at, sendWrongly, then } from '../stories';
import type { Drives, World } from '../world';

const list = async (world: World): Promise<string> => {
  await dueReferral(world);
  return '/deadlines?whose=agency&sort=-due';
};
const idOf = async (world: World, username: string): Promise<string> =>
  ((await world.app.as(username).get('/api/identity/me')).body as { id: string }).id;

export const drives: Drives = {
  'deadlines/list': {
    filled: at('amina', list),
    overdue: at('amina', async (world) => {
      await fire(world, (await dueReferral(world)).deadlineId);
      return '/deadlines?whose=agency&state=overdue';
    }),
    empty: at('petra', '/deadlines'),
    // Somebody else has said meanwhile that they see to each of them.
    error: then(at('amina', list), async (page, world) => {
      await world.app.sql(
        'UPDATE notifications.deadline SET acknowledged_at = clock_timestamp(), acknowledged_by = org_id WHERE acknowledged_at IS NULL',
      );
      await sendWrongly('I see to it')(page);
    }),
  },
  'deadlines/calendar': {
    filled: at('amina', async (world) => {
      const { month } = await dueReferral(world);
      return `/deadlines/calendar?whose=agency&month=${month}`;
    }),
    empty: at('petra', '/deadlines/calendar?month=2031-01'),
  },
  'deadlines/partnership': {
    filled: at('lena', async (world) => {
      await dueReferral(world);
      return '/deadlines/partnership';
    }),
  },
  'deadlines/away': {
    none: at('omar', '/deadlines/away'),
    named: at('wren', async (world) => {
      const body = { toId: await idOf(world, 'dov'), from: today(), until: today() };
      await world.app.as('wren').post('/api/notifications/stand-ins', body);
      return '/deadlines/away';
    }),
    error: then(at('omar', '/deadlines/away'), sendWrongly('Hand over')),
  },
  'deadlines/subscribe': {
    none: at('petra', '/deadlines/subscribe'),
    made: then(at('rhys', '/deadlines/subscribe'), async (page) => {
      await page.click('button[value="make"]');
      await page.waitForSelector('#address');
    }),
    live: at('sana', async (world) => {
      await world.app.as('sana').post('/api/notifications/calendar-feed', {});
      return '/deadlines/subscribe';
    }),
  },
  'messages/list': {
    filled: at('amina', async (world) => {
      await tell(world, (await dueReferral(world)).deadlineId);
      return '/messages';
    }),
    empty: at('zola', '/messages'),
  },
};
