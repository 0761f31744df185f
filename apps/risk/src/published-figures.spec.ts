import fc from 'fast-check';
import { figuresTo, tallied, type CountedCase } from './forum-figures';
import { publishedOf, systemOf } from './published-figures';

const LIMIT = 5;
const OTHERS = ['health', 'housing', 'council'];
const AGENCIES = { police: ['police'], partners: OTHERS };
const SHARES = {
  ...{ force: 'local' as const, source: 'Local practice' },
  parties: [
    { code: 'police', title: 'Police', agencies: ['POLICE' as const] },
    { code: 'partners', title: 'Partners' },
  ],
};

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
        const { cells, sums } = systemOf(year.quarters, total, AGENCIES);
        const of = new Map(cells.map((cell) => [cell.id, cell.value]));
        for (const sum of sums) expect(sum.parts.reduce((all, id) => all + of.get(id)!, 0)).toBe(of.get(sum.total));
        const figures = publishedOf(year, { per: 10_000, recommended: 40 }, 10_000, LIMIT, {
          shares: SHARES,
          agencies: AGENCIES,
        });
        const small = (value: number): boolean => value > 0 && value < LIMIT;
        for (const { quarter, tally } of year.quarters) {
          const shown = figures.quarters.find((q) => q.quarter === quarter);
          if (!shown) continue; // so few that no quarter can be shown
          for (const what of ['cases', 'repeats', 'children'] as const)
            expect(typeof shown[what] === 'number' ? shown[what] : 'not shown').toBe(
              small(tally[what]) || typeof shown[what] !== 'number' ? 'not shown' : tally[what],
            );
        }
        const [police, partners] = figures.shares?.parties ?? [];
        for (const [side, orgs] of [[police, ['police']] as const, [partners, OTHERS] as const]) {
          if (!side) continue; // so few that no agency can be shown either
          const count = orgs.reduce((sum, org) => sum + (total.agencies[org] ?? 0), 0);
          expect(side.cases).toBe(typeof side.cases === 'number' ? count : small(count) ? 'few' : 'hidden');
          if (small(count)) expect([side.cases, side.share]).toEqual(['few', null]);
        }
        // The shares of two tell of each other.
        if (police && partners) expect(police.share === null).toBe(partners.share === null);
        if (typeof figures.repeats !== 'number') expect(figures.rates.repeatRate).toBeNull();
        if (typeof figures.cases !== 'number') expect(figures.rates.perPopulation).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});
