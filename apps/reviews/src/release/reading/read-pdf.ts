import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { Extracted, Passage } from '../../release-scan';
import { NotReadable, together, type Reading, type ReadInside } from './reading';

const MOST_PAGES = 2_000;

/**
 * readPdf is everything in a PDF: text of its pages whether it is seen or not, what was noted on them, fields, bookmarks,
 * descriptions, properties, files in it, and whether an earlier version may lie beneath.
 * The library is loaded with the first file: it takes 40 MB, which a process that reads none need not hold.
 */
export async function readPdf(bytes: Uint8Array, reading: Reading, inside: ReadInside): Promise<Extracted> {
  const pdf = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // In this thread: the library would look for a file of its own otherwise.
  const held = globalThis as { pdfjsWorker?: unknown };
  held.pdfjsWorker ??= await workerOf();
  const loading = pdf.getDocument({
    ...{ data: new Uint8Array(bytes), verbosity: 0, isEvalSupported: false, useSystemFonts: false },
    ...{ disableFontFace: true, stopAtErrors: false },
  });
  try {
    const document = await loading.promise;
    if (document.numPages > MOST_PAGES) throw new NotReadable('has too many pages');
    const found: Extracted[] = [beneath(bytes), await aboutIt(document), await filesIn(document, reading, inside)];
    for (let n = 1; n <= document.numPages; n++) {
      const page = await document.getPage(n);
      found.push(await readPage(page, `page ${n}`, new Set(Object.entries(pdf.OPS).flatMap(picturing))));
      page.cleanup();
    }
    return together(found);
  } catch (error) {
    throw error instanceof NotReadable ? error : new NotReadable('not a PDF that can be read');
  } finally {
    await loading.destroy();
  }
}

/** It has no types of its own. */
const workerOf = (): Promise<unknown> =>
  // @ts-expect-error -- see above
  import('pdfjs-dist/legacy/build/pdf.worker.mjs');

const picturing = ([name, code]: [string, unknown]): number[] =>
  /^paint.*Image/.test(name) && name !== 'paintSolidColorImageMask' ? [code as number] : [];

/** A file that was changed and saved again keeps what was there before (ISO 32000-1 §7.5.6). */
function beneath(bytes: Uint8Array): Extracted {
  const text = Buffer.from(bytes).toString('latin1');
  const times = text.match(/startxref/g)?.length ?? 0;
  const usual = /\/Linearized\s+1/.test(text.slice(0, 2_048)) ? 2 : 1;
  return { passages: [], pictures: [], unread: times > usual ? ['an earlier version that was saved over'] : [] };
}

async function aboutIt(document: PDFDocumentProxy): Promise<Extracted> {
  const passages: Passage[] = [];
  const add = (part: Passage['part'], where: string, text: unknown): void => {
    if (typeof text === 'string' && text.trim() !== '') passages.push({ part, where, text });
  };
  const { info, metadata } = await document.getMetadata();
  const custom = (info as { Custom?: Record<string, unknown> }).Custom ?? {};
  for (const [name, value] of [...Object.entries(info), ...Object.entries(custom)]) add('metadata', name, value);
  for (const [name, value] of (metadata ?? []) as Iterable<[string, unknown]>)
    for (const one of [value].flat()) add('metadata', name, one);
  interface Entry {
    title: string;
    items: Entry[];
  }
  const outline = (entries: readonly Entry[]): void =>
    entries.forEach(({ title, items }) => {
      add('hidden', 'bookmarks', title);
      outline(items);
    });
  outline((await document.getOutline()) ?? []);
  const labels = await document.getPageLabels();
  add('hidden', 'labels of pages', labels?.join('\n'));
  const scripts = Object.values((await document.getJSActions()) ?? {}).flat();
  for (const script of scripts) add('hidden', 'scripts', script);
  const layers = await document.getOptionalContentConfig();
  for (const [, { name }] of layers as unknown as Iterable<[string, { name: string | null }]>)
    add('hidden', 'names of layers', name);
  const form = (info as { IsXFAPresent?: boolean }).IsXFAPresent ? ['a form of another kind (XFA)'] : [];
  return { passages, pictures: [], unread: form };
}

async function filesIn(document: PDFDocumentProxy, reading: Reading, inside: ReadInside): Promise<Extracted> {
  const files = ((await document.getAttachments()) ?? {}) as Record<
    string,
    { filename: string; content: Uint8Array; description?: string }
  >;
  const found: Extracted[] = [];
  for (const [i, { filename, content, description }] of Object.values(files).entries()) {
    found.push(await inside(content, filename, `file ${i + 1} in it`, reading));
    const text = description ?? '';
    if (text) found.push({ passages: [{ part: 'metadata', where: 'files in it', text }], pictures: [], unread: [] });
  }
  return together(found);
}

interface Note {
  readonly contentsObj?: { readonly str: string };
  readonly titleObj?: { readonly str: string };
  readonly fieldValue?: unknown;
  readonly alternativeText?: string;
  readonly url?: string;
  readonly subtype: string;
}

async function readPage(page: PDFPageProxy, where: string, painting: ReadonlySet<number>): Promise<Extracted> {
  const { items } = await page.getTextContent({ includeMarkedContent: false });
  const text = items.map((i) => ('str' in i ? i.str + (i.hasEOL ? '\n' : '') : '')).join('');
  const passages: Passage[] = text.trim() === '' ? [] : [{ part: 'body', where, text }];
  for (const note of (await page.getAnnotations()) as Note[]) {
    const { contentsObj, titleObj, fieldValue, alternativeText, url } = note;
    const said = [contentsObj?.str, [fieldValue].flat().join('\n'), alternativeText, url].filter(Boolean).join('\n');
    if (said) passages.push({ part: 'comment', where, text: said });
    if (titleObj?.str) passages.push({ part: 'metadata', where: `${where} author`, text: titleObj.str });
  }
  const described = descriptions((await page.getStructTree()) as Branch | null).join('\n');
  if (described) passages.push({ part: 'attribute', where, text: described });
  const { fnArray } = await page.getOperatorList();
  const pictures = fnArray.some((code) => painting.has(code)) ? [where] : [];
  // Of a page that is only a picture of one, nothing has been read; nor where letters stand for nothing that is known.
  const dark = pictures.length > 0 && passages.every(({ part }) => part !== 'body');
  return { passages, pictures, unread: dark || isIllegible(text) ? [where] : [] };
}

function isIllegible(text: string): boolean {
  const odd = text.match(/[\ufffd\ue000-\uf8ff\u0000-\u0008]/g)?.length ?? 0; // eslint-disable-line no-control-regex
  return odd > 0 && odd * 5 > text.trim().length;
}

interface Branch {
  readonly alt?: string;
  readonly children?: readonly Branch[];
}
const descriptions = (branch: Branch | null): string[] =>
  branch ? [...(branch.alt ? [branch.alt] : []), ...(branch.children ?? []).flatMap(descriptions)] : [];
