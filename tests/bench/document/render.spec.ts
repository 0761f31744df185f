import type { Recorded } from '../recorded';
import { goals } from './goals';
import { render, type Runs } from './render';

const TEMPLATE = '# Title\n\n<!-- template: prose -->\n';
const bench = (ofPgbench: number, at = '2026-11-28T10:00:00.000Z'): Recorded => ({
  name: 'intake',
  metrics: { perSecond: 690.123, idleMb: 164 },
  baseline: { pgbenchTps: 7244 },
  ratio: { ofPgbench },
  commit: 'abc',
  command: 'npm run bench -- intake',
  loadAfter: 9,
  machine: { cpu: 'EPYC', cores: 2, memoryGiB: 24, node: 'v20', postgres: '18', at, loadBefore: 1.5 },
});
const runs = (...own: Recorded[]): Runs => new Map([['intake', own]]);
const row = (text: string, what: string): string[] =>
  text
    .split('\n')
    .find((line) => line.startsWith(`| ${what}`))!
    .split('|')
    .map((cell) => cell.trim());
const SHARE = 'referrals accepted over full HTTP';

describe('the document of measurements', () => {
  it('computes whether a goal is met, from the newest three runs', () => {
    const said = (...own: Recorded[]) =>
      row(render(`${TEMPLATE}\n<!-- goals -->\n\n<!-- others -->\n`, runs(...own)), SHARE).slice(3, 5);
    expect(said(bench(0.1))).toEqual(['0.1', 'met']);
    expect(said(bench(0.0999))).toEqual(['0.0999', '**missed**']);
    expect(said(bench(0.2), bench(0.05))).toEqual(['0.2; 0.05', '**missed** in 1 of 2 runs']);
    expect(said(bench(0.01), bench(0.2), bench(0.3), bench(0.4))).toEqual(['0.2; 0.3; 0.4', 'met']);
  });

  it('says of a goal by which nothing was measured that it is not recorded, and never that it is met', () => {
    const text = render(`${TEMPLATE}\n<!-- goals -->\n\n<!-- others -->\n`, new Map());
    for (const { what } of goals) expect(row(text, what).slice(3, 5)).toEqual(['', 'not recorded']);
    expect(
      row(
        render(`${TEMPLATE}\n<!-- goals -->\n\n<!-- others -->\n`, runs(bench(1))),
        'memory of the one process, at',
      )[4],
    ).toBe('not recorded');
  });

  it('shows each run with its time, its commit and how busy the machine was', () => {
    const text = render(
      `${TEMPLATE}\n<!-- runs intake -->\n`,
      runs(bench(0.1), bench(0.2, '2026-11-29T11:30:00.000Z')),
    );
    expect(row(text, '  ').slice(2, 4)).toEqual(['2026-11-28 10:00', '2026-11-29 11:30']);
    expect(row(text, 'perSecond').slice(2, 4)).toEqual(['690', '690']);
    expect(row(text, 'commit').slice(2, 4)).toEqual(['`abc`', '`abc`']);
    expect(row(text, 'load average before, after').slice(2, 4)).toEqual(['1.5, 9', '1.5, 9']);
  });

  it('leaves no recorded benchmark out, and no place unfilled', () => {
    expect(render(`${TEMPLATE}\n<!-- others -->\n`, runs(bench(0.1)))).toContain('### `intake`');
    expect(render(`${TEMPLATE}\n<!-- runs intake -->\n\n<!-- others -->\n`, runs(bench(0.1)))).not.toContain('###');
    expect(() => render(`${TEMPLATE}\n<!-- unheard-of -->\n`, new Map())).toThrow('unheard-of');
    expect(() => render(`${TEMPLATE}\nno place for it\n`, runs(bench(0.1)))).toThrow('intake');
  });
});
