import { clockRows, diagramOf, usualWay } from './diagram';

const state = (code: string, final = false) => ({ code, title: code.toLowerCase(), final });
const step = (from: string, to: string, more: object = {}) => ({ from, to, guards: [], ...more });
const kind = {
  states: [state('A'), state('B'), state('C'), state('END', true), state('ASIDE'), state('BESIDE')],
  transitions: [
    step('NEW', 'A'),
    step('A', 'B'),
    step('B', 'ASIDE', { reason: true }),
    step('B', 'C'),
    step('B', 'BESIDE', { reason: true }),
    step('C', 'A', { again: true }),
    step('C', 'END'),
    step('A', 'C'),
    step('ASIDE', 'B'),
    step('ASIDE', 'BESIDE', { reason: true }),
  ],
};

describe('the diagram of a kind', () => {
  it('has the usual way on the left, and every other state once on the right, near where it is left for', () => {
    expect(usualWay(kind)).toEqual(['A', 'B', 'C', 'END']);
    const { boxes } = diagramOf(kind);
    const at = (code: string) => boxes.find((b) => b.code === code)!;
    expect(new Set(boxes.map(({ x, y }) => `${x} ${y}`)).size).toBe(kind.states.length);
    expect(['A', 'B', 'C', 'END'].map((code) => at(code).x)).toEqual(Array(4).fill(at('A').x));
    expect([at('ASIDE').y, at('BESIDE').y]).toEqual([at('B').y, at('C').y]);
    expect(at('ASIDE').x).toBeGreaterThan(at('A').x);
    expect(boxes.filter((b) => b.final).map((b) => b.code)).toEqual(['END']);
  });

  it('has a line for every step between states, and what leaves the usual way looks otherwise', () => {
    const { lines, boxes, width, height, box } = diagramOf(kind);
    expect(lines).toHaveLength(kind.transitions.length - 1);
    expect(lines.filter((l) => l.aside).map((l) => `${l.from} ${l.to}`)).toEqual([
      ...['B ASIDE', 'B BESIDE', 'C A', 'ASIDE BESIDE'],
    ]);
    const path = (from: string, to: string) => lines.find((l) => l.from === from && l.to === to)!.path;
    expect(path('A', 'B')).toMatch(/^M \d+ \d+ V \d+$/);
    for (const round of [path('C', 'A'), path('A', 'C'), path('ASIDE', 'BESIDE')]) expect(round).toContain(' C ');
    // There and back are two lines.
    expect(path('B', 'ASIDE')).not.toBe(path('ASIDE', 'B').split(' L ').reverse().join(' L '));
    for (const b of boxes) expect([b.x + box.width <= width, b.y + box.height <= height]).toEqual([true, true]);
    for (const n of lines.flatMap((l) => l.path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number))
      expect(n).toBeGreaterThanOrEqual(0);
  });

  it('ends where a kind goes round for ever', () => {
    const round = { states: [state('A'), state('B')], transitions: [step('NEW', 'A'), step('A', 'B'), step('B', 'A')] };
    expect(usualWay(round)).toEqual(['A', 'B']);
  });

  it('draws each clock as high as what ends it needs', () => {
    const clock = (code: string, ...meets: string[]) => ({ code, from: 'x', length: '1 month', force: 'Law', meets });
    const { rows, height } = clockRows([clock('ONE', 'a'), clock('TWO', 'a', 'b', 'c', 'd')]);
    expect(rows[1]!.height - rows[0]!.height).toBe(44);
    expect(rows[1]!.y).toBeGreaterThan(rows[0]!.y + rows[0]!.height);
    expect(rows[1]!.meets.every(({ y }) => y < rows[1]!.y + rows[1]!.height)).toBe(true);
    expect(height).toBeGreaterThan(rows[1]!.y + rows[1]!.height);
  });
});
