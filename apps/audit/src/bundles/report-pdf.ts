import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { cellsOf, COLUMNS, HOW_TO_CHECK, LIMITS, type Fact, type Report } from './report';

const FONTS = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const MARGIN = 40;
/** Widths of the columns in points, of a page of A4 across. */
const WIDTHS = [40, 92, 130, 130, 52, 230, 87];
const PAD = 3;
const AT_ONCE = 10;

/**
 * reportPdf writes the report as a tagged PDF. The font is in the file, so names in most European alphabets are legible.
 * The library is loaded with the first report: it takes 25 MB, which a process that writes none need not hold.
 */
export async function* reportPdf(report: Report, at: Date): AsyncGenerator<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: MARGIN,
    tagged: true,
    displayTitle: true,
    lang: 'en-GB',
    pdfVersion: '1.7',
    info: { Title: report.title, Creator: 'Concordat', CreationDate: at, ModDate: at },
    font: join(FONTS, 'DejaVuSans.ttf'),
  });
  doc.registerFont('text', join(FONTS, 'DejaVuSans.ttf'));
  doc.registerFont('bold', join(FONTS, 'DejaVuSans-Bold.ttf'));
  draw(doc, report).then(
    () => doc.end(),
    (error: Error) => doc.destroy(error),
  );
  yield* doc as AsyncIterable<Uint8Array>;
}

async function draw(doc: PDFKit.PDFDocument, report: Report): Promise<void> {
  const root = doc.struct('Document');
  doc.addStructure(root);
  const write = (kind: 'H1' | 'H2' | 'P', text: string, size: number, font: 'text' | 'bold'): void => {
    root.add(
      doc.struct(kind, {}, () => {
        doc
          .font(font)
          .fontSize(size)
          .text(text, MARGIN, doc.y, { width: doc.page.width - 2 * MARGIN });
      }),
    );
    doc.moveDown(0.4);
  };
  const facts = (heading: string, rows: readonly Fact[]): void => {
    write('H2', heading, 13, 'bold');
    for (const { key, value } of rows) write('P', `${key}: ${value}`, 9, 'text');
  };
  write('H1', report.title, 20, 'bold');
  facts('What was asked', report.asked);
  facts('This bundle', report.made);
  facts('The ledger', report.ledger);
  facts('What happened', report.totals);
  if (report.acts.length === 0) write('P', 'No acts are on record for this.', 9, 'text');
  else {
    write('H2', 'Acts, in the order in which they were sealed', 13, 'bold');
    await table(doc, root, [[...COLUMNS], ...report.acts.map(cellsOf)]);
  }
  if (report.unlisted > 0) write('P', `${report.unlisted} more acts are in log.ledger.jsonl.`, 9, 'text');
  write('H2', 'How to check it', 13, 'bold');
  for (const step of HOW_TO_CHECK) write('P', step, 9, 'text');
  write('H2', 'What it cannot show', 13, 'bold');
  for (const limit of LIMITS) write('P', limit, 9, 'text');
  root.end();
}

/** A row is as high as its highest cell and is not broken over two pages; the headings come again on each. */
async function table(
  doc: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  rows: readonly string[][],
): Promise<void> {
  const tagged = doc.struct('Table');
  root.add(tagged);
  const [head = [], ...body] = rows;
  const draw = (cells: readonly string[], kind: 'TH' | 'TD'): void => {
    doc.font(kind === 'TH' ? 'bold' : 'text').fontSize(7);
    const height = Math.max(...cells.map((c, i) => doc.heightOfString(c, { width: WIDTHS[i]! - 2 * PAD }))) + 2 * PAD;
    if (doc.y + height > doc.page.height - MARGIN) {
      doc.addPage();
      if (kind === 'TD') draw(head, 'TH');
      doc.font(kind === 'TH' ? 'bold' : 'text').fontSize(7);
    }
    const row = doc.struct('TR');
    tagged.add(row);
    const top = doc.y;
    let left = MARGIN;
    cells.forEach((cell, i) => {
      const at = left;
      row.add(
        doc.struct(kind, {}, () => {
          doc.text(cell, at + PAD, top + PAD, { width: WIDTHS[i]! - 2 * PAD });
        }),
      );
      left += WIDTHS[i]!;
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
  for (const [i, cells] of body.entries()) {
    draw(cells, 'TD');
    if (i % AT_ONCE === 0) await setImmediate(); // three milliseconds a row: others are served meanwhile
  }
  tagged.end();
  doc.moveDown();
}
