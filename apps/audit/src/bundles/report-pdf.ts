import { taggedPdf, type PdfWriter } from '@concordat/platform';
import { cellsOf, COLUMNS, HOW_TO_CHECK, LIMITS, type Fact, type Report } from './report';

/** Widths of the columns in points, of a page of A4 across. */
const WIDTHS = [40, 92, 130, 130, 52, 230, 87];

/** reportPdf writes the report as a tagged PDF. */
export const reportPdf = (report: Report, at: Date): AsyncGenerator<Uint8Array> =>
  taggedPdf({ title: report.title, at, layout: 'landscape' }, (pdf) => write(pdf, report));

async function write(pdf: PdfWriter, report: Report): Promise<void> {
  const facts = (heading: string, rows: readonly Fact[]): void => {
    pdf.heading(2, heading);
    for (const { key, value } of rows) pdf.paragraph(`${key}: ${value}`);
  };
  pdf.heading(1, report.title);
  facts('What was asked', report.asked);
  facts('This bundle', report.made);
  facts('The ledger', report.ledger);
  facts('What happened', report.totals);
  if (report.acts.length === 0) pdf.paragraph('No acts are on record for this.');
  else {
    pdf.heading(2, 'Acts, in the order in which they were sealed');
    await pdf.table(WIDTHS, COLUMNS, report.acts.map(cellsOf));
  }
  if (report.unlisted > 0) pdf.paragraph(`${report.unlisted} more acts are in log.ledger.jsonl.`);
  pdf.heading(2, 'How to check it');
  for (const step of HOW_TO_CHECK) pdf.paragraph(step);
  pdf.heading(2, 'What it cannot show');
  for (const limit of LIMITS) pdf.paragraph(limit);
}
