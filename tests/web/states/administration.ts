import { at, sendWrongly, then } from '../stories';
import type { Drives, World } from '../world';

export const HOUSING = 'dd31cbd9-2e1f-43d4-987d-a46531bde013';
const COUNCIL = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const HARBOURSIDE = '021623d7-8c46-4daf-826f-8d83f4133408';
const LENA = 'fc4e32b1-a356-4a99-8a77-7c584866c6f3';
const MEMBERS = '/api/identity/members';

/** Somebody new at Harbour Housing. Answers their page. */
async function newcomer(world: World): Promise<string> {
  const username = `state-${crypto.randomUUID().slice(0, 8)}`;
  const part = { roles: ['practitioner'], areas: [HARBOURSIDE] };
  const { body } = await world.app
    .as('lena')
    .post<{ id: string }>(MEMBERS, { name: 'Robin Vale', username, orgId: HOUSING, ...part });
  return `/administration/people/${body.id}/${HOUSING}`;
}

/** Changes or ends a membership behind a page's back. */
async function meanwhile(world: World, url: string, what: 'change' | 'end'): Promise<void> {
  const [user, org] = new URL(url).pathname.split('/').slice(3);
  const lena = world.app.as('lena');
  const part = { roles: ['agency-representative'], areas: [HARBOURSIDE] };
  const { status } =
    what === 'change'
      ? await lena.put(`${MEMBERS}/${user}/${org}`, part, { version: 1 })
      : await lena.post(`${MEMBERS}/${user}/${org}/revocation`, {}, { version: 1 });
  expect(status).toBe(200);
}

/** Nobody can take in something of identity's in risk; it is a record that does not exist. */
export async function heldUp(world: World): Promise<string> {
  const stream = crypto.randomUUID();
  await world.app.sql(
    `INSERT INTO risk.stream_cursor (source, stream_id, last_version, parked_reason, parked_at)
     VALUES ('identity', '${stream}', 3, 'handler.failed', now())`,
  );
  return stream;
}

/** A system of Harbour Housing. Answers its page. */
async function system(world: World): Promise<string> {
  const dto = { orgId: HOUSING, name: 'Case system', scopes: ['directory.read'] };
  const { body } = await world.app.as('lena').post<{ id: string }>('/api/identity/clients', dto);
  return `/administration/clients/${body.id}?org=${HOUSING}`;
}

/** A webhook of the council to where nobody listens. Answers its page. */
async function webhook(world: World): Promise<string> {
  const dto = { url: 'http://127.0.0.1:9/hooks', events: ['records.case-opened.v1'] };
  const { body } = await world.app.as('lena').post<{ id: string }>('/api/notifications/webhooks', dto);
  return `/administration/webhooks/${body.id}`;
}

export const drives: Drives = {
  'administration/clients': {
    filled: at('lena', async (world) => {
      await system(world);
      return `/administration/clients?org=${HOUSING}`;
    }),
    empty: at('zola', '/administration/clients'),
  },
  'administration/client-register': {
    empty: at('lena', '/administration/clients/register'),
    error: then(at('lena', '/administration/clients/register'), async (page) => {
      await page.check('input[value="cases.read"]');
      await sendWrongly('Register the system')(page);
      expect(await page.isChecked('input[value="cases.read"]')).toBe(true);
    }),
    secret: then(at('lena', '/administration/clients/register'), async (page) => {
      await page.fill('#name', 'Case system');
      await page.check('input[value="cases.read"]');
      await page.click('button:has-text("Register the system")');
      expect(await page.innerText('#client-secret')).toMatch(/^ccs_/);
    }),
  },
  'administration/client': {
    live: at('lena', system),
    ended: at('lena', async (world) => {
      const path = await system(world);
      const id = path.split('/')[3]!.split('?')[0];
      await world.app.as('lena').post(`/api/identity/clients/${id}/end`, {}, { version: 1 });
      return path;
    }),
    error: then(at('lena', system), async (page, world) => {
      const id = new URL(page.url()).pathname.split('/')[3];
      await world.app.as('lena').post(`/api/identity/clients/${id}/secrets`, {}, { version: 1 });
      await sendWrongly('Make another secret')(page);
    }),
  },
  'administration/webhooks': {
    empty: at('zola', '/administration/webhooks'),
    alert: then(
      at('lena', async (world) => {
        const id = (await webhook(world)).split('/')[3];
        await world.app.sql(`UPDATE notifications.webhook SET state = 'off', off_reason = 'dead' WHERE id = '${id}'`);
        return '/administration/webhooks';
      }),
      async (page) => expect(await page.innerText('.govuk-warning-text')).toContain('took nothing for three days'),
    ),
    error: then(at('lena', '/administration/webhooks'), async (page) => {
      await page.fill('#url', 'https://169.254.169.254/');
      await page.check('input[value="records.case-opened.v1"]');
      await sendWrongly('Add the webhook')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('within a private network');
    }),
  },
  'administration/webhook': {
    live: at('lena', webhook),
    error: then(at('lena', webhook), async (page) => {
      await page.fill('#from', 'yesterday');
      await sendWrongly('Send them again')(page);
      expect(await page.inputValue('#from')).toBe('yesterday');
    }),
    secret: then(at('lena', webhook), async (page) => {
      await page.click('button:has-text("Make a shared secret")');
      expect(await page.innerText('#shared-secret')).toMatch(/^whsec_/);
      expect(await page.innerText('h1')).toContain('The shared secret of');
    }),
  },
  'administration/webhook-change': {
    filled: at('lena', async (world) => `${await webhook(world)}/change`),
    error: then(
      at('lena', async (world) => `${await webhook(world)}/change`),
      async (page) => {
        await page.fill('#url', 'https://169.254.169.254/');
        await sendWrongly('Change the webhook')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain('of a system of your agency');
        await page.check('#sure');
        await sendWrongly('Change the webhook')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain('within a private network');
        expect(await page.inputValue('#url')).toBe('https://169.254.169.254/');
      },
    ),
  },
  'administration/webhook-pause': {
    confirm: at('lena', async (world) => `${await webhook(world)}/pause`),
    error: then(
      at('lena', async (world) => `${await webhook(world)}/pause`),
      async (page, world) => {
        const id = new URL(page.url()).pathname.split('/')[3]!;
        const done = await world.app
          .as('lena')
          .post(`/api/notifications/webhooks/${id}/switch`, { to: 'off' }, { version: 1 });
        expect(done.status).toBe(200);
        await sendWrongly('Pause the webhook')(page);
      },
    ),
  },
  'administration/overview': { 'all-well': at('lena', '/administration') },
  'administration/roles': {
    all: then(at('lena', '/administration/roles'), async (page) => {
      await page.click('text=What a person with the role auditor may do');
      expect(await page.innerText('details[open]')).toContain('export, read, read administration, verify');
    }),
  },
  'administration/people': {
    filled: at('lena', `/administration/people?org=${HOUSING}&show=all`),
    empty: at('lena', `/administration/people?org=${HOUSING}&name=nobody+is+called+this`),
    'own-organisation': at('zola', '/administration/people'),
  },
  'administration/person': {
    member: at('lena', newcomer),
    own: at('lena', `/administration/people/${LENA}/${COUNCIL}`),
    ended: at('lena', async (world) => {
      const path = await newcomer(world);
      await meanwhile(world, world.url + path, 'end');
      return path;
    }),
    error: then(at('lena', newcomer), async (page) => {
      await page.uncheck('input[value="practitioner"]');
      await sendWrongly('Save')(page);
    }),
    'changed-meanwhile': then(at('lena', newcomer), async (page, world) => {
      await page.check('input[value="safeguarding-lead"]');
      await meanwhile(world, page.url(), 'change');
      await sendWrongly('Save')(page);
      expect(await page.isChecked('input[value="safeguarding-lead"]')).toBe(true);
      expect(await page.innerText('.govuk-summary-list')).toContain('Agency representative');
    }),
  },
  'administration/end': {
    confirm: at('lena', async (world) => `${await newcomer(world)}/end`),
    error: then(
      at('lena', async (world) => `${await newcomer(world)}/end`),
      async (page, world) => {
        await meanwhile(world, page.url(), 'change');
        await sendWrongly('End the membership')(page);
      },
    ),
  },
  'administration/add': {
    empty: at('lena', `/administration/people/add?org=${HOUSING}`),
    error: then(at('lena', `/administration/people/add?org=${HOUSING}`), async (page) => {
      await page.fill('#name', 'Robin Vale');
      await page.fill('#username', 'hana');
      await page.check('input[value="practitioner"]');
      await sendWrongly('Make them a member')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('Somebody else has this username');
      expect(await page.inputValue('#name')).toBe('Robin Vale');
    }),
  },
  'administration/held-up': {
    filled: at('lena', async (world) => {
      await heldUp(world);
      return '/administration/held-up';
    }),
    empty: then(
      at('lena', async (world) => {
        await world.app.sql(`DELETE FROM risk.stream_cursor WHERE parked_reason IS NOT NULL`);
        return '/administration/held-up';
      }),
      async (page) => expect(await page.innerText('main')).toContain('Nothing is held up'),
    ),
  },
};
