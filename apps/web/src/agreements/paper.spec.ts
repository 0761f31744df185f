import { paperPdf, type Paper } from './paper';
import { publicPaper } from './public-paper';

const published = {
  ...{ id: 'northbank-marac', version: '1.0.0', title: 'Northbank MARAC', contentHash: 'a'.repeat(64) },
  ...{ effectiveFrom: '2026-04-01', reviewBy: '2027-01-31', expiresOn: '2027-03-31' },
  parties: [
    { orgId: 'o1', name: 'Northbank Council', agencyType: 'COUNCIL' },
    { orgId: 'o2', name: 'Northbank Police', agencyType: 'POLICE' },
  ],
  sections: {
    purposes: [{ code: 'MARAC', description: 'Risk conference', statutoryFunction: 'Safety', deathReview: false }],
    flows: [{ id: 'F1', purpose: 'MARAC', from: ['o1', 'POLICE'], to: ['o2'], items: ['NAME'], methods: ['EMAIL'] }],
    permittedUses: ['READ'],
  },
};
const pdfOf = async (paper: Paper): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of paperPdf(paper, new Date('2026-11-28T09:00:00Z'))) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
};

describe('a published agreement on paper', () => {
  const paper = publicPaper(published);

  it('has the sections that are published and no others, organisations by name', () => {
    expect(paper.sections.map((s) => s.title)).toEqual(['Purposes', 'Who sends what to whom']);
    expect(paper.sections[1]!.cards[0]!.rows).toEqual(
      expect.arrayContaining([
        { key: 'From', value: 'Northbank Council, Police' },
        { key: 'To', value: 'Northbank Police' },
      ]),
    );
    expect(paper.parties.rows).toEqual([
      ['Northbank Council', 'Councils'],
      ['Northbank Police', 'Police'],
    ]);
    expect(paper.facts).toContainEqual({ key: 'In force', value: '1 April 2026 to 31 March 2027' });
  });

  it('is a tagged PDF in English, of as many pages as it needs', async () => {
    const pdf = await pdfOf(paper);
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf).toContain('/MarkInfo');
    expect(pdf).toContain('(en-GB)');
    const many = { ...paper, sections: Array.from({ length: 30 }, () => paper.sections[1]!) };
    const pages = (text: string) => Number(/\/Type \/Pages\n\/Count (\d+)/.exec(text)?.[1]);
    expect([pages(pdf), pages(await pdfOf(many)) > 2]).toEqual([1, true]);
  }, 30_000);
});
