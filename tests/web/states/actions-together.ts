import { conference, made } from '../conferences';
import { at, sendWrongly, then } from '../stories';
import type { Drive, Drives } from '../world';

/** Several actions of the council, chosen together: each of a meeting of its own. */
const togetherWith = (count: number): Drive =>
  at('amina', async (world) => {
    const ids: string[] = [];
    while (ids.length < count) ids.push((await made(world, 'heard')).action!);
    return `/conference-actions/together?${ids.map((id) => `actions=${id}`).join('&')}`;
  });

export const drives: Drives = {
  'meetings/actions-together': {
    chosen: then(
      at('amina', async (world) => (await conference(world, 'heard'), '/conference-actions?only=all')),
      async (page) => {
        await page.check('[name="actions"]');
        await page.click('text=Update those chosen');
        expect(await page.innerText('main')).toContain('What came of it, or why not');
      },
    ),
    // Whoever leads the forum escalates what an agency has not done or not taken up, and says to whom.
    escalating: then(
      at('idris', async (world) => (await conference(world, 'heard'), '/conference-actions?only=all&whose=led')),
      async (page) => {
        expect(await page.innerText('h1')).toBe('Actions of forums that you lead');
        await page.check('[name="actions"] >> nth=0');
        await page.click('text=Update those chosen');
        await page.check('input[value="escalate"]');
        await sendWrongly('Keep them')(page);
        expect(await page.innerText('.govuk-error-summary')).toContain('Say what came of it, or why not');
      },
    ),
    none: then(at('nia', '/conference-actions/together'), async (page) =>
      expect(await page.innerText('main')).toContain('No action is chosen'),
    ),
    error: then(togetherWith(1), async (page) => {
      await page.check('input[value="not-possible"]');
      await sendWrongly('Keep them')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('Say what came of it, or why not');
      expect(await page.isChecked('input[value="not-possible"]')).toBe(true);
    }),
    'in-part': then(togetherWith(2), async (page) => {
      await page.check('input[value="not-possible"]');
      await page.locator('textarea').first().fill('She has moved away');
      await sendWrongly('Keep them')(page);
      expect(await page.innerText('main')).toMatch(/1 action is updated[\s\S]*1 is as before/);
    }),
    done: then(togetherWith(1), async (page) => {
      await page.check('input[value="accept"]');
      await page.click('text=Keep them');
      expect(await page.innerText('main')).toContain('1 action is updated');
    }),
  },
};
