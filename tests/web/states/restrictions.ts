import { addDays, civilDate } from '@concordat/clocks';
import type { Page } from 'playwright-core';
import type { Drive, Drives, World } from '../world';
import { caseOf, newSurname } from './people';
import { accepted, at, glassBroken, restricted, sendWrongly, staffId, then } from '../stories';

const NOBODY = '021623d7-8c46-4daf-826f-8d83f4133409';
const today = civilDate(new Date());
const parts = (day: string): string[] =>
  day
    .split('-')
    .reverse()
    .map((p) => String(Number(p)));
const lookBackAt = (about: string, day = today): string => {
  const [d, m, y] = parts(day);
  return `/audit/could-have-seen?${about}&on-day=${d}&on-month=${m}&on-year=${y}`;
};

const restrictionAt = (path: string): Drive =>
  at('amina', async (world) => {
    const { caseId, restrictionId } = await restricted(world);
    return `/cases/${caseId}/restrictions/${restrictionId}/${path}`;
  });

async function lift(world: World, restrictionId: string): Promise<void> {
  const path = `/api/records/restrictions/${restrictionId}/lifting`;
  expect((await world.app.as('amina').post(path, { reason: 'It was somebody else' }, { version: 1 })).status).toBe(200);
}

async function review(world: World): Promise<string> {
  const { useId } = await glassBroken(world);
  const found = { outcome: 'justified', note: 'He was at the door' };
  expect(
    (await world.app.as('kit').post(`/api/records/break-glass/${useId}/review`, found, { version: 1 })).status,
  ).toBe(200);
  return `/break-glass/uses/${useId}`;
}

const toRestrict = at('amina', async (world) => `/people/${(await caseOf(world, newSurname())).person}/restrict`);

export const drives: Drives = {
  'people/restrict': {
    empty: toRestrict,
    error: then(toRestrict, sendWrongly('Restrict the person')),
    restricted: at('amina', async (world) => {
      const { person } = await caseOf(world, newSurname());
      const amina = world.app.as('amina');
      const { status, body } = await amina.get(`/api/records/people/${person}/restrictions`);
      expect([status, body.code]).toEqual([200, undefined]);
      const { version } = body as { version: number };
      const terms = {
        kind: 'colleague',
        named: [await staffId(world, 'amina')],
        reviewOn: addDays(today, 10),
        reason: 'x',
      };
      expect((await amina.post(`/api/records/people/${person}/restrictions`, terms, { version })).status).toBe(201);
      return `/people/${person}/restrict`;
    }),
  },
  'cases/restrictions': {
    none: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/restrictions`),
    restricted: at('amina', async (world) => `/cases/${(await restricted(world)).caseId}/restrictions?done=restricted`),
    lifted: at('hana', async (world) => {
      const { caseId, restrictionId } = await restricted(world);
      await lift(world, restrictionId);
      return `/cases/${caseId}/restrictions`;
    }),
  },
  'cases/restrict': {
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/restrict`),
    error: then(
      at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/restrict`),
      sendWrongly('Restrict the case'),
    ),
  },
  'cases/change-restriction': {
    filled: restrictionAt('change'),
    error: then(restrictionAt('change'), async (page) => {
      await page.fill('#reviewOn-year', '2020');
      await page.fill('#reason', 'Later');
      await sendWrongly('Change the restriction')(page);
      expect(await page.inputValue('#reason')).toBe('Later');
    }),
    conflict: then(restrictionAt('change'), async (page: Page, world) => {
      const id = new URL(page.url()).pathname.split('/')[4] ?? '';
      const body = { named: [await staffId(world, 'amina')], reviewOn: addDays(today, 10), reason: 'Sooner' };
      const done = await world.app.as('amina').post(`/api/records/restrictions/${id}/changes`, body, { version: 1 });
      expect(done.status).toBe(200);
      await page.fill('#reason', 'Later');
      await sendWrongly('Change the restriction')(page);
      expect(await page.textContent('.govuk-error-summary')).toContain('Somebody else changed this first');
    }),
  },
  'cases/lift-restriction': {
    confirm: restrictionAt('lift'),
    error: then(restrictionAt('lift'), sendWrongly('Lift the restriction')),
  },
  'break-glass/break': {
    empty: at('tomas', '/break-glass'),
    error: then(at('tomas', '/break-glass'), sendWrongly('Open the case and tell the leads')),
    'not-found': then(at('tomas', '/break-glass'), async (page) => {
      await page.fill('#case', 'C-0000-0000');
      await page.check('input[value="life-at-risk"]');
      await page.fill('#reason', 'A call from the house');
      await sendWrongly('Open the case and tell the leads')(page);
      expect(await page.inputValue('#reason')).toBe('A call from the house');
    }),
    'too-often': then(at('omar', '/break-glass'), async (page, world) => {
      await world.app.sql(
        "INSERT INTO records.glass_attempt SELECT $1, now() - interval '1 minute' FROM generate_series(1, 20)",
        [await staffId(world, 'omar')],
      );
      await page.fill('#case', 'C-0000-0000');
      await page.check('input[value="life-at-risk"]');
      await page.fill('#reason', 'A call from the house');
      await sendWrongly('Open the case and tell the leads')(page);
      expect(await page.innerText('main')).toContain('You have tried this too often');
    }),
  },
  'break-glass/uses': {
    filled: at('kit', async (world) => {
      await glassBroken(world);
      return '/break-glass/uses?state=to-review';
    }),
    empty: at('farid', '/break-glass/uses'),
    auditor: at('erin', async (world) => {
      await glassBroken(world);
      return '/break-glass/uses';
    }),
  },
  'break-glass/use': {
    'to-review': at('kit', async (world) => `/break-glass/uses/${(await glassBroken(world)).useId}`),
    error: then(
      at('kit', async (world) => `/break-glass/uses/${(await glassBroken(world)).useId}`),
      sendWrongly('Record the review'),
    ),
    reviewed: at('amina', review),
  },
  'audit/could-have-seen': {
    start: at('erin', '/audit/could-have-seen'),
    filled: at('erin', async (world) => lookBackAt(`case=${(await accepted(world)).caseId}`)),
    empty: at('erin', async (world) => lookBackAt(`case=${(await accepted(world)).caseId}`, '2020-01-01')),
    error: at('erin', lookBackAt(`case=${NOBODY}`)),
  },
};
