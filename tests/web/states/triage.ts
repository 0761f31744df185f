import type { Drive, Drives, World } from '../world';
import { accepted, asked, at, closed, rated, sendWrongly, then } from '../stories';

type Change = (world: World, id: string) => Promise<void>;

const recolour: Change = (world, id) => world.act('amina', id, 'ratings', { colour: 'red', rationale: 'He is back.' });
const withdraw: Change = (world, id) =>
  world.act('hana', id, 'withdrawals', { reason: 'made-in-error', rationale: 'Sent twice.' });

/** Opens a step's page, lets somebody else change the referral, fills the page in and sends it. */
function overtaken(
  prepare: (world: World) => Promise<string>,
  step: string,
  change: Change,
  fill: Readonly<Record<string, string | true>>,
  button: string,
): Drive {
  return async (world) => {
    const id = await prepare(world);
    const page = await at('amina', `/triage/${id}/${step}`)(world);
    await change(world, id);
    for (const [selector, value] of Object.entries(fill))
      await (value === true ? page.check(selector) : page.fill(selector, value));
    await page.click(`button:has-text("${button}")`);
    await page.waitForSelector('#conflict');
    return page;
  };
}

const received = async (world: World): Promise<string> => (await world.referral()).id;
const pageOf = (step: string, prepare: (world: World) => Promise<string>): Drive =>
  at('amina', async (world) => `/triage/${await prepare(world)}/${step}`);

export const drives: Drives = {
  'triage/worklist': {
    filled: at('amina', async (world) => {
      await rated(world, 'red');
      await world.referral();
      return '/triage?view=all';
    }),
    filtered: at('amina', async (world) => {
      await rated(world, 'red');
      return '/triage?view=all&colour=red&status=rated&sort=due';
    }),
    empty: at('farid', '/triage?view=mine'),
  },
  'triage/search': {
    empty: at('amina', '/triage/search'),
    error: then(at('amina', '/triage/search'), sendWrongly('Search')),
    filled: then(at('amina', '/triage'), async (page, world) => {
      await world.referral();
      await page.fill('#q', 'Halloway');
      await page.click('button:has-text("Search")');
      await page.waitForSelector('text=found');
    }),
    'nothing-found': then(at('amina', '/triage'), async (page) => {
      await page.fill('#q', 'Zzyzxquorum');
      await page.click('button:has-text("Search")');
      await page.waitForSelector('text=No results that you may see');
    }),
    expired: at('amina', '/triage/search/3774c7ee-4534-4ce5-9d47-ff055bd101af'),
  },
  'triage/referral': {
    received: at('amina', async (world) => `/triage/${await received(world)}`),
    rated: at('amina', async (world) => {
      const id = await rated(world);
      await recolour(world, id);
      return `/triage/${id}`;
    }),
    'information-requested': at('amina', async (world) => `/triage/${await asked(world)}`),
    decided: at('amina', async (world) => `/triage/${await closed(world)}`),
    done: at('amina', async (world) => `/triage/${await rated(world)}?done=rated`),
  },
  'triage/rate': {
    empty: pageOf('rate', received),
    error: then(pageOf('rate', received), sendWrongly('Save colour')),
    conflict: overtaken(
      rated,
      'rate',
      recolour,
      { 'input[value="green"]': true, '#rationale': 'All is well.' },
      'Save colour',
    ),
    closed: overtaken(received, 'rate', withdraw, { 'input[value="green"]': true }, 'Save colour'),
  },
  'triage/assign': {
    empty: pageOf('assign', received),
    error: then(pageOf('assign', received), sendWrongly('Assign')),
    conflict: overtaken(received, 'assign', recolourFirst, { 'input[value="me"]': true }, 'Assign'),
    closed: overtaken(received, 'assign', withdraw, { 'input[value="me"]': true }, 'Assign'),
  },
  'triage/note': {
    empty: pageOf('note', received),
    error: then(pageOf('note', received), sendWrongly('Save note')),
    closed: overtaken(received, 'note', withdraw, { '#text': 'I called back.' }, 'Save note'),
  },
  'triage/request-information': {
    empty: pageOf('request-information', rated),
    error: then(pageOf('request-information', rated), sendWrongly('Send request')),
    conflict: overtaken(rated, 'request-information', recolour, { '#question': 'Where is he?' }, 'Send request'),
    closed: overtaken(rated, 'request-information', withdraw, { '#question': 'Where is he?' }, 'Send request'),
  },
  'triage/decide': {
    empty: pageOf('decide', rated),
    error: then(pageOf('decide', rated), async (page) => {
      await page.check('input[value="redirect"]');
      await sendWrongly('Continue')(page);
    }),
    check: then(pageOf('decide', rated), async (page) => {
      await page.check('input[value="accept"]');
      await page.fill('[id="accept.rationale"]', 'Several agencies must act.');
      await page.click('button:has-text("Continue")');
      await page.waitForSelector('text=Check your decision');
    }),
    conflict: overtaken(rated, 'decide', recolour, { 'input[value="accept"]': true }, 'Continue'),
    closed: overtaken(rated, 'decide', withdraw, { 'input[value="accept"]': true }, 'Continue'),
  },
  'triage/decided': {
    accepted: at('amina', async (world) => `/triage/${(await accepted(world)).id}/decided`),
    'not-accepted': at('amina', async (world) => `/triage/${await closed(world)}/decided`),
  },
  'triage/give-feedback': {
    empty: pageOf('give-feedback', closed),
    error: then(pageOf('give-feedback', closed), sendWrongly('Send feedback')),
  },
  'triage/reopen': {
    empty: pageOf('reopen', closed),
    error: then(pageOf('reopen', closed), sendWrongly('Reopen referral')),
    conflict: overtaken(
      closed,
      'reopen',
      (world, id) => world.act('amina', id, 'notes', { text: 'One more thing.' }),
      { 'input[value="new-information"]': true, '#rationale': 'A neighbour called.' },
      'Reopen referral',
    ),
  },
};

function recolourFirst(world: World, id: string): Promise<void> {
  return world.act('amina', id, 'ratings', { colour: 'amber' });
}
