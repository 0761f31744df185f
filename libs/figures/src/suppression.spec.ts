import fc from 'fast-check';
import { suppressed, type Cell, type Mark, type Sum } from './suppression';

const LIMIT = 5;
const cellsOf = (values: Record<string, number>): Cell[] =>
  Object.entries(values).map(([id, value]) => ({ id, value }));
const parts = (values: Record<string, number>): [Cell[], Sum[]] => [
  [...cellsOf(values), { id: 'all', value: Object.values(values).reduce((a, b) => a + b, 0) }],
  [{ total: 'all', parts: Object.keys(values) }],
];
const shownOf = (values: Record<string, number>) => {
  const marks = suppressed(...parts(values), LIMIT)!;
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, marks.get(id) ?? value]));
};

describe('small numbers', () => {
  it('are not shown, and nought is', () => {
    expect(shownOf({ a: 0, b: 3, c: 4, d: 20 })).toEqual({ a: 0, b: 'few', c: 'few', d: 20 });
    expect(shownOf({ a: 5, b: 12 })).toEqual({ a: 5, b: 12 });
  });

  it('take the next smallest with them when a total would tell', () => {
    expect(shownOf({ a: 3, b: 9, c: 20 })).toEqual({ a: 'few', b: 'hidden', c: 20 });
  });

  it('take more with them when a total would tell even of two', () => {
    // Together 2, and each at least 1: both would be known to be 1.
    expect(shownOf({ a: 1, b: 1, c: 30, d: 40 })).toEqual({ a: 'few', b: 'few', c: 'hidden', d: 40 });
    // Together 6, one below 5 and one not: it would be 1 and 5.
    expect(shownOf({ a: 1, b: 5, c: 7, d: 40 })).toEqual({ a: 'few', b: 'hidden', c: 'hidden', d: 40 });
  });

  it('leave nothing when there is nothing to hide behind', () => {
    expect(
      suppressed(
        [
          { id: 'a', value: 3 },
          { id: 'b', value: 3 },
        ],
        [{ total: 'a', parts: ['b'] }],
        5,
      )?.size,
    ).toBe(2);
    // Between 1 and 2 there is one number, and no other to take with it.
    expect(suppressed([{ id: 'a', value: 1 }], [], 2)).toBeNull();
  });
});

/** Every reading of a table of quarters by first cases and repeats, and of agencies, that agrees with what is shown: by trying them all. */
function readings(
  values: ReadonlyMap<string, number>,
  marks: ReadonlyMap<string, Mark>,
  sums: readonly Sum[],
  most: number,
): Map<string, Set<number>> {
  const free = [...marks.keys()];
  const found = new Map(free.map((id) => [id, new Set<number>()]));
  const range = (id: string): number[] => {
    const [from, to] = marks.get(id) === 'few' ? [1, LIMIT - 1] : [LIMIT, most];
    return Array.from({ length: to - from + 1 }, (_, n) => from + n);
  };
  const at = new Map(values);
  const known = new Set([...values.keys()].filter((id) => !marks.has(id)));
  const holds = (): boolean =>
    sums.every(({ total, parts: of }) =>
      [total, ...of].every((id) => known.has(id))
        ? at.get(total) === of.reduce((sum, id) => sum + at.get(id)!, 0)
        : true,
    );
  const tryAll = (index: number): void => {
    const id = free[index];
    if (id === undefined) return void at.forEach((value, cell) => found.get(cell)?.add(value));
    known.add(id);
    for (const value of range(id)) {
      at.set(id, value);
      if (holds()) tryAll(index + 1);
    }
    known.delete(id);
  };
  tryAll(0);
  return found;
}

describe('what is not shown', () => {
  const count = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4 }));

  it('can always be two numbers at least, however it is calculated', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 3 }), count, (quarters, split) => {
        const cells: Cell[] = [];
        const sums: Sum[] = [];
        const total = { cases: 0, new: 0, repeats: 0 };
        quarters.forEach(([fresh, repeats], n) => {
          cells.push(...cellsOf({ [`${n}.cases`]: fresh + repeats, [`${n}.new`]: fresh, [`${n}.repeats`]: repeats }));
          sums.push({ total: `${n}.cases`, parts: [`${n}.new`, `${n}.repeats`] });
          total.new += fresh;
          total.repeats += repeats;
        });
        total.cases = total.new + total.repeats;
        const one = Math.min(split, total.cases);
        cells.push(...cellsOf({ ...total, police: one, others: total.cases - one }));
        for (const what of ['cases', 'new', 'repeats'])
          sums.push({ total: what, parts: quarters.map((_, n) => `${n}.${what}`) });
        sums.push({ total: 'cases', parts: ['new', 'repeats'] }, { total: 'cases', parts: ['police', 'others'] });
        const marks = suppressed(cells, sums, LIMIT);
        if (!marks) return; // nothing is published then
        for (const { id, value } of cells) if (value > 0 && value < LIMIT) expect(marks.get(id)).toBe('few');
        for (const { id, value } of cells) if (value === 0) expect(marks.has(id)).toBe(false);
        if (marks.size > 9) return; // too many to try them all; the code proves each by a second reading
        const values = new Map(cells.map((cell) => [cell.id, cell.value]));
        for (const [id, possible] of readings(values, marks, sums, total.cases + 4))
          expect([id, possible.size > 1]).toEqual([id, true]);
      }),
      { numRuns: 150 },
    );
  });
});
