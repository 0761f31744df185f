import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

const MARGIN = 40;
const PAD = 3;
const AT_ONCE = 10;
/** A heading begins a page when no more than this of the last one is left: it is not parted from what it is over. */
const KEPT_TOGETHER = 70;
const SIZES = { H1: 20, H2: 13, H3: 10.5, P: 9 } as const;
type Kind = keyof typeof SIZES;
/** In points: how high a bar's line is, how wide the room for names, and how long the longest bar. */
const BAR = { line: 14, names: 190, longest: 220 } as const;
const MOST_BARS = 45;

/** A bar of a chart: `value` says how long it is against the others, `label` what stands beside it. */
export interface PdfBar {
  readonly text: string;
  readonly value: number;
  readonly label: string;
}

/** What a document is made of, in the order in which it is read. */
export interface PdfWriter {
  heading(level: 1 | 2 | 3, text: string): void;
  paragraph(text: string): void;
  /**
   * table writes rows under headings, with columns of these widths in points. A row is as high as its highest cell and is not
   * broken over two pages, and the headings come again on each.
   */
  table(widths: readonly number[], head: readonly string[], rows: readonly (readonly string[])[]): Promise<void>;
  /** bars draws a chart, which is read as one figure by its `alt`. A page holds it, or there is none: the table says the same. */
  bars(alt: string, bars: readonly PdfBar[]): void;
}

export interface PdfAbout {
  readonly title: string;
  readonly at: Date;
  readonly layout?: 'portrait' | 'landscape';
}

/**
 * taggedPdf writes an accessible document: tagged, in English, with its title shown, of A4. The font is in the file, so names
 * in most European alphabets are legible. Points across: 515 upright, 762 across.
 * The library is loaded with the first document: it takes 25 MB, which a process that writes none need not hold.
 */
export async function* taggedPdf(
  { title, at, layout = 'portrait' }: PdfAbout,
  write: (writer: PdfWriter) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit');
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const doc = new PDFDocument({
    size: 'A4',
    layout,
    margin: MARGIN,
    tagged: true,
    displayTitle: true,
    lang: 'en-GB',
    pdfVersion: '1.7',
    info: { Title: title, Creator: 'Concordat', CreationDate: at, ModDate: at },
    font: join(fonts, 'DejaVuSans.ttf'),
  });
  doc.registerFont('text', join(fonts, 'DejaVuSans.ttf'));
  doc.registerFont('bold', join(fonts, 'DejaVuSans-Bold.ttf'));
  const root = doc.struct('Document');
  doc.addStructure(root);
  write(writerOf(doc, root)).then(
    () => {
      root.end();
      doc.end();
    },
    (error: Error) => doc.destroy(error),
  );
  yield* doc as AsyncIterable<Uint8Array>;
}

function writerOf(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement): PdfWriter {
  const text = (kind: Kind, words: string): void => {
    if (kind !== 'P' && doc.y > doc.page.height - MARGIN - KEPT_TOGETHER) doc.addPage();
    root.add(
      doc.struct(kind, {}, () => {
        doc
          .font(kind === 'P' ? 'text' : 'bold')
          .fontSize(SIZES[kind])
          .text(words, MARGIN, doc.y, { width: doc.page.width - 2 * MARGIN });
      }),
    );
    doc.moveDown(0.4);
  };
  return {
    heading: (level, words) => text(`H${level}`, words),
    paragraph: (words) => text('P', words),
    table: (widths, head, rows) => table(doc, root, widths, head, rows),
    bars: (alt, all) => bars(doc, root, alt, all),
  };
}

async function table(
  doc: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  widths: readonly number[],
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const tagged = doc.struct('Table');
  root.add(tagged);
  const draw = (cells: readonly string[], kind: 'TH' | 'TD'): void => {
    const font = (): void => void doc.font(kind === 'TH' ? 'bold' : 'text').fontSize(7);
    font();
    const height = Math.max(...cells.map((c, i) => doc.heightOfString(c, { width: widths[i]! - 2 * PAD }))) + 2 * PAD;
    if (doc.y + height > doc.page.height - MARGIN) {
      doc.addPage();
      if (kind === 'TD') draw(head, 'TH');
      font();
    }
    const row = doc.struct('TR');
    tagged.add(row);
    const top = doc.y;
    let left = MARGIN;
    cells.forEach((cell, i) => {
      const at = left;
      row.add(
        doc.struct(kind, {}, () => {
          doc.text(cell, at + PAD, top + PAD, { width: widths[i]! - 2 * PAD });
        }),
      );
      left += widths[i]!;
    });
    row.end();
    doc
      .moveTo(MARGIN, top + height)
      .lineTo(left, top + height)
      .lineWidth(0.5)
      .strokeColor('#b1b4b6')
      .stroke();
    doc.y = top + height;
  };
  draw(head, 'TH');
  for (const [i, cells] of rows.entries()) {
    draw(cells, 'TD');
    if (i % AT_ONCE === 0) await setImmediate(); // three milliseconds a row: others are served meanwhile
  }
  tagged.end();
  doc.moveDown();
}

function bars(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, alt: string, all: readonly PdfBar[]): void {
  const height = all.length * BAR.line;
  const longest = Math.max(0, ...all.map(({ value }) => value));
  if (longest === 0 || all.length > MOST_BARS) return;
  if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  const top = doc.y;
  const left = MARGIN + BAR.names;
  root.add(
    doc.struct('Figure', { alt }, () => {
      doc.font('text').fontSize(7);
      for (const [i, { text, value, label }] of all.entries()) {
        const at = top + i * BAR.line;
        const length = (value / longest) * BAR.longest;
        const within = { width: BAR.names - 2 * PAD, height: BAR.line - PAD, align: 'right', ellipsis: true } as const;
        doc.fillColor('black').text(text, MARGIN, at + PAD, within);
        if (length > 0) doc.rect(left, at + 2, length, BAR.line - 4).fill('#0b3d4f');
        doc.fillColor('black').text(label, left + length + PAD, at + PAD, { lineBreak: false });
      }
    }),
  );
  doc.y = top + height;
  doc.moveDown();
}
