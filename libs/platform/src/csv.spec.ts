import { csvLine } from './csv';

describe('a line of CSV', () => {
  it('quotes what would end a value, and nothing else', () => {
    expect(csvLine(['plain', 'a, b', 'say "no"', 'two\nlines', null, undefined, 7])).toBe(
      'plain,"a, b","say ""no""","two\nlines",,,7\r\n',
    );
  });

  it.each(['=1+1', '+44', '-2', '@SUM(A1)', '\t=1', '\r=1'])(
    'takes %j from no spreadsheet for a formula (EXP-5)',
    (text) => {
      expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
      expect(csvLine([text])).toContain(text);
    },
  );
});
