import { importColumns } from '@concordat/contracts';
import { Invalid } from '@concordat/platform';
import * as fc from 'fast-check';
import { IMPORT_CAP, repeated, rowsOf } from './imported-file';

const HEAD = 'record,case,starts,category,fact,sensitive';
const problemsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof Invalid) return error.details.errors ?? [];
    throw error;
  }
  return [];
};
const codeOf = (read: () => unknown): string => problemsOf(read)[0]?.code ?? 'none';
const told = (read: () => unknown): string => {
  const problems = problemsOf(read);
  return problems.length > 0 ? JSON.stringify(problems) : 'none';
};

describe('a file from another system', () => {
  it('is read row by row, as a spreadsheet counts; an empty cell is none, yes and no are answers, zeros stay', () => {
    const file = `\uFEFF${HEAD}\r\n007,C-1,2019,contact,"Said ""no"",\r\nand left",Yes\r\n\r\n8,C-1,2020-01,contact,Rang,maybe\r\n`;
    expect(rowsOf('chronology', 'csv', file)).toEqual([
      {
        number: 2,
        cells: {
          ...{ record: '007', case: 'C-1', starts: '2019', category: 'contact' },
          ...{ fact: 'Said "no",\r\nand left', sensitive: true },
        },
      },
      {
        number: 4,
        cells: { record: '8', case: 'C-1', starts: '2020-01', category: 'contact', fact: 'Rang', sensitive: 'maybe' },
      },
    ]);
    expect(rowsOf('chronology', 'json', '[{"record":"007","ends":null,"comment":""}]')).toEqual([
      { number: 1, cells: { record: '007' } },
    ]);
  });

  it('is refused as a whole when it is none, and the reason repeats nothing of it', () => {
    expect(codeOf(() => rowsOf('chronology', 'csv', `${HEAD}\n1,C-1`))).toBe('not-csv');
    expect(codeOf(() => rowsOf('chronology', 'csv', `${HEAD}\n"1,C-1`))).toBe('not-csv');
    expect(codeOf(() => rowsOf('chronology', 'csv', 'record,case\n1,C-1'))).toBe('import.columns');
    expect(codeOf(() => rowsOf('chronology', 'csv', `${HEAD},nickname\n1,C-1,2019,contact,x,no,y`))).toBe(
      'import.columns',
    );
    expect(codeOf(() => rowsOf('chronology', 'csv', `${HEAD},fact\n1,C-1,2019,contact,x,no,y`))).toBe('import.columns');
    expect(codeOf(() => rowsOf('chronology', 'csv', ''))).toBe('import.columns');
    expect(codeOf(() => rowsOf('chronology', 'csv', `${HEAD}\n`))).toBe('import.empty');
    expect(codeOf(() => rowsOf('chronology', 'json', '{}'))).toBe('not-json');
    expect(codeOf(() => rowsOf('chronology', 'json', '[1]'))).toBe('not-json');
    expect(codeOf(() => rowsOf('chronology', 'json', '[{'))).toBe('not-json');
    expect(codeOf(() => rowsOf('chronology', 'json', JSON.stringify(Array(IMPORT_CAP + 1).fill({}))))).toBe(
      'import.too-many',
    );
    expect(codeOf(() => rowsOf('chronology', 'json', JSON.stringify(Array(IMPORT_CAP).fill({}))))).toBe('none');
    for (const file of ['Tamsin', `${HEAD},Tamsin\n`, `${HEAD}\n"Tamsin`, `${HEAD}\nTamsin`])
      expect(told(() => rowsOf('chronology', 'csv', file))).not.toMatch(/Tamsin|^none$/);
    expect(told(() => rowsOf('chronology', 'json', '[{"Tamsin"'))).not.toMatch(/Tamsin|^none$/);
  });

  it('has one record of one case once; the same number in another case is another record', () => {
    const row = (number: number, record: string, of: string) => ({ number, cells: { record, case: of } });
    const found = repeated([row(2, '1', 'C-1'), row(3, '1', 'C-2'), row(4, '1', 'C-1'), row(5, '2', 'C-1')]);
    expect([...found]).toEqual([[4, expect.objectContaining({ field: 'record', code: 'import.repeated' })]]);
  });

  it('says the same in either format, whatever is written in it', () => {
    const cell = fc
      .string({ minLength: 1, maxLength: 40 })
      .map((s) => s.trim())
      .filter((s) => s !== '');
    const required = Object.entries(importColumns.chronology).flatMap(([name, needed]) => (needed ? [name] : []));
    const row = fc.record(Object.fromEntries(required.map((name) => [name, cell])));
    const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const csv = [required.join(','), ...rows.map((r) => required.map((c) => quoted(r[c])).join(','))].join('\n');
        const cells = (read: ReturnType<typeof rowsOf>) => read.map((r) => r.cells);
        expect(cells(rowsOf('chronology', 'csv', csv))).toEqual(
          cells(rowsOf('chronology', 'json', JSON.stringify(rows))),
        );
      }),
    );
  });
});
