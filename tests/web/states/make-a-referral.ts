import type { Page } from 'playwright-core';
import { exampleContent, type Drive, type Drives, type World } from '../world';

const HERE = '/referrals/make-a-referral';
const folder = (name: string): string => `referrals/make-a-referral/${name}`;

/** Opens a page of a fresh draft of Hana's with this content. */
const draftPage =
  (path: string, content: object, then: (page: Page, world: World) => Promise<void> = async () => undefined): Drive =>
  async (world) => {
    const { id } = await world.draft('hana', content);
    const page = await world.as('hana');
    await page.goto(`${world.url}${HERE}/${id}${path && `/${path}`}`);
    await then(page, world);
    return page;
  };

const begun = { pathway: 'domestic-abuse' };
const people = {
  ...begun,
  people: [
    { ref: 'p1', roles: ['subject'], name: { given: 'Nerys', family: 'Halloway' } },
    { ref: 'p2', roles: ['alleged-perpetrator'], name: { family: 'Halloway' } },
  ],
};
const full = exampleContent();
const send = (page: Page): Promise<void> => page.click('text=Save and continue');

/** The states that a simple group of questions has: nothing entered, told what is missing, filled in. */
const groupOf = (code: string, blank: object = people) => ({
  empty: draftPage(code, blank),
  incomplete: draftPage(`${code}?incomplete`, blank),
  filled: draftPage(code, full),
});

const { incomplete: _none, ...equality } = groupOf('equality');
const { incomplete: _nor, ...wishes } = groupOf('wishes');
const { incomplete: _either, ...about } = groupOf('about');

export const drives: Drives = {
  [folder('start')]: {
    empty: async (world) => {
      const page = await world.as('hana');
      await page.goto(world.url + HERE);
      return page;
    },
    error: async (world) => {
      const page = await world.as('hana');
      await page.goto(world.url + HERE);
      await page.click('button:has-text("Continue")');
      await page.waitForSelector('.govuk-error-summary');
      return page;
    },
  },
  [folder('pathway')]: {
    filled: draftPage('pathway', begun),
    error: draftPage('pathway', { pathway: 'other' }, async (page) => {
      await page.click('input[value="prevent"]');
      await page.locator('input[value="prevent"]').evaluate((e) => e.setAttribute('value', 'no-such'));
      await page.click('button:has-text("Continue")');
      await page.waitForSelector('.govuk-error-summary');
    }),
    check: draftPage('pathway', full, async (page) => {
      await page.click('input[value="other"]');
      await page.click('button:has-text("Continue")');
      await page.waitForSelector('text=will be deleted');
    }),
  },
  [folder('task-list')]: { new: draftPage('', begun), complete: draftPage('', full) },
  [folder('about')]: {
    ...about,
    error: draftPage('about', begun, async (page) => {
      await page.fill('[id="referrer.managerSignOff.at-day"]', '31');
      await page.fill('[id="referrer.managerSignOff.at-month"]', '2');
      await page.fill('[id="referrer.managerSignOff.at-year"]', '2025');
      await send(page);
      await page.waitForSelector('.govuk-error-summary');
    }),
  },
  [folder('people')]: groupOf('people', begun),
  [folder('person')]: {
    empty: draftPage('people/new', begun),
    error: draftPage('people/new', begun, async (page) => {
      await page.fill('[id="nhsNumber"]', '123');
      await page.check('input[value="subject"]');
      await send(page);
      await page.waitForSelector('.govuk-error-summary');
    }),
    incomplete: draftPage('people/p2?incomplete', {
      ...people,
      people: [people.people[0], { ref: 'p2', roles: ['alleged-perpetrator'] }],
    }),
    filled: draftPage('people/p1', full),
  },
  [folder('remove-person')]: { asking: draftPage('people/p1/remove', people) },
  [folder('relationships')]: groupOf('relationships'),
  [folder('safe-contact')]: {
    ...groupOf('safe-contact'),
    error: draftPage('safe-contact', people, async (page) => {
      await page.fill('[id="safeContact.methods.0.value"]', '07700 900456');
      await send(page);
      await page.waitForSelector('.govuk-error-summary');
    }),
  },
  [folder('concerns')]: {
    ...groupOf('concerns'),
    error: draftPage('concerns', begun, async (page) => {
      await page.fill('[id="concerns.happened.0.on-month"]', '13');
      await page.fill('[id="concerns.happened.0.on-year"]', '2025');
      await send(page);
      await page.waitForSelector('.govuk-error-summary');
    }),
    conflict: draftPage('concerns', begun, async (page, world) => {
      const other = await world.as('hana');
      await other.goto(page.url());
      await other.fill('[id="concerns.summary"]', 'What the other window says');
      await send(other);
      await other.waitForURL((url) => !url.pathname.endsWith('/concerns') || url.search !== '');
      await other.close();
      await page.fill('[id="concerns.summary"]', 'What this window says');
      await send(page);
      await page.waitForSelector('text=This was changed while you worked on it');
    }),
  },
  [folder('criteria')]: {
    ...groupOf('criteria'),
    error: draftPage('criteria', begun, async (page) => {
      await page.fill('[id="criteria.visibleHighRisk.count"]', 'many');
      await send(page);
      await page.waitForSelector('.govuk-error-summary');
    }),
  },
  [folder('fears')]: groupOf('fears'),
  [folder('questions')]: groupOf('questions'),
  [folder('consent')]: groupOf('consent'),
  [folder('equality')]: equality,
  [folder('staff-risk')]: groupOf('staff-risk'),
  [folder('wishes')]: wishes,
  [folder('check-answers')]: {
    incomplete: draftPage('check-answers', people),
    complete: draftPage('check-answers', full),
  },
  [folder('discard')]: { asking: draftPage('discard', begun) },
};
