import type { Page } from 'playwright-core';
import { handOverAgreement } from '../agreements';
import { askedByBevan, knownToTheCouncil, whoIs } from '../known';
import { at, sendWrongly, then } from '../stories';
import type { Drives, World } from '../world';

const one = (username: string, ask: (world: World) => Promise<string>) =>
  at(username, async (world) => `/asking/${await ask(world)}`);
const says = (text: string) => async (page: Page) => expect(await page.innerText('main')).toContain(text);
const unclear = async (world: World): Promise<string> => {
  const { given, family, dateOfBirth } = await knownToTheCouncil(world);
  return askedByBevan(world, { given, family, dateOfBirth: dateOfBirth.slice(0, 4), postcode: 'ZZ97 8XX' });
};

/** Fills in whom is asked about, and what else is asked, but for the agency. */
export async function fillIn(page: Page, { given, family, dateOfBirth, postcode }: ReturnType<typeof whoIs>) {
  const [year = '', month = '', day = ''] = dateOfBirth.split('-');
  const fields = {
    given,
    family,
    postcode,
    'dateOfBirth-day': day,
    'dateOfBirth-month': month,
    'dateOfBirth-year': year,
  };
  for (const [name, value] of Object.entries(fields)) await page.fill(`[id="person.${name}"]`, value);
  await page.check('input[name="purpose"][value="safeguarding-adult"]');
  await page.check('input[name="consent.answer"][value="given"]');
}

export const drives: Drives = {
  'asking/ask': {
    empty: at('bevan', '/asking/ask'),
    error: then(at('bevan', '/asking/ask'), async (page) => {
      await page.fill('[id="person.family"]', 'Ashgrove');
      await sendWrongly('Ask')(page);
      expect(await page.inputValue('[id="person.family"]')).toBe('Ashgrove');
    }),
    'not-shared': then(
      at('bevan', async (world) => {
        await handOverAgreement(world);
        return '/asking/ask';
      }),
      async (page) => {
        await fillIn(page, whoIs('Quillfen'));
        // Not party to the agreement.
        await page.selectOption('#toOrg', { label: 'Harbour Housing' });
        await sendWrongly('Ask')(page);
        expect(await page.inputValue('[id="person.family"]')).toBe('Quillfen');
      },
    ),
  },
  'asking/by-request': {
    empty: at('bevan', '/asking/by-request'),
    error: then(at('bevan', '/asking/by-request'), async (page) => {
      await page.selectOption('#toOrg', { label: 'Northbank Council' });
      await page.check('input[name="consent.answer"][value="given"]');
      await page.fill('#content', '{ "AssertedPurpose": "housing" }');
      await sendWrongly('Ask')(page);
      expect(await page.innerText('main')).toMatch(/RequestedData\s+Is missing/);
      expect(await page.inputValue('#content')).toContain('housing');
      // The same as a file: what was in it is not lost.
      const file = { name: 'request.json', mimeType: 'application/json' };
      await page.setInputFiles('#file', { ...file, buffer: Buffer.from([0xff, 0xfe, 0x00]) });
      await sendWrongly('Ask')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('The file must be JSON in UTF-8');
      expect(await page.inputValue('#content')).toContain('housing');
      await page.setInputFiles('#file', { ...file, buffer: Buffer.from('{ "AssertedPurpose": "safeguarding" }') });
      await sendWrongly('Ask')(page);
      expect(await page.innerText('main')).toMatch(/RequestedData\s+Is missing/);
      expect(await page.inputValue('#content')).toBe('{ "AssertedPurpose": "safeguarding" }');
    }),
  },
  'asking/one': {
    known: then(
      one('bevan', async (world) => askedByBevan(world, await knownToTheCouncil(world))),
      says('knows this person'),
    ),
    'not-known': then(
      one('bevan', (world) => askedByBevan(world, whoIs('Quillmere'))),
      says('No record of'),
    ),
    waiting: then(one('bevan', unclear), says('asked to look')),
    received: then(one('amina', unclear), says('Who it may be, in your records')),
  },
  'asking/list': {
    asked: at('bevan', async (world) => {
      await askedByBevan(world, whoIs('Quillmere'));
      return '/asking';
    }),
    received: at('amina', async (world) => {
      await askedByBevan(world, whoIs('Quillmere'));
      return '/asking?box=received';
    }),
    empty: at('petra', '/asking'),
  },
};
