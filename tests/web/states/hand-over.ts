import type { Page } from 'playwright-core';
import { accepted, at, EASTVALE_NHS, joins, POLICE, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';
import { handOverAgreement } from '../agreements';
import { answered, offer, offered, onOffer, withStep } from '../handed';

const caseAt = (path: string): Drive => at('amina', async (world) => `/cases/${(await accepted(world)).caseId}${path}`);
const referralAt = (username: string, made: (world: World) => Promise<string>, path = ''): Drive =>
  at(username, async (world) => `/hand-over/referrals/${await made(world)}${path}`);
const offeredTo = async (world: World): Promise<string> => (await offered(world)).id;
const acceptedBy = async (world: World): Promise<string> => answered(world, (await offered(world)).id, 'acceptance');

/** Fills in a referral to Bevan, all but the sending. */
async function fill(page: Page): Promise<void> {
  await page.selectOption('#recipient', { label: 'Bevan Price' });
  await page.fill('#reason', 'She has not been seen by a nurse since May.');
  for (const value of ['health', 'health-care', 'public-task', 'soon', 'given'])
    await page.check(`input[value="${value}"]`);
}
const toCheck = async (page: Page): Promise<void> => {
  await fill(page);
  await page.click('button:has-text("Continue")');
  await page.waitForSelector('text=Check what you share');
};
const caseIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

export const drives: Drives = {
  'hand-over/list': {
    received: at('bevan', async (world) => {
      await offered(world);
      return '/hand-over';
    }),
    sent: at('amina', async (world) => {
      await acceptedBy(world);
      return '/hand-over?box=sent';
    }),
    empty: at('petra', '/hand-over'),
  },
  'hand-over/of-case': {
    empty: caseAt('/hand-over'),
    filled: at('amina', async (world) => `/cases/${(await offered(world)).caseId}/hand-over`),
    'on-offer': at('amina', async (world) => `/cases/${(await onOffer(world)).caseId}/hand-over`),
    'not-leading': at('hana', async (world) => `/cases/${(await accepted(world)).caseId}/hand-over`),
  },
  'hand-over/refer-to': {
    empty: caseAt('/refer'),
    error: then(caseAt('/refer'), sendWrongly('Continue')),
  },
  'hand-over/refer': {
    empty: caseAt(`/refer/${EASTVALE_NHS}`),
    outside: caseAt('/refer/outside'),
    'for-action': at('idris', async (world) => `/cases/${(await withStep(world)).caseId}/refer/${EASTVALE_NHS}`),
    error: then(caseAt(`/refer/${EASTVALE_NHS}`), sendWrongly('Continue')),
    check: then(caseAt(`/refer/${EASTVALE_NHS}`), toCheck),
    'open-already': then(caseAt(`/refer/${EASTVALE_NHS}`), async (page, world) => {
      await offer(world, caseIdOf(page));
      await toCheck(page);
      await sendWrongly('Send referral')(page);
      expect(await page.innerText('main')).toContain('They have not answered an earlier referral');
    }),
    'not-shared': then(caseAt(`/refer/${EASTVALE_NHS}`), async (page, world) => {
      await handOverAgreement(world);
      await fill(page);
      await page.check('input[name="purpose"][value="housing"]');
      await page.click('button:has-text("Continue")');
      await sendWrongly('Send referral')(page);
      expect(await page.innerText('main')).toContain('This may not be shared');
      expect(await page.innerText('.govuk-error-summary')).toContain(
        'Eastvale NHS Trust may not receive health information',
      );
      expect(await page.inputValue('#reason')).toContain('since May');
    }),
    conflict: then(caseAt(`/refer/${EASTVALE_NHS}`), async (page, world) => {
      await toCheck(page);
      await joins(world, caseIdOf(page), POLICE);
      await page.click('button:has-text("Send referral")');
      await page.waitForSelector('#conflict');
      expect(await page.inputValue('#reason')).toContain('since May');
    }),
  },
  'hand-over/referral': {
    received: referralAt('bevan', offeredTo),
    sent: referralAt('amina', offeredTo),
    accepted: referralAt('bevan', acceptedBy),
    ended: referralAt('bevan', async (world) =>
      answered(world, (await offered(world)).id, 'decline', { note: 'She moved away.' }),
    ),
  },
  'hand-over/answer': {
    accept: referralAt('bevan', offeredTo, '/accept'),
    decline: referralAt('bevan', offeredTo, '/decline'),
    withdraw: referralAt('amina', offeredTo, '/withdraw'),
    complete: referralAt('bevan', acceptedBy, '/complete'),
    error: then(referralAt('bevan', offeredTo, '/decline'), sendWrongly('Decline referral')),
    conflict: then(referralAt('bevan', offeredTo, '/decline'), async (page, world) => {
      await page.fill('#note', 'We are full.');
      await answered(world, new URL(page.url()).pathname.split('/')[3] ?? '', 'withdrawal', {}, 'amina');
      await page.click('button:has-text("Decline referral")');
      await page.waitForSelector('#conflict');
      expect(await page.innerText('main')).toContain('We are full.');
    }),
  },
  'hand-over/referred-case': { filled: referralAt('bevan', acceptedBy, '/case') },
};
