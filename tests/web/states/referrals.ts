import type { Drive, Drives, World } from '../world';

const at =
  (username: string, path: string | ((world: World) => Promise<string>)): Drive =>
  async (world) => {
    const page = await world.as(username);
    await page.goto(world.url + (typeof path === 'string' ? path : await path(world)));
    return page;
  };

/** A referral of Hana's about which triage has asked something. */
async function asked(world: World): Promise<string> {
  const { id } = await world.referral();
  await world.act('amina', id, 'ratings', { colour: 'amber' });
  await world.act('amina', id, 'information-requests', { question: 'Where does he work?\nWhen is he at home?' });
  return id;
}

/** One that triage has decided about, and said why. */
async function decided(world: World): Promise<string> {
  const { id } = await world.referral();
  await world.act('amina', id, 'ratings', { colour: 'green' });
  await world.act('amina', id, 'decisions', {
    outcome: 'no-further-action',
    reason: 'information-only',
    rationale: 'Known already.',
  });
  await world.act('amina', id, 'feedback', { text: 'Thank you. Her worker has been told.' });
  return id;
}

export const drives: Drives = {
  'referrals/sent': { sent: at('hana', async (world) => `/referrals/${(await world.referral()).id}/sent`) },
  'referrals/drafts': {
    empty: at('wren', '/referrals/drafts'),
    some: async (world) => {
      await world.draft('hana', { pathway: 'prevent' });
      return at('hana', '/referrals/drafts')(world);
    },
  },
  'referrals/made': {
    empty: at('omar', '/referrals/made'),
    some: async (world) => {
      await world.referral();
      return at('hana', '/referrals/made')(world);
    },
    filtered: at('hana', '/referrals/made?status=withdrawn'),
  },
  'referrals/referral': {
    received: at('hana', async (world) => `/referrals/${(await world.referral()).id}`),
    asked: at('hana', async (world) => `/referrals/${await asked(world)}`),
    decided: at('hana', async (world) => `/referrals/${await decided(world)}`),
    withdrawn: at('hana', async (world) => {
      const { id } = await world.referral();
      await world.act('hana', id, 'withdrawals', { reason: 'made-in-error', rationale: 'Sent twice.' });
      return `/referrals/${id}?done=withdrawn`;
    }),
  },
  'referrals/answer-question': {
    empty: at('hana', async (world) => `/referrals/${await asked(world)}/answer`),
    error: async (world) => {
      const page = await at('hana', `/referrals/${await asked(world)}/answer`)(world);
      await page.click('text=Send answer');
      await page.waitForSelector('.govuk-error-summary');
      return page;
    },
    conflict: async (world) => {
      const id = await asked(world);
      const page = await at('hana', `/referrals/${id}/answer`)(world);
      await world.act('amina', id, 'ratings', { colour: 'red', rationale: 'He has come back.' });
      await page.fill('#answer', 'At the docks, by night.');
      await page.click('text=Send answer');
      await page.waitForSelector('.moj-alert');
      expect(await page.inputValue('#answer')).toBe('At the docks, by night.');
      return page;
    },
  },
  'referrals/withdraw': {
    empty: at('hana', async (world) => `/referrals/${(await world.referral()).id}/withdraw`),
    error: async (world) => {
      const page = await at('hana', `/referrals/${(await world.referral()).id}/withdraw`)(world);
      await page.click('text=Take referral back');
      await page.waitForSelector('.govuk-error-summary');
      return page;
    },
  },
};
