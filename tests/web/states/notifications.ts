import { eventually } from '@concordat/testing';
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

/** An e-mail address that somebody gives. Its id. */
const given = async (world: World, username: string): Promise<string> => {
  const body = { channel: 'email', address: `${username}@example.test` };
  return ((await world.app.as(username).post('/api/notifications/contact-details', body)).body as { id: string }).id;
};
/** One that is theirs, by the code that was sent to it. */
export const reached = async (world: World, username: string): Promise<string> => {
  const [id, caller] = [await given(world, username), world.app.as(username)];
  let code: string | undefined;
  await eventually(async () => {
    const { items } = (await caller.get('/api/notifications/mailbox')).body as {
      items: { to: string; text: string }[];
    };
    code = /code is (\d{6})/.exec(items.find(({ to }) => to === `${username}@example.test`)?.text ?? '')?.[1];
    return code !== undefined;
  });
  await caller.post(`/api/notifications/contact-details/${id}/confirmation`, { code });
  return id;
};

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
    unreached: then(
      at('sana', async (world) => {
        await world.app.sql('UPDATE notifications.contact_detail SET failed_at = clock_timestamp() WHERE id = $1', [
          await reached(world, 'sana'),
        ]);
        return '/messages';
      }),
      async (page) => expect(await page.innerText('main')).toContain('We could not reach you by e-mail since'),
    ),
  },
  'messages/settings': {
    none: at('petra', '/messages/settings'),
    reached: at('quinn', async (world) => {
      await reached(world, 'quinn');
      return '/messages/settings';
    }),
    failing: then(
      at('rhys', async (world) => {
        await world.app.sql('UPDATE notifications.contact_detail SET failed_at = clock_timestamp() WHERE id = $1', [
          await reached(world, 'rhys'),
        ]);
        return '/messages/settings';
      }),
      async (page) => expect(await page.innerText('main')).toContain('Nothing has arrived there since'),
    ),
  },
  'messages/address': {
    empty: at('petra', '/messages/address/email'),
    error: then(at('petra', '/messages/address/text'), async (page) => {
      await page.fill('#address', '0117 496 0123');
      await sendWrongly('Send a code')(page);
      expect(await page.inputValue('#address')).toBe('0117 496 0123');
    }),
  },
  'messages/code': {
    empty: at('tomas', async (world) => `/messages/code/${await given(world, 'tomas')}`),
    error: then(
      at('una', async (world) => `/messages/code/${await given(world, 'una')}`),
      sendWrongly('Confirm'),
    ),
  },
  'messages/choices': {
    filled: at('petra', '/messages/choices'),
    error: then(at('petra', '/messages/choices'), async (page) => {
      await page.check('[name="conference-action.byText"]');
      await sendWrongly('Save')(page);
    }),
  },
  'messages/mailbox': {
    filled: at('viktor', async (world) => {
      await reached(world, 'viktor');
      return '/messages/mailbox';
    }),
  },
  'administration/message-failures': {
    filled: at('lena', async (world) => {
      await world.app.sql('UPDATE notifications.contact_detail SET failed_at = clock_timestamp() WHERE id = $1', [
        await reached(world, 'kit'),
      ]);
      await world.app.sql(
        `INSERT INTO notifications.notice (id, user_id, org_id, channel, what, state, attempts, made_at, next_at, ended_at, failure)
         SELECT gen_random_uuid(), user_id, org_id, 'email', 'now', s.state, 1, now(), now() + interval '1 hour',
                CASE s.state WHEN 'failed' THEN now() END, CASE s.state WHEN 'failed' THEN 'recipient-refused' END
           FROM notifications.member, (VALUES ('failed'), ('sending')) AS s(state) WHERE user_id = $1`,
        [await idOf(world, 'lena')],
      );
      return '/administration/message-failures';
    }),
    empty: at('zola', '/administration/message-failures'),
  },
};
