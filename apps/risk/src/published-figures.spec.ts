import fc from 'fast-check';
import { figuresTo, tallied, type CountedCase } from './forum-figures';
import { publishedOf, systemOf } from './published-figures';

const LIMIT = 5;

describe('what is not shown of a year', () => {
  it('is hidden in the figures of a year, rates of it as well, and every sum that is shown is right', () => {
    const heard = fc.record<CountedCase>({
      heldOn: fc.constantFrom('2025-04-16', '2025-07-16', '2025-11-19', '2026-02-18'),
      orgId: fc.constantFrom('police', 'health', 'housing', 'council'),
      repeat: fc.boolean(),
      children: fc.integer({ min: 0, max: 3 }),
      characteristics: fc.record({ male: fc.constantFrom('yes' as const, 'no' as const, 'not-asked' as const) }),
    });
    const meetings = ['2025-04-16', '2025-07-16', '2025-11-19', '2026-02-18'];
    fc.assert(
      fc.property(fc.array(heard, { maxLength: 60 }), (cases) => {
        const year = figuresTo('2026-Q1', cases, meetings, ['male']);
        const total = tallied(cases, ['male']);
        expect(year.total).toEqual(total);
        const { cells, sums } = systemOf(year.quarters, total);
        const of = new Map(cells.map((cell) => [cell.id, cell.value]));
        for (const sum of sums) expect(sum.parts.reduce((all, id) => all + of.get(id)!, 0)).toBe(of.get(sum.total));
        const figures = publishedOf(year, { per: 10_000, recommended: 40 }, 10_000, LIMIT);
        const small = (value: number): boolean => value > 0 && value < LIMIT;
        for (const { quarter, tally } of year.quarters) {
          const shown = figures.quarters.find((q) => q.quarter === quarter);
          if (!shown) continue; // so few that no quarter can be shown
          for (const what of ['cases', 'repeats', 'children'] as const)
            expect(typeof shown[what] === 'number' ? shown[what] : 'not shown').toBe(
              small(tally[what]) || typeof shown[what] !== 'number' ? 'not shown' : tally[what],
            );
        }
        if (typeof figures.repeats !== 'number') expect(figures.rates.repeatRate).toBeNull();
        if (typeof figures.cases !== 'number') expect(figures.rates.perPopulation).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
