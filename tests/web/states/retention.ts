import { addDays, civilDate } from '@concordat/clocks';
import { eventually } from '@concordat/testing';
import type { Drive, Drives, World } from '../world';
import { at, decides, sendWrongly, then, timeIsUp } from '../stories';

const WHY = { reason: 'Seven years are over' };

/** A page about a case whose time is up, after `before` was done to it. */
const of = (
  username: string,
  page: string | ((made: { id: string }) => string) = '',
  before: (world: World, caseId: string) => Promise<{ id: string } | void> = () => Promise.resolve(),
): Drive =>
  at(username, async (world) => {
    const { caseId } = await timeIsUp(world);
    const made = await before(world, caseId);
    return `/retention/${caseId}${typeof page === 'string' ? page : page(made ?? { id: '' })}`;
  });
const proposed = (world: World, caseId: string) => decides(world, 'kit', caseId, 'erasure', WHY);
const held = (world: World, caseId: string) => decides(world, 'kit', caseId, 'holds', { reason: 'An inquest' });

async function erased(world: World): Promise<string> {
  const { caseId } = await timeIsUp(world);
  await proposed(world, caseId);
  await decides(world, 'yusuf', caseId, 'erasure/confirmation');
  await eventually(async () => (await world.app.as('kit').get(`/api/records/erasures/${caseId}`)).status === 200, {
    timeoutMs: 20_000,
  });
  return '/retention/erased';
}

export const drives: Drives = {
  'retention/queue': {
    filled: at('kit', async (world) => {
      await timeIsUp(world);
      return '/retention';
    }),
    empty: at('kit', '/retention?reference=C-0000-0000'),
    auditor: at('erin', async (world) => {
      await timeIsUp(world);
      return '/retention?view=all';
    }),
  },
  'retention/case': {
    kept: of('kit', '', (world, caseId) =>
      decides(world, 'kit', caseId, 'keeping', { ...WHY, until: addDays(civilDate(new Date()), 400) }),
    ),
    due: of('kit'),
    held: of('kit', '', held),
    proposed: of('yusuf', '', proposed),
    auditor: of('erin', '', held),
  },
  'retention/keep': {
    empty: of('kit', '/keep'),
    error: then(of('kit', '/keep'), async (page) => {
      await page.fill('#until-year', '2020');
      await page.fill('#reason', 'Proceedings');
      await sendWrongly('Keep the case')(page);
      expect(await page.inputValue('#reason')).toBe('Proceedings');
    }),
  },
  'retention/erase': {
    confirm: of('kit', '/erase'),
    error: then(of('kit', '/erase'), sendWrongly('Propose to erase it')),
  },
  'retention/answer': {
    confirm: of('yusuf', '/answer', proposed),
    own: of('kit', '/answer', proposed),
    error: then(of('yusuf', '/answer', proposed), sendWrongly('Decide')),
  },
  'retention/hold': {
    empty: of('kit', '/hold'),
    error: then(of('kit', '/hold'), sendWrongly('Put it on hold')),
  },
  'retention/release': {
    confirm: of('kit', ({ id }) => `/holds/${id}/release`, held),
    error: then(
      of('kit', ({ id }) => `/holds/${id}/release`, held),
      sendWrongly('Release the hold'),
    ),
  },
  'retention/erased': {
    empty: at('kit', '/retention/erased'),
    filled: at('kit', erased),
  },
};
