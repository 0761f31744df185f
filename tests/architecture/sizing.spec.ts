import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './sources';

const text = readFileSync(join(ROOT, 'docs/how-to/size-an-installation.md'), 'utf8');
const number = (said: string): number => Number(said.replace(/[,*\s]/g, ''));
/** The cells of the row that begins so. */
const row = (begins: string): string[] =>
  text
    .split('\n')
    .find((line) => line.startsWith(`| ${begins} `))!
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
/** The numbers of the first group of each match. */
const said = (form: RegExp): number[] => [...(form.exec(text) ?? [])].slice(1).map(number);

describe('the guide to sizes', () => {
  const cases = said(/partnership of ([\d,]+) cases/)[0]!;
  const [all, perCase] = row('**all**').map(number) as [number, number];

  it('adds up what was measured', () => {
    const schemas = ['audit', 'referrals', 'records', 'risk', 'others'].map((name) => row(name).map(number));
    expect(schemas.reduce((sum, [kB]) => sum + kB!, 0)).toBe(all);
    for (const [kB, each] of [...schemas, [all, perCase]]) expect(kB! / cases).toBeCloseTo(each!, 1);
    const share = said(/it is (\d+) % of everything/)[0]!;
    expect(Math.round((schemas[0]![0]! / all) * 100)).toBe(share);
  });

  it('comes to the sizes of a year by the assumptions that it names', () => {
    const [yearly, looks, documents, kB] = said(
      /with ([\d,]+) cases a year, (\d+) acts of[^,]+,\s(?:[^,]+,\s)?(\d+) documents of (\d+) kB/,
    ) as [number, number, number, number];
    const [, acted, kept] = said(/(\d+),000 acts × \(([\d.]+) \+ ([\d.]+)\) kB/) as [number, number, number];
    const [withoutActs] = said(/\(96\.5 − (\d+)\) kB/) as [number];
    const entries = yearly * looks;
    const database = (yearly * (perCase - withoutActs) + entries * (acted + kept)) / 1e6; // GB
    const second = (entries / (220 * 8 * 3600)) * 10;
    for (const [column, partnerships] of [1, 10, 300].entries()) {
      const told = (begins: string): string => row(begins)[column]!;
      const near = (begins: string, factor: number, value: number): void => {
        const shown = Number(/[\d.,]+/.exec(told(begins))![0].replace(',', '')) * factor;
        expect([begins, partnerships, Math.abs(shown - value) / value < 0.12]).toEqual([begins, partnerships, true]);
      };
      near('cases a year', 1, yearly * partnerships);
      near('ledger entries a year', /million/.test(told('ledger entries a year')) ? 1e6 : 1, entries * partnerships);
      near('database a year', 1, database * partnerships);
      near(
        'documents a year',
        /TB/.test(told('documents a year')) ? 1_000 : 1,
        (yearly * documents * kB * partnerships) / 1e6,
      );
      near('acts a second, busiest', 1, second * partnerships);
    }
  });
});
