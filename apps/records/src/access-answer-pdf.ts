import { taggedPdf } from '@concordat/platform';
import type { AccessAnswer } from './access-bundle';

/** answerPdf writes an answer as a tagged PDF, which says the same as the page. */
export const answerPdf = ({ title, about, parts, withheld }: AccessAnswer, at: Date): AsyncGenerator<Uint8Array> =>
  taggedPdf({ title, at }, (pdf) => {
    pdf.heading(1, title);
    pdf.paragraph(about);
    if (parts.length === 0) pdf.paragraph('Nothing is given.');
    for (const part of parts) {
      pdf.heading(2, part.title);
      pdf.paragraph(part.recorded);
      pdf.paragraph(part.text);
      if (part.file) pdf.paragraph(`The file itself: ${part.file}`);
    }
    pdf.heading(2, 'What is withheld');
    if (withheld.length === 0) pdf.paragraph('Nothing is withheld.');
    else pdf.paragraph('Parts that are withheld in part or whole, by ground:');
    for (const ground of withheld) pdf.paragraph(ground);
    return Promise.resolve();
  });
