import { taggedPdf } from '@concordat/platform';
import type { LetterPaper } from './letter';

/** letterPdf writes a letter as a tagged PDF. */
export async function letterPdf(paper: LetterPaper, dayInWords: string, at: Date): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writing = taggedPdf({ title: paper.title, at }, (pdf) => {
    pdf.heading(1, paper.title);
    pdf.paragraph(`${dayInWords}. Our reference: ${paper.reference}`);
    pdf.paragraph(`To ${paper.to}`);
    for (const { heading, text } of paper.parts) {
      pdf.heading(2, heading);
      for (const paragraph of text.split(/\n{2,}/)) pdf.paragraph(paragraph);
    }
    return Promise.resolve();
  });
  for await (const piece of writing) pieces.push(piece);
  return Buffer.concat(pieces);
}
