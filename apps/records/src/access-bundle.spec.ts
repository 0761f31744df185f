import { answerPdf } from './access-answer-pdf';
import { accessAnswer, answerHtml, type DecidedItem } from './access-bundle';

const item = (more: Partial<DecidedItem>): DecidedItem => ({
  ...{ title: 'Note', at: new Date('2026-01-02T00:00:00Z'), text: 'whole <text>', decision: 'give' },
  ...{ redacted: null, exemption: null, ...more },
});
const about = { receivedOn: '2026-03-02', releasedAt: new Date('2026-03-20T12:00:00Z'), pack: 'p@1.0.0/rights@1' };

describe('the answer to somebody who asked what is held about them', () => {
  it('gives what was decided to be given, in its place what was redacted, and of the rest only how much and why', () => {
    const answer = accessAnswer(
      [
        item({ file: 'documents/document-1.pdf' }),
        item({ text: 'secret one', decision: 'redact', redacted: 'only this', exemption: 's2p3', file: 'never.pdf' }),
        item({ title: 'Hidden title', text: 'secret two', decision: 'withhold', exemption: 's2p3' }),
        item({ text: 'secret three', decision: null }),
      ],
      about,
      [{ code: 's2p3', title: 'The rights of others' }],
    );
    const html = answerHtml(answer);
    expect(html).toContain('whole &lt;text&gt;');
    expect(html).toContain('The file itself: documents/document-1.pdf');
    expect(html).toContain('only this');
    expect(html).toContain('The rights of others: 2');
    expect(html).not.toMatch(/secret|Hidden title|never/);
    expect(JSON.stringify(answer)).not.toMatch(/secret|Hidden title|never/); // nor does the PDF, which is made of it
  });

  it('is a tagged PDF as well', async () => {
    const parts: Uint8Array[] = [];
    for await (const part of answerPdf(accessAnswer([item({})], about, []), about.releasedAt)) parts.push(part);
    const pdf = Buffer.concat(parts).toString('latin1');
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf).toContain('/MarkInfo');
    expect(pdf).toContain('(en-GB)');
  });

  it('says so when there is nothing', () => {
    const html = answerHtml(accessAnswer([], about, []));
    expect(html).toContain('Nothing is given.');
    expect(html).toContain('Nothing is withheld.');
  });
});
