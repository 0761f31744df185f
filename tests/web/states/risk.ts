import type { Page } from 'playwright-core';
import { answered, assessed, assessedThrice, begun, corrected, riskyCase, worded } from '../assessed';
import { at, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';

const compare = async ({ caseId, subject }: { caseId: string; subject: string }): Promise<string> =>
  `/cases/${caseId}/risk/compare?instrument=safelives-dash&subject=${subject}`;
const start: Drive = at('amina', async (world) => `/cases/${(await riskyCase(world)).caseId}/risk/start`);
const answers = (section: string, instrument?: string): Drive =>
  at('amina', async (world) => `${(await begun(world, instrument)).at}/answers/${section}`);
const correct: Drive = at('amina', async (world) => `${(await assessed(world)).at}/correct`);
const loading: Drive = at('zola', '/wordings/load/police-dash');
async function checked(page: Page): Promise<void> {
  const filled = (await page.inputValue('#content')).replaceAll(',""', ',"Our own, ""exact"" text"');
  await page.fill('#content', filled);
  await page.fill('#title', 'Our checklist');
  await page.fill('#attribution', 'Used under licence');
  await page.click('button:has-text("Check it")');
  await page.waitForSelector('text=Nothing is loaded yet');
  expect(await page.innerText('main')).toContain('Our own, "exact" text');
}
const removing: Drive = at('lena', async (world) => `${await worded(world, 'lena', 'police-dash')}/remove`);
const listOf = async (world: World): Promise<string> => {
  const { wrong } = await corrected(world);
  await assessed(world, 3, await begun(world, 'safelives-dash', wrong));
  await begun(world, 'asb-matrix', wrong);
  return `/cases/${wrong.caseId}/risk`;
};

export const drives: Drives = {
  'risk/list': {
    empty: at('amina', async (world) => `/cases/${(await riskyCase(world)).caseId}/risk`),
    filled: then(at('amina', listOf), async (page) => {
      const main = await page.innerText('main');
      expect(main).toMatch(/Your drafts[\s\S]*Change over time[\s\S]*Corrected since/);
    }),
    'read-only': then(
      at('gwen', async (world) => `/cases/${(await assessed(world)).caseId}/risk`),
      async (page) => expect(await page.locator('main >> text=Assess risk').count()).toBe(0),
    ),
    closed: then(
      // As if risk had not heard of the case yet.
      at('amina', async (world) => {
        const { caseId } = await riskyCase(world);
        await world.app.sql('DELETE FROM risk.case_access WHERE case_id = $1', [caseId]);
        return `/cases/${caseId}/risk`;
      }),
      async (page) => expect(await page.innerText('main')).toContain('open to agencies that take part in this case'),
    ),
  },
  'risk/start': { asking: start, error: then(start, sendWrongly('Begin')) },
  'risk/answers': {
    asked: answers('asked'),
    topics: answers('now'),
    parts: answers('person-causing-harm', 'police-dash'),
    worded: then(
      at('amina', async (world) => {
        await worded(world, 'lena', 'police-dash');
        return `${(await begun(world, 'police-dash')).at}/answers/now`;
      }),
      async (page) => {
        const main = await page.innerText('main');
        expect(main).toMatch(/In your agency’s wording: Our checklist, version \d+\. Used under licence/);
        expect(main).toMatch(
          /Our own text of fear\?\s+Frightened[\s\S]*Our own text of harm-feared\/children\?\s+The children/,
        );
      },
    ),
    judgement: answers('judgement'),
    error: then(answers('now'), async (page) => {
      await page.fill('[id="answers.fear.words"]', 'x'.repeat(4_001));
      await sendWrongly('Save and continue')(page);
    }),
    conflict: then(answers('now'), async (page, world) => {
      const id = new URL(page.url()).pathname.split('/')[4] ?? '';
      const other = { answers: { fear: { value: 'yes', words: 'Of being followed' } } };
      const saved = await world.app.as('amina').put(`/api/risk/assessments/${id}`, other, { version: 1 });
      expect(saved.status).toBe(200);
      await page.fill('[id="answers.fear.words"]', 'Of the next time');
      await page.click('button:has-text("Save and continue")');
      await page.waitForSelector('text=Of being followed');
      expect(await page.innerText('main')).toContain('Of the next time');
    }),
  },
  'risk/check': {
    incomplete: at('amina', async (world) => `${(await begun(world, 'coercive-control')).at}/check`),
    ready: at('amina', async (world) => `${(await answered(world)).at}/check`),
    error: then(
      at('amina', async (world) => `${(await begun(world, 'generic-matrix')).at}/check`),
      sendWrongly('Complete the assessment'),
    ),
  },
  'risk/discard': { asking: at('amina', async (world) => `${(await begun(world)).at}/discard`) },
  'risk/assessment': {
    standing: then(
      at('amina', async (world) => (await assessed(world)).at),
      async (page) =>
        expect(await page.innerText('main')).toMatch(/Thresholds: .*which hold by default: .*High from 14/),
    ),
    superseded: then(
      at('amina', async (world) => (await corrected(world)).wrong.at),
      async (page) =>
        expect(await page.innerText('main')).toContain('Another assessment has taken the place of this one'),
    ),
    'read-only': at('gwen', async (world) => (await assessed(world)).at),
  },
  'risk/correct': { asking: correct, error: then(correct, sendWrongly('Begin the correction')) },
  'risk/compare': {
    'over-time': at('amina', async (world) => compare(await assessedThrice(world))),
    two: then(
      at('amina', async (world) => compare(await assessedThrice(world))),
      async (page) => {
        await page.selectOption('#to', { index: 1 });
        await page.click('button:has-text("Compare")');
        await page.waitForURL(/from=/);
        expect(await page.locator('thead th').count()).toBe(3);
      },
    ),
    one: at('amina', async (world) => {
      const place = await riskyCase(world);
      await assessed(world, 14, await begun(world, 'safelives-dash', place));
      return compare(place);
    }),
  },
  'risk/wordings': {
    none: at('viktor', '/wordings'),
    filled: at('lena', async (world) => {
      await worded(world, 'lena', 'police-dash');
      return '/wordings';
    }),
  },
  'risk/wording-load': {
    asking: loading,
    error: then(loading, async (page) => {
      await page.fill('#content', 'fear: Frightened of him?\nfear: Again\nnothing: x');
      await sendWrongly('Check it')(page);
      const main = await page.innerText('main');
      expect(main).toMatch(/Enter what your agency calls it[\s\S]*Enter whose wording it is/);
      expect(await page.inputValue('#content')).toContain('nothing: x');
      await page.fill('#title', 'Our checklist');
      await page.fill('#attribution', 'Used under licence');
      await sendWrongly('Check it')(page);
      const wrong = await page.innerText('.govuk-error-summary');
      expect(wrong).toMatch(/Line 2: fear was worded before[\s\S]*Line 3: the instrument has no such topic/);
      expect(wrong).toContain('There is no text for ');
    }),
    checked: then(loading, checked),
  },
  'risk/wording': {
    'in-force': then(at('lena', '/wordings/load/asb-matrix'), async (page) => {
      await checked(page);
      await page.click('button:has-text("Load this wording")');
      await page.waitForURL(/done=loaded/);
      expect(await page.innerText('main')).toMatch(/Asked in now[\s\S]*Our own, "exact" text/);
    }),
    removed: then(
      at('lena', (world) => worded(world, 'lena', 'police-dash')),
      async (page) => {
        const here = page.url();
        await page.click('text=Remove this wording');
        await page.click('button:has-text("Remove the wording")');
        await page.waitForURL(/done=removed/);
        await page.goto(here);
        expect(await page.innerText('main')).toContain('still shown in it');
      },
    ),
  },
  'risk/wording-remove': {
    asking: removing,
    error: then(removing, async (page, world) => {
      await worded(world, 'lena', 'police-dash');
      await sendWrongly('Remove the wording')(page);
      expect(await page.innerText('main')).toContain('Somebody has loaded a later version');
    }),
  },
  'risk/print': { printed: at('amina', async (world) => `${(await assessed(world)).at}/print`) },
};
