import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { done, startBulk } from '../handed';
import { accepted, at, joins, POLICE, sendWrongly, staffId, then } from '../stories';
import type { Drive, Drives, World } from '../world';

const caseAt = (path: string, username = 'amina'): Drive =>
  at(username, async (world) => `/cases/${(await accepted(world)).caseId}${path}`);
const choosing = at('amina', async (world) => {
  await accepted(world);
  return '/hand-over/bulk';
});
const continued = (what: string) => async (page: Page) => {
  await page.check('input[name="cases"] >> nth=0');
  await page.check(`input[value="${what}"]`);
  await page.click('button:has-text("Continue")');
  await page.waitForSelector('text=will change');
};
const flagged = async (world: World): Promise<string> => {
  const { caseId } = await accepted(world);
  const put = await world.app.as('amina').post(`/api/records/cases/${caseId}/flags`, { flag: 'needs-attention' });
  expect(put.status).toBe(201);
  return caseId;
};

/** Work that somebody has asked for and nobody has begun. */
async function running(world: World): Promise<string> {
  const id = randomUUID();
  const { caseId } = await accepted(world);
  await world.app.sql(
    `INSERT INTO records.bulk_work (id, kind, state, user_id, org_id, body, correlation_id, purpose, path, made_at, claimed_until)
     SELECT $1, 'assign', 'running', $2, lead_org, '{}', 'test', 'safeguarding', '/', now(), now() + interval '1 hour' FROM records.case_file WHERE id = $3`,
    [id, await staffId(world, 'amina'), caseId],
  );
  await world.app.sql("INSERT INTO records.bulk_row VALUES ($1, 1, $2, 1, 'waiting')", [id, caseId]);
  return id;
}

export const drives: Drives = {
  'hand-over/assign': {
    empty: caseAt('/assign'),
    error: then(caseAt('/assign'), sendWrongly('Give the case')),
    'owned-already': then(caseAt('/assign'), async (page, world) => {
      const id = new URL(page.url()).pathname.split('/')[2] ?? '';
      const body = { ownerId: await staffId(world, 'tomas') };
      const { version } = (await world.app.as('amina').get(`/api/records/cases/${id}`)).body as { version: number };
      await world.app.as('amina').post(`/api/records/cases/${id}/assignment`, body, { version });
      await page.reload();
      await page.selectOption('#ownerId', { label: 'Tomas Reyes' });
      await sendWrongly('Give the case')(page);
      expect(await page.innerText('main')).toContain('They own this case already');
    }),
    conflict: then(caseAt('/assign'), async (page, world) => {
      await joins(world, new URL(page.url()).pathname.split('/')[2] ?? '', POLICE);
      await page.selectOption('#ownerId', { label: 'Tomas Reyes' });
      await page.click('button:has-text("Give the case")');
      await page.waitForSelector('#conflict');
    }),
  },
  'hand-over/flags': {
    empty: caseAt('/flags'),
    filled: at('amina', async (world) => {
      const caseId = await flagged(world);
      await world.app.as('amina').post(`/api/records/cases/${caseId}/flags/needs-attention/ending`);
      await world.app.as('amina').post(`/api/records/cases/${caseId}/flags`, { flag: 'media-interest' });
      return `/cases/${caseId}/flags`;
    }),
    'read-only': at('jo', async (world) => `/cases/${await flagged(world)}/flags`),
    error: then(caseAt('/flags'), sendWrongly('Put on')),
  },
  'hand-over/bulk': {
    choose: choosing,
    'nothing-to-choose': at('petra', '/hand-over/bulk'),
    error: then(choosing, sendWrongly('Continue')),
    assign: then(choosing, continued('assignments')),
    transfer: then(choosing, continued('transfers')),
    refer: then(choosing, continued('referrals')),
    flag: then(choosing, continued('flags')),
    incomplete: then(then(choosing, continued('transfers')), sendWrongly('Offer the cases')),
  },
  'hand-over/bulk-work': {
    running: at('amina', async (world) => `/hand-over/bulk/${await running(world)}`),
    done: at('amina', async (world) => {
      const { caseId } = await accepted(world);
      return `/hand-over/bulk/${await done(world, await startBulk(world, [caseId]))}`;
    }),
    refused: at('amina', async (world) => {
      const { caseId } = await accepted(world);
      await done(world, await startBulk(world, [caseId]));
      return `/hand-over/bulk/${await done(world, await startBulk(world, [caseId]))}`;
    }),
  },
};
