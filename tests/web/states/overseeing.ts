import { eventually } from '@concordat/testing';
import { at, sendWrongly, then } from '../stories';
import type { Drives, World } from '../world';
import { heldUp } from './administration';

const ACTS = '/administration/acts';

/** Something that an administrator was refused and something that they did, once both are sealed. */
async function administered(world: World): Promise<string> {
  const lena = world.app.as('lena');
  await lena.post('/api/identity/organisations', { code: 'x', name: '', type: 'VCS' });
  await lena.get('/api/identity/register');
  await eventually(
    async () => {
      const { body } = await lena.get<{ items: { action: string }[] }>('/api/audit/trail/administration?limit=100');
      return body.items.some(({ action }) => action === 'register.view');
    },
    { timeoutMs: 20_000 },
  );
  return ACTS;
}

export const drives: Drives = {
  'administration/acts': {
    filled: then(at('lena', administered), async (page) => {
      expect(await page.innerText('table')).toMatch(/Lena Fischer\s+Northbank Council/);
      expect(await page.innerText('table')).not.toContain('192.0.2');
    }),
    'nothing-found': at('lena', `${ACTS}?action=client.end-secret&to=1/1/2001`),
    error: then(at('lena', ACTS), async (page) => {
      await page.fill('#from', '30/2/2026');
      await sendWrongly('Show acts')(page);
      expect(await page.inputValue('#from')).toBe('30/2/2026');
    }),
  },
  'administration/health': {
    well: then(at('lena', '/administration/health'), async (page) => {
      expect(await page.innerText('main')).toMatch(
        /Cases and people[\s\S]*newest checkpoint was signed[\s\S]*make progress/,
      );
    }),
    'held-up': then(
      at('lena', async (world) => {
        await heldUp(world);
        return '/administration/health';
      }),
      async (page) => expect(await page.innerText('tr:has-text("Assessments")')).toContain('Records are held up'),
    ),
  },
  'administration/work': {
    filled: then(
      at('lena', async (world) => {
        expect((await world.app.as('lena').post('/api/insight/rebuilds')).status).toBeLessThan(410);
        return '/administration/work';
      }),
      async (page) => {
        expect(await page.innerText('table')).toContain('Figures counted anew');
        await page.click('button:has-text("Count them anew")');
        expect(await page.innerText('.moj-alert')).toContain('counted anew');
      },
    ),
    'nothing-found': at('zola', '/administration/work?show=failed'),
  },
};
