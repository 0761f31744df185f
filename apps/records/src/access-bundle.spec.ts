import { answerHtml, type DecidedItem } from './access-bundle';

const item = (more: Partial<DecidedItem>): DecidedItem => ({
  ...{ title: 'Note', at: new Date('2026-01-02T00:00:00Z'), text: 'whole <text>', decision: 'give' },
  ...{ redacted: null, exemption: null, ...more },
});
const about = { receivedOn: '2026-03-02', releasedAt: new Date('2026-03-20T12:00:00Z'), pack: 'p@1.0.0/rights@1' };

describe('the answer to somebody who asked what is held about them', () => {
  it('gives what was decided to be given, in its place what was redacted, and of the rest only how much and why', () => {
    const html = answerHtml(
      [
        item({}),
        item({ text: 'secret one', decision: 'redact', redacted: 'only this', exemption: 's2p3' }),
        item({ title: 'Hidden title', text: 'secret two', decision: 'withhold', exemption: 's2p3' }),
        item({ text: 'secret three', decision: null }),
      ],
      about,
      [{ code: 's2p3', title: 'The rights of others' }],
    );
    expect(html).toContain('whole &lt;text&gt;');
    expect(html).toContain('only this');
    expect(html).toContain('The rights of others: 2');
    expect(html).not.toMatch(/secret|Hidden title/);
  });

  it('says so when there is nothing', () => {
    const html = answerHtml([], about, []);
    expect(html).toContain('Nothing is given.');
    expect(html).toContain('Nothing is withheld.');
  });
});
