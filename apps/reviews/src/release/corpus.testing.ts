import { strToU8, zipSync } from 'fflate';
import type { ReleaseEnding } from './reading/read-file';

/** A file as the tests make it, with where in it the planted words are. */
export interface Planted {
  readonly name: string;
  readonly ending: ReleaseEnding;
  readonly place: string;
  readonly bytes: Uint8Array;
}

const xml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const halves = (text: string): [string, string] => [text.slice(0, text.length >> 1), text.slice(text.length >> 1)];
const run = (text: string, more = ''): string => `<w:r>${more}<w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const FILLER = 'The panel met and read the reports of the agencies.';

type Parts = Record<string, string>;
const DOCX: Readonly<Record<string, (said: string) => Parts & { body?: string }>> = {
  body: (s) => ({ body: `<w:p>${run(`${FILLER} ${s} was there.`)}</w:p>` }),
  'two runs': (s) => ({
    body: `<w:p>${halves(s)
      .map((h) => run(h))
      .join('')}</w:p>`,
  }),
  hidden: (s) => ({ body: `<w:p>${run(s, '<w:rPr><w:vanish/></w:rPr>')}</w:p>` }),
  'struck out': (s) => ({
    body: `<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>${xml(s)}</w:delText></w:r></w:del></w:p>`,
  }),
  inserted: (s) => ({ body: `<w:p><w:ins w:id="1" w:author="A">${run(s)}</w:ins></w:p>` }),
  comment: (s) => ({
    'word/comments.xml': `<w:comments ${W}><w:comment w:id="0" w:author="A"><w:p>${run(s)}</w:p></w:comment></w:comments>`,
  }),
  'author of a comment': (s) => ({
    'word/comments.xml': `<w:comments ${W}><w:comment w:id="0" w:author="${xml(s)}"><w:p>${run('See')}</w:p></w:comment></w:comments>`,
  }),
  header: (s) => ({ 'word/header1.xml': `<w:hdr ${W}><w:p>${run(s)}</w:p></w:hdr>` }),
  footnote: (s) => ({
    'word/footnotes.xml': `<w:footnotes ${W}><w:footnote w:id="1"><w:p>${run(s)}</w:p></w:footnote></w:footnotes>`,
  }),
  metadata: (s) => ({
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>${xml(s)}</dc:title></cp:coreProperties>`,
  }),
  'description of a picture': (s) => ({ body: `<w:p><w:r><w:drawing descr="${xml(s)}"/></w:r></w:p>` }),
  link: (s) => ({
    'word/_rels/document.xml.rels': `<Relationships><Relationship Id="r1" Target="mailto:${xml(s)}"/></Relationships>`,
  }),
  'custom data': (s) => ({ 'customXml/item1.xml': `<case><who>${xml(s)}</who></case>` }),
};

function docxOf(parts: Parts & { body?: string }, embedded?: Uint8Array): Uint8Array {
  const { body = `<w:p>${run(FILLER)}</w:p>`, ...more } = parts;
  const all: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document ${W}><w:body>${body}</w:body></w:document>`),
  };
  for (const [name, text] of Object.entries(more)) all[name] = strToU8(text);
  if (embedded) all['word/embeddings/annex.docx'] = embedded;
  return zipSync(all);
}

const HTML: Readonly<Record<string, (said: string) => string>> = {
  body: (s) => `<p>${FILLER} ${xml(s)}.</p>`,
  'two runs': (s) => `<p>${halves(s).map(xml).join('<b></b>')}</p>`,
  hidden: (s) => `<div style="display:none">${xml(s)}</div>`,
  'struck out': (s) => `<p><del>${xml(s)}</del></p>`,
  comment: (s) => `<!-- ${s} -->`,
  metadata: (s) => `<meta name="description" content="${xml(s)}">`,
  title: (s) => `<title>${xml(s)}</title>`,
  script: (s) => `<script>var about = "${s}"</script>`,
  'description of a picture': (s) => `<img src="a.png" alt="${xml(s)}">`,
  template: (s) => `<template><p>${xml(s)}</p></template>`,
};

const PDF: Readonly<Record<string, (doc: PDFKit.PDFDocument, said: string) => void>> = {
  body: (doc, s) => void doc.text(`${FILLER} ${s}.`),
  hidden: (doc, s) => void doc.fillColor('white').text(s),
  comment: (doc, s) => void doc.text(FILLER).note(100, 100, 50, 50, s),
  metadata: (doc, s) => {
    doc.info.Title = s;
    doc.text(FILLER);
  },
  bookmark: (doc, s) => {
    doc.text(FILLER);
    doc.outline.addItem(s);
  },
  'file in it': (doc, s) => void doc.text(FILLER).file(Buffer.from(s), { name: 'annex.txt' }),
};

export async function pdfOf(write: (doc: PDFKit.PDFDocument) => void, info = {}): Promise<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({ info });
  const parts: Buffer[] = [];
  doc.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<void>((resolve) => doc.on('end', resolve));
  write(doc);
  doc.end();
  await done;
  return Buffer.concat(parts);
}

const pick = <T>(of: Readonly<Record<string, T>>, i: number): [string, T] =>
  Object.entries(of)[i % Object.keys(of).length]!;

/** planted makes a file of each kind that says it somewhere, elsewhere with every number. */
export async function planted(said: string, number: number): Promise<Planted[]> {
  const [docxPlace, parts] = pick(DOCX, number);
  const [htmlPlace, page] = pick(HTML, number);
  // Each third as a PDF: they take the longest to make and to read.
  const [pdfPlace, write] = pick(PDF, Math.floor(number / 3));
  const annexed = number % 5 === 0;
  const docx = docxOf(parts(said));
  const text = new TextEncoder().encode(`${FILLER}\n${said}\n`);
  return [
    { ending: 'docx', name: 'report.docx', place: docxPlace, bytes: annexed ? docxOf({}, docx) : docx },
    {
      ...{ ending: 'html', name: 'report.html', place: htmlPlace },
      bytes: new TextEncoder().encode(`<!doctype html><html>${page(said)}</html>`),
    },
    ...(number % 3 === 0
      ? [{ ending: 'pdf', name: 'report.pdf', place: pdfPlace, bytes: await pdfOf((doc) => write(doc, said)) } as const]
      : []),
    { ending: 'txt', name: 'report.txt', place: 'body', bytes: text },
  ];
}

export const innocent = (text: string): Planted => ({
  ...{ ending: 'txt', name: 'notes.txt', place: 'body' },
  bytes: new TextEncoder().encode(text),
});

export { docxOf };
