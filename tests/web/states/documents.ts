import { accepted, at, EASTVALE_NHS, joins, sendWrongly, then } from '../stories';
import type { Drive, Drives, World } from '../world';

/** A case with a document of the lead agency, kept through the pages, and where it is. */
export async function withDocument(world: World): Promise<{ caseId: string; document: string }> {
  const { caseId } = await accepted(world);
  const page = await at('amina', `/cases/${caseId}/documents/add`)(world);
  await page.setInputFiles('#file', {
    name: 'letter.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\nA letter.'),
  });
  await page.fill('#title', 'Letter from the landlord');
  await page.fill('#note', 'It came by post.');
  await page.check('#sensitive');
  await page.click('button:has-text("Keep this document")');
  await page.waitForSelector('.moj-alert');
  const href = await page.getAttribute('tbody a', 'href');
  await page.close();
  return { caseId, document: href!.split('/')[4]! };
}

const documentAt: Drive = at('amina', async (world) => {
  const { caseId, document } = await withDocument(world);
  return `/cases/${caseId}/documents/${document}`;
});
const adding: Drive = at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/documents/add`);

/** The page that redacts a text of two lines. */
const redacting: Drive = at('amina', async (world) => {
  const { caseId } = await accepted(world);
  const page = await at('amina', `/cases/${caseId}/documents/add`)(world);
  const buffer = Buffer.from('Seen by Ana Vale.\nShe lives by herself.');
  await page.setInputFiles('#file', { name: 'note.txt', mimeType: 'text/plain', buffer });
  await page.fill('#title', 'Note of the visit');
  await page.click('button:has-text("Keep this document")');
  await page.waitForSelector('.moj-alert');
  const href = await page.getAttribute('tbody a', 'href');
  await page.close();
  return `${href}/redact`;
});

export const drives: Drives = {
  'cases/documents': {
    empty: at('amina', async (world) => `/cases/${(await accepted(world)).caseId}/documents`),
    filled: at('amina', async (world) => `/cases/${(await withDocument(world)).caseId}/documents`),
    'read-only': at('una', async (world) => {
      const { caseId } = await withDocument(world);
      await joins(world, caseId, EASTVALE_NHS);
      return `/cases/${caseId}/documents`;
    }),
    kept: at('amina', async (world) => `/cases/${(await withDocument(world)).caseId}/documents?done=kept`),
  },
  'cases/add-document': {
    empty: adding,
    error: then(adding, sendWrongly('Keep this document')),
    'not-taken': then(adding, async (page) => {
      await page.setInputFiles('#file', {
        name: 'page.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('<html>'),
      });
      await page.fill('#title', 'Something else');
      await sendWrongly('Keep this document')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('The file must be a PDF');
      expect(await page.inputValue('#title')).toBe('Something else');
    }),
  },
  'cases/redact-document': {
    empty: redacting,
    preview: then(redacting, async (page) => {
      await page.fill('#passages', 'Ana Vale');
      await page.fill('#lines', '2');
      await page.click('button:has-text("Show the copy")');
      const copy = await page.innerText('ol >> nth=0');
      expect([copy, await page.inputValue('#passages')]).toEqual(['Seen by █████.\n█████', 'Ana Vale']);
      await page.fill('#title', 'Note, redacted');
      await page.click('button:has-text("Keep the redacted copy")');
      expect(await page.innerText('.moj-alert')).toContain('What you removed is not in it');
      await page.click('text=Note of the visit');
      await page.click('text=Make a redacted copy');
      await page.fill('#passages', 'Ana Vale');
      await page.click('button:has-text("Show the copy")');
    }),
    error: then(redacting, async (page) => {
      await page.fill('#passages', 'Nobody of this name');
      await page.fill('#title', 'A copy');
      await sendWrongly('Keep the redacted copy')(page);
      expect(await page.innerText('.govuk-error-summary')).toContain('as you enter it');
      expect([await page.inputValue('#passages'), await page.inputValue('#title')]).toEqual([
        'Nobody of this name',
        'A copy',
      ]);
    }),
    'no-text': at('amina', async (world) => {
      const { caseId, document } = await withDocument(world);
      return `/cases/${caseId}/documents/${document}/redact`;
    }),
  },
  'cases/document': {
    // Whoever works on the case as a lead sees who opened it; that it was is in the log a moment later.
    filled: then(documentAt, async (page) =>
      expect(await page.getAttribute('a:has-text("Who opened this document")', 'href')).toMatch(
        /\/access-log\?document=[0-9a-f-]{36}$/,
      ),
    ),
    'read-only': at('hana', async (world) => {
      const { caseId, document } = await withDocument(world);
      return `/cases/${caseId}/documents/${document}`;
    }),
    replaced: then(documentAt, async (page) => {
      await page.setInputFiles('#file', {
        name: 'a.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('A copy in words.'),
      });
      await page.fill('#reason', 'It could not be read aloud.');
      await page.click('button:has-text("Keep the new version")');
      await page.waitForSelector('.moj-alert');
    }),
    error: then(documentAt, sendWrongly('Keep the new version')),
  },
};
