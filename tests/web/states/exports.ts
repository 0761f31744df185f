import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { exported, PASSWORD } from '../handed';
import { accepted, at, sendWrongly, staffId, then } from '../stories';
import type { Drives, World } from '../world';

/** An export that nobody has begun to write. */
async function running(world: World): Promise<string> {
  const id = randomUUID();
  const { caseId } = await accepted(world);
  await world.app.sql(
    `INSERT INTO records.record_export (id, type, format, state, user_id, org_id, lock, total, correlation_id, purpose, path, pack, requested_at, claimed_until)
     SELECT $1, 'cases', 'csv', 'running', $2, lead_org, 'none', 1, 'test', 'safeguarding', '/', 'p@1', now(), now() + interval '1 hour' FROM records.case_file WHERE id = $3`,
    [id, await staffId(world, 'amina'), caseId],
  );
  return id;
}
const form = at('amina', '/exports/new');
const passwords = async (page: Page, first: string, second = first): Promise<void> => {
  await page.fill('#password', first);
  await page.fill('#again', second);
};

export const drives: Drives = {
  'exports/list': {
    filled: at('amina', async (world) => {
      await exported(world);
      return '/exports';
    }),
    empty: at('petra', '/exports'),
  },
  'exports/request': {
    empty: form,
    error: then(form, async (page) => {
      await passwords(page, PASSWORD, 'another one');
      await sendWrongly('Make the file')(page);
      expect(await page.innerText('main')).toContain('Enter the same password twice');
      expect(await page.inputValue('#password')).toBe('');
    }),
    weak: then(form, async (page) => {
      await passwords(page, 'password');
      await sendWrongly('Make the file')(page);
      expect(await page.innerText('main')).toContain('Choose a longer password');
    }),
  },
  'exports/one': {
    running: at('amina', async (world) => `/exports/${await running(world)}`),
    done: at('amina', async (world) => `/exports/${await exported(world)}`),
    ended: at('amina', async (world) => {
      const id = await exported(world);
      expect((await world.app.as('amina').post(`/api/records/exports/${id}/removal`)).status).toBe(200);
      return `/exports/${id}`;
    }),
  },
};
