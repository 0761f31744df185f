import { conference, does, POLICE } from '../conferences';
import { at, sendWrongly, staffId, then } from '../stories';
import type { Drive, Drives } from '../world';

/** A page of a meeting that is planned, as its coordinator. */
const meeting = (path: string): Drive => at('idris', async (world) => (await conference(world, 'planned')).at + path);

export const drives: Drives = {
  'meetings/observers': {
    asking: then(
      at('idris', async (world) => {
        const { at: path } = await conference(world, 'planned');
        const rhys = { do: 'name', userId: await staffId(world, 'rhys'), orgId: POLICE, why: 'A new colleague' };
        await does(world, 'idris', `${path}/observers`, rhys);
        return `${path}/observers`;
      }),
      async (page) => expect(await page.innerText('main')).toContain('A new colleague'),
    ),
    error: then(meeting('/observers'), async (page) => {
      await page.fill('#why', 'Of the steering group');
      await sendWrongly('Name them')(page);
      expect(await page.inputValue('#why')).toBe('Of the steering group');
    }),
  },
  'meetings/cancel': {
    asking: meeting('/cancel'),
    error: then(meeting('/cancel'), sendWrongly('Cancel the meeting')),
  },
  'meetings/rearrange': {
    asking: meeting('/rearrange'),
    error: then(meeting('/rearrange'), async (page) => {
      await page.fill('#reason', 'The chair is ill');
      await page.fill('#heldOn-year', '2020');
      await sendWrongly('Rearrange it')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('at a time that is over');
      expect(await page.inputValue('#reason')).toBe('The chair is ill');
    }),
  },
};
