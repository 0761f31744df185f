import { changeText, shareText, shownText } from '@concordat/figures';
import { taggedPdf, type PdfBar, type PdfWriter } from '@concordat/platform';
import type { Figures, Row, Table } from '../answering';

/** What a pack says. */
export interface PackContents {
  readonly period: { readonly title: string; readonly over: boolean };
  readonly before: { readonly title: string };
  readonly limit: number;
  readonly figures: readonly Figures[];
}
/** What organisations and areas are called. */
export type NameOf = (id: string) => string;

const WIDTHS = [245, 90, 90, 90];

/** packPdf writes the quarterly pack of a partnership's board as a tagged PDF of A4. `at` is when it was asked for. */
export const packPdf = (pack: PackContents, at: Date, name: NameOf): AsyncGenerator<Uint8Array> =>
  taggedPdf({ title: titleOf(pack), at }, (pdf) => write(pdf, pack, name));

const titleOf = ({ period }: PackContents): string => `Partnership figures, ${period.title}`;

async function write(pdf: PdfWriter, pack: PackContents, name: NameOf): Promise<void> {
  const { period, before, limit } = pack;
  const head = ['', period.over ? period.title : `${period.title}, so far`, before.title, 'Change'];
  const line = (text: string, row: Row): string[] => [
    ...[text, shownText(row.now, limit), shownText(row.before, limit), changeText(row.change)],
  ];
  pdf.heading(1, titleOf(pack));
  for (const text of notesOf(pack)) pdf.paragraph(text);
  for (const { title, about, totals, shares, tables, exact } of pack.figures) {
    const [widths, columns] = exact ? [[425, 90], 2] : [WIDTHS, 4];
    const heads = (first: string): string[] => (exact ? [first, 'Now'] : [first, ...head.slice(1)]);
    const cut = (cells: readonly string[]): string[] => cells.slice(0, columns);
    pdf.heading(2, title);
    pdf.paragraph(about);
    if (totals.length > 0)
      await pdf.table(
        widths,
        heads('In all'),
        totals.map((row) => cut(line(row.text ?? row.code, row))),
      );
    for (const { text, now, before: then } of shares)
      pdf.paragraph(`${text}: ${shareText(now)}; a year before: ${shareText(then)}.`);
    for (const table of tables) {
      pdf.heading(3, table.title);
      const said = wordsInstead(table, exact);
      if (said) pdf.paragraph(said);
      else {
        const lines = table.rows!.map((row) => line(row.text ?? name(row.code), row));
        await pdf.table(widths, heads('What'), lines.map(cut));
        pdf.bars(`Chart: ${table.title}. The table above says the same in numbers.`, barsOf(table, lines));
      }
    }
  }
}

/** What is not shown as a number has no bar, and says so beside its name. */
const barsOf = ({ rows }: Table, lines: readonly (readonly string[])[]): PdfBar[] =>
  rows!.map(({ now }, i) => ({ text: lines[i]![0]!, value: typeof now === 'number' ? now : 0, label: lines[i]![1]! }));

const wordsInstead = ({ rows }: Table, exact: boolean): string | null =>
  rows === null
    ? 'There are too few to show this without telling of somebody.'
    : rows.length === 0
      ? exact
        ? 'There are none.'
        : 'There were none in either period.'
      : null;

const notesOf = ({ period, before, limit }: PackContents): string[] => [
  `Beside the same period a year before, ${before.title}.${period.over ? '' : ' The period is not over: it is told so far, and nothing is said of a change.'}`,
  `Numbers of people are rounded to the nearest ${limit}. A number from 1 to ${limit - 1} is “fewer than ${limit}”, and others that would tell of one are not shown. Rows need not add up to their total.`,
  'Figures count events as agencies recorded them, and change when they are recorded late or corrected. They hold no names.',
];
