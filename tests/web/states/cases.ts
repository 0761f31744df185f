import { civilDate } from '@concordat/clocks';
import type { Page } from 'playwright-core';
import type { Drive, Drives } from '../world';
import {
  accepted,
  at,
  EASTVALE_NHS,
  FIRE,
  glassBroken,
  joins,
  POLICE,
  restricted,
  sealed,
  sendWrongly,
  staffId,
  then,
} from '../stories';
import { broughtInCase } from './imports';

const caseAt = (username: string, path = ''): Drive =>
  at(username, async (world) => `/cases/${(await accepted(world)).caseId}${path}`);

async function asItStoodOn(page: Page, day: Date): Promise<void> {
  const parts = civilDate(day).split('-');
  for (const [i, part] of ['year', 'month', 'day'].entries()) await page.fill(`[name=on-${part}]`, parts[i]!);
  await page.click('text=Show the case as it stood');
}

export const drives: Drives = {
  'cases/list': {
    filled: at('amina', async (world) => {
      await accepted(world);
      return '/cases';
    }),
    filtered: at('amina', '/cases?status=closed'),
    empty: at('una', '/cases'),
    stub: at('tomas', async (world) => {
      await restricted(world, 'conflict-of-interest');
      return '/cases';
    }),
  },
  'cases/case': {
    'brought-in': at('amina', async (world) => `/cases/${(await broughtInCase(world)).caseId}`),
    filled: caseAt('amina'),
    restricted: at('amina', async (world) => `/cases/${(await restricted(world)).caseId}`),
    emergency: at('tomas', async (world) => `/cases/${(await glassBroken(world)).caseId}`),
  },
  'cases/agencies': {
    lead: at('amina', async (world) => {
      const { caseId } = await accepted(world);
      await joins(world, caseId, POLICE);
      return `/cases/${caseId}/agencies`;
    }),
    'not-lead': caseAt('hana', '/agencies'),
    changed: caseAt('amina', '/agencies?done=changed'),
  },
  'cases/add-agency': {
    empty: caseAt('amina', '/agencies/add'),
    error: then(caseAt('amina', '/agencies/add'), sendWrongly('Let this agency take part')),
    unchanged: then(caseAt('amina', '/agencies/add'), async (page, world) => {
      const caseId = new URL(page.url()).pathname.split('/')[2] ?? '';
      await joins(world, caseId, POLICE, 'reader');
      await page.reload();
      await page.selectOption('#orgId', POLICE);
      for (const value of ['reader', 'given']) await page.check(`input[value="${value}"]`);
      await sendWrongly('Let this agency take part')(page);
    }),
    'not-shared': then(caseAt('amina', '/agencies/add'), async (page) => {
      await page.selectOption('#orgId', FIRE);
      for (const value of ['reader', 'given']) await page.check(`input[value="${value}"]`);
      await sendWrongly('Let this agency take part')(page);
      expect(await page.innerText('main')).toContain('This may not be shared');
      expect(await page.isChecked('input[value="safeguarding-adult"]')).toBe(true);
    }),
    conflict: then(caseAt('amina', '/agencies/add'), async (page, world) => {
      const caseId = new URL(page.url()).pathname.split('/')[2] ?? '';
      await joins(world, caseId, POLICE);
      await page.selectOption('#orgId', EASTVALE_NHS);
      for (const value of ['contributor', 'given']) await page.check(`input[value="${value}"]`);
      await page.click('text=Let this agency take part');
      await page.waitForSelector('#conflict');
      expect(await page.inputValue('#orgId')).toBe(EASTVALE_NHS);
      expect(await page.textContent('main')).toContain('Northbank Police: reads the case');
    }),
  },
  'cases/end-participation': {
    confirm: at('amina', async (world) => {
      const { caseId } = await accepted(world);
      await joins(world, caseId, POLICE);
      return `/cases/${caseId}/agencies/${POLICE}/end`;
    }),
    conflict: async (world) => {
      const { caseId } = await accepted(world);
      await joins(world, caseId, POLICE);
      const page = await at('amina', `/cases/${caseId}/agencies/${POLICE}/end`)(world);
      await joins(world, caseId, EASTVALE_NHS);
      await page.click('text=End its part');
      await page.waitForSelector('#conflict');
      return page;
    },
  },
  'cases/timeline': { filled: caseAt('amina', '/timeline') },
  'cases/access-log': {
    filled: then(
      at('amina', async (world) => {
        const { caseId } = await accepted(world);
        await world.app.as('dov').get(`/api/records/cases/${caseId}`);
        await sealed(world, `case=${caseId}&kind=refused`);
        return `/cases/${caseId}/access-log`;
      }),
      async (page) => expect(await page.innerText('main')).toContain('Refused'),
    ),
    filtered: then(caseAt('amina', '/access-log'), async (page, world) => {
      await page.goto(`${page.url()}?user=${await staffId(world, 'amina')}`);
      await page.fill('#from', '1/1/2020');
      await page.click('text=Show looks');
      expect(await page.innerText('main')).toContain('Member of staff: Amina');
    }),
    empty: then(
      caseAt('amina', '/access-log'),
      async (page) => void (await page.goto(`${page.url()}?to=1%2F1%2F2020`)),
    ),
    error: then(
      caseAt('amina', '/access-log'),
      async (page) => void (await page.goto(`${page.url()}?from=31%2F2%2F2026`)),
    ),
  },
  'cases/as-it-stood': {
    start: caseAt('amina', '/as-it-stood'),
    filled: then(caseAt('amina', '/as-it-stood'), (page) => asItStoodOn(page, new Date())),
    error: then(caseAt('amina', '/as-it-stood'), (page) => asItStoodOn(page, new Date('2001-02-03'))),
  },
  'cases/print': { printed: caseAt('amina', '/print') },
};
