import type { Page } from 'playwright-core';
import { handOverAgreement } from '../agreements';
import { askedFor, offerCase, onOffer, stepped } from '../handed';
import { accepted, at, EASTVALE_NHS, joins, POLICE, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';

const caseAt = (path: string, username = 'amina'): Drive =>
  at(username, async (world) => `/cases/${(await accepted(world)).caseId}${path}`);
const transferAt = (username: string, made: (world: World) => Promise<string>, path = ''): Drive =>
  at(username, async (world) => `/hand-over/transfers/${await made(world)}${path}`);
const offered = async (world: World): Promise<string> => (await onOffer(world)).id;
const asked = async (world: World): Promise<string> => (await askedFor(world)).id;
const formAt = caseAt(`/transfer/${EASTVALE_NHS}`);
const caseIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';

async function toCheck(page: Page): Promise<void> {
  await page.selectOption('#recipient', { label: 'Bevan Price' });
  await page.fill('#reason', 'She moved to Eastvale.');
  await page.check('input[value="given"]');
  await page.click('button:has-text("Continue")');
  await page.waitForSelector('text=Check whom the case passes to');
}

export const drives: Drives = {
  'hand-over/transfers': {
    received: at('bevan', async (world) => {
      await offered(world);
      return '/hand-over/transfers';
    }),
    sent: at('amina', async (world) => {
      await stepped(world, await offered(world), 'decline', 'bevan', { reason: 'Not ours.' });
      return '/hand-over/transfers?box=sent';
    }),
    empty: at('petra', '/hand-over/transfers'),
  },
  'hand-over/transfer-to': {
    empty: caseAt('/transfer'),
    error: then(caseAt('/transfer'), sendWrongly('Continue')),
  },
  'hand-over/records-copy': {
    empty: caseAt('/records-copy'),
    error: then(caseAt('/records-copy'), sendWrongly('Download the records')),
    'not-shared': then(caseAt('/records-copy'), async (page, world) => {
      await handOverAgreement(world);
      // Not party to the agreement.
      await page.selectOption('#toOrg', { label: 'Harbour Housing' });
      await page.check('input[name="consent.answer"][value="given"]');
      await sendWrongly('Download the records')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('Harbour Housing');
    }),
  },
  'hand-over/offer-case': {
    empty: formAt,
    outside: caseAt('/transfer/outside'),
    error: then(formAt, sendWrongly('Continue')),
    check: then(formAt, toCheck),
    'open-already': then(formAt, async (page, world) => {
      await offerCase(world, caseIdOf(page));
      await toCheck(page);
      await sendWrongly('Offer case')(page);
      expect(await page.innerText('main')).toContain('This case is on offer already');
    }),
    'not-shared': then(formAt, async (page, world) => {
      await handOverAgreement(world);
      await page.check('input[name="purpose"][value="housing"]');
      await toCheck(page);
      await sendWrongly('Offer case')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain(
        'Eastvale NHS Trust may not receive health information',
      );
      expect(await page.inputValue('#reason')).toContain('Eastvale');
    }),
    conflict: then(formAt, async (page, world) => {
      await toCheck(page);
      await joins(world, caseIdOf(page), POLICE);
      await page.click('button:has-text("Offer case")');
      await page.waitForSelector('#conflict');
      expect(await page.inputValue('#reason')).toContain('Eastvale');
    }),
  },
  'hand-over/ask-for': {
    empty: caseAt('/ask-for', 'hana'),
    error: then(caseAt('/ask-for', 'hana'), sendWrongly('Ask for the case')),
    'asked-already': then(
      at('hana', async (world) => `/cases/${(await askedFor(world)).caseId}/ask-for`),
      async (page) => {
        await page.fill('#reason', 'I see her weekly.');
        await sendWrongly('Ask for the case')(page);
        expect(await page.innerText('main')).toContain('You have asked for this case already');
      },
    ),
    conflict: then(caseAt('/ask-for', 'hana'), async (page, world) => {
      await page.fill('#reason', 'I see her weekly.');
      await joins(world, caseIdOf(page), POLICE);
      await page.click('button:has-text("Ask for the case")');
      await page.waitForSelector('#conflict');
      expect(await page.inputValue('#reason')).toContain('weekly');
    }),
  },
  'hand-over/transfer': {
    received: transferAt('bevan', offered),
    sent: transferAt('amina', offered),
    requested: transferAt('amina', asked),
    ended: transferAt('bevan', async (world) =>
      stepped(world, await offered(world), 'decline', 'bevan', { reason: 'Not ours.' }),
    ),
  },
  'hand-over/answer-transfer': {
    agree: transferAt('amina', asked, '/agree'),
    refuse: transferAt('amina', asked, '/refuse'),
    accept: transferAt('bevan', offered, '/accept'),
    decline: transferAt('bevan', offered, '/decline'),
    withdraw: transferAt('amina', offered, '/withdraw'),
    error: then(transferAt('bevan', offered, '/decline'), sendWrongly('Decline the case')),
    'not-shared': then(transferAt('amina', asked, '/agree'), async (page) => {
      for (const value of ['housing', 'given']) await page.check(`input[value="${value}"]`);
      await sendWrongly('Offer the case')(page);
      expect(await page.innerText('main')).toContain('This may not be shared');
    }),
    conflict: then(transferAt('bevan', offered, '/decline'), async (page, world) => {
      await page.fill('#reason', 'We are full.');
      await stepped(world, new URL(page.url()).pathname.split('/')[3] ?? '', 'withdrawal', 'amina');
      await page.click('button:has-text("Decline the case")');
      await page.waitForSelector('#conflict');
      expect(await page.innerText('main')).toContain('We are full.');
    }),
  },
};
