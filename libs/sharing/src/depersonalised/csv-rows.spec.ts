import fc from 'fast-check';
import { csvRows } from './csv-rows';

const values = (text: string) => csvRows(text)?.map((row) => row.values);

describe('csvRows', () => {
  it('reads rows of values, bare or in quotes, with either ending', () => {
    expect(values('a,b\r\n1,"x, ""y"""\n,\n')).toEqual([
      ['a', 'b'],
      ['1', 'x, "y"'],
    ]);
    expect(values('\uFEFFa,b\n1,2')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(values('')).toEqual([]);
    expect(values('a,\n')).toEqual([['a', '']]);
  });

  it('says on which line of the file a row begins', () => {
    expect(csvRows('a\n"x\ny"\nb')!.map((r) => r.line)).toEqual([1, 2, 4]);
  });

  it('does not guess at what cannot be read', () => {
    for (const text of ['"a', 'a"b', '"a"b', '"a""', 'a\rb']) expect(csvRows(text)).toBeNull();
  });

  it('reads back whatever is written as RFC 4180 says', () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const last = [...rows, ['end']]; // empty rows at the end are no rows
        expect(values(last.map((row) => row.map(quoted).join(',')).join('\r\n'))).toEqual(last);
      }),
    );
  });
});
