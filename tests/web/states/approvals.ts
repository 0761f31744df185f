import type { Page } from 'playwright-core';
import { askedToApprove } from '../handed';
import { accepted, at, joins, POLICE, sendWrongly, then } from '../stories';
import type { Drive, Drives } from '../world';

const of = (username: string): Drive =>
  at(username, async (world) => `/cases/${(await askedToApprove(world)).caseId}/approvals`);
const caseAt: Drive = at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/approvals`);
const answerAt: Drive = at('amina', async (world) => {
  const { caseId, id } = await askedToApprove(world);
  return `/cases/${caseId}/approvals/${id}`;
});
async function ask(page: Page): Promise<void> {
  await page.selectOption('#stage', { label: 'Closing the case' });
  await page.fill('#comment', 'She is safe.');
}

export const drives: Drives = {
  'hand-over/approvals': {
    filled: at('amina', async (world) => {
      await askedToApprove(world);
      return '/hand-over/approvals';
    }),
    empty: at('petra', '/hand-over/approvals'),
  },
  'hand-over/approvals-of-case': {
    empty: caseAt,
    filled: of('amina'),
    'read-only': of('jo'),
    error: then(caseAt, sendWrongly('Ask for approval')),
    'open-already': then(of('tomas'), async (page) => {
      await ask(page);
      await sendWrongly('Ask for approval')(page);
      expect(await page.innerText('main')).toContain('Approval of this has been asked for already');
    }),
    conflict: then(caseAt, async (page, world) => {
      await ask(page);
      await joins(world, new URL(page.url()).pathname.split('/')[2] ?? '', POLICE);
      await page.click('button:has-text("Ask for approval")');
      await page.waitForSelector('#conflict');
      expect(await page.inputValue('#comment')).toBe('She is safe.');
    }),
  },
  'hand-over/answer-approval': {
    empty: answerAt,
    error: then(answerAt, sendWrongly('Send answer')),
    'answered-already': then(answerAt, async (page, world) => {
      await page.check('input[value="rejected"]');
      await page.fill('#comment', 'Not yet.');
      const id = new URL(page.url()).pathname.split('/')[4] ?? '';
      const body = { outcome: 'approved', comment: 'I agree.' };
      expect(
        (await world.app.as('amina').post(`/api/records/approvals/${id}/answer`, body, { version: 1 })).status,
      ).toBe(200);
      await page.click('button:has-text("Send answer")');
      await page.waitForSelector('#conflict');
      expect(await page.innerText('main')).toContain('Not yet.');
    }),
  },
};
