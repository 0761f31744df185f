import { taggedPdf } from '@concordat/platform';
import { civilDateOf } from '../design/filters';
import { agreementWord } from './code-words';
import type { ShownSection } from './shown';

/** An agreement as it stands on paper. */
export interface Paper {
  readonly title: string;
  readonly caption: string;
  /** Whom it is for, and what to do with it. */
  readonly notice: string;
  readonly facts: readonly { readonly key: string; readonly value: string }[];
  readonly parties: {
    readonly title: string;
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  };
  readonly sections: readonly ShownSection[];
  readonly contentHash: string;
}

interface Dated {
  readonly id: string;
  readonly version: string;
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
}

/** What every paper says first. Pure. */
export const factsOf = ({ id, version, effectiveFrom, reviewBy, expiresOn }: Dated, state: string): Paper['facts'] => [
  { key: 'Agreement', value: `${id}, version ${version}` },
  { key: 'Status', value: state },
  { key: 'In force', value: `${civilDateOf(effectiveFrom)} to ${civilDateOf(expiresOn)}` },
  { key: 'To be reviewed by', value: civilDateOf(reviewBy) },
];

/** The parties of a published agreement: organisations, and nobody who works for them. Pure. */
export const publishedParties = (
  parties: readonly { readonly name: string; readonly agencyType: string }[],
): Paper['parties'] => ({
  title: 'Parties',
  head: ['Party', 'Kind of agency'],
  rows: parties.map(({ name, agencyType }) => [name, agreementWord(agencyType)]),
});

/** How the terms of a paper can be told to be those that were signed. */
export const HASH_NOTE =
  'The SHA-256 of its terms, written as RFC 8785 says. Each party signed this, and the machine-readable copy has it.';

const UPRIGHT = 515;

/** paperPdf writes a paper as a tagged PDF. */
export const paperPdf = (paper: Paper, at: Date): AsyncGenerator<Uint8Array> =>
  taggedPdf({ title: paper.title, at }, async (pdf) => {
    pdf.heading(1, paper.title);
    pdf.paragraph(paper.notice);
    for (const { key, value } of paper.facts) pdf.paragraph(`${key}: ${value}`);
    const { title: parties, head, rows } = paper.parties;
    pdf.heading(2, parties);
    await pdf.table(
      head.map(() => UPRIGHT / head.length),
      head,
      rows,
    );
    for (const { title, cards } of paper.sections) {
      pdf.heading(2, title);
      if (cards.length === 0) pdf.paragraph('None');
      for (const card of cards) {
        if (card.title) pdf.heading(3, card.title);
        if (card.rows.length > 0)
          await pdf.table(
            [UPRIGHT * 0.3, UPRIGHT * 0.7],
            ['What', 'Terms'],
            card.rows.map(({ key, value }) => [key, value]),
          );
      }
    }
    pdf.heading(2, 'Content hash');
    pdf.paragraph(paper.contentHash);
    pdf.paragraph(HASH_NOTE);
  });
