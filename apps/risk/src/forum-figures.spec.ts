import fc from 'fast-check';
import { changed, figuresTo, ratesOf, rounded, tallied, type CountedCase } from './forum-figures';
import { publishedOf } from './published-figures';

const heard = (heldOn: string, more: Partial<CountedCase> = {}): CountedCase => ({
  ...{ heldOn, orgId: 'police', repeat: false, children: 0, characteristics: {} },
  ...more,
});
const states = (meetings: readonly string[], to = '2026-Q1' as const) =>
  figuresTo(to, [], meetings, []).quarters.map(({ state }) => state);

describe('the figures of a forum', () => {
  it('count cases as they were heard, repeats among them, by the agency that referred', () => {
    const cases = [
      heard('2025-05-21', { children: 2, characteristics: { male: 'yes' } }),
      heard('2025-05-21', { repeat: true, orgId: 'housing', characteristics: { male: 'no' } }),
      heard('2026-03-18', { children: 1, characteristics: { male: 'declined' } }),
      heard('2026-04-15'),
    ];
    const year = figuresTo('2026-Q1', cases, ['2025-05-21', '2025-08-20', '2025-11-19', '2026-03-18'], ['male']);
    expect(year.total).toEqual({
      ...{ cases: 3, repeats: 1, children: 3, agencies: { police: 2, housing: 1 } },
      // Who would not say is neither: of how many it is known stands beside it.
      groups: { male: { yes: 1, known: 2 } },
    });
    expect(year.quarters.map((q) => q.tally.cases)).toEqual([2, 0, 0, 1]);
    expect(year.whole).toBe(true);
  });

  it('take over a quarter that is missing from the one before, and drop the forum when two in a row are', () => {
    expect(states(['2025-05-21', '2025-08-20', '2026-03-18'])).toEqual(['counted', 'counted', 'proxied', 'counted']);
    expect(states(['2025-05-21', '2026-03-18'])).toEqual(['counted', 'missing', 'missing', 'counted']);
    expect(states(['2025-08-20', '2025-11-19'])).toEqual(['not-begun', 'counted', 'counted', 'proxied']);
    expect(states([])).toEqual(['not-begun', 'not-begun', 'not-begun', 'not-begun']);
    const cases = [heard('2025-08-20'), heard('2025-08-20', { repeat: true, children: 2 })];
    const taken = figuresTo('2026-Q1', cases, ['2025-05-21', '2025-08-20', '2026-03-18'], []);
    expect(taken.total).toMatchObject({ cases: 4, repeats: 2, children: 4, agencies: { police: 4 } });
    const dropped = figuresTo('2026-Q1', cases, ['2025-05-21', '2026-03-18'], []);
    expect([dropped.total, ratesOf(dropped, { per: 10_000, recommended: 40 }, 5_000).perPopulation]).toEqual([
      ...[null, null],
    ]);
    const begun = figuresTo('2026-Q1', cases, ['2025-08-20', '2025-11-19', '2026-03-18'], []);
    expect([begun.total?.cases, begun.whole]).toEqual([2, false]);
  });

  it('are rounded once, half up, from raw counts', () => {
    expect([rounded(1, 8), rounded(1, 8, 2), rounded(5, 10, 0), rounded(25, 100), rounded(1, 0)]).toEqual([
      ...[0.1, 0.13, 1, 0.3, null],
    ]);
    expect([changed(15, 12), changed(9, 12), changed(3, 0)]).toEqual([25, -25, null]);
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (count, by) => {
        expect(Math.abs(rounded(count, by)! - count / by)).toBeLessThanOrEqual(0.05 + 1e-9);
      }),
    );
  });

  it('are measured against a population of a whole year only', () => {
    const meetings = ['2025-05-21', '2025-08-20', '2025-11-19', '2026-03-18'];
    const cases = Array.from({ length: 37 }, (_, n) => heard(meetings[n % 4]!, { repeat: n < 9, children: 1 }));
    const measure = { per: 10_000, recommended: 40 };
    const year = figuresTo('2026-Q1', cases, meetings, []);
    expect(ratesOf(year, measure, 9_300)).toEqual({
      ...{ repeatRate: 24.3, childrenPerCase: 1, perPopulation: 39.8, recommended: 37, ofRecommended: 99.5 },
    });
    expect(ratesOf(year, measure, null)).toMatchObject({ repeatRate: 24.3, perPopulation: null, recommended: null });
    const part = figuresTo('2026-Q1', cases, meetings.slice(1), []);
    expect(ratesOf(part, measure, 9_300).perPopulation).toBeNull();
    expect(tallied([], ['male'])).toEqual({
      ...{ cases: 0, repeats: 0, children: 0, agencies: {}, groups: { male: { yes: 0, known: 0 } } },
    });
  });

  it('are not published while two quarters are missing, or where the first is that of another year', () => {
    const year = (meetings: readonly string[]) => () =>
      publishedOf(figuresTo('2026-Q1', [heard('2025-02-19')], meetings, []), null, null, 5);
    expect(year(['2025-05-21', '2026-03-18'])).toThrow('Two quarters in a row are missing');
    expect(year(['2025-02-19', '2025-08-20', '2025-11-19', '2026-03-18'])).toThrow('figures of the year before');
    // A quarter that takes over the one before is as small as that one, and known to be the same.
    const few = [heard('2025-08-20'), heard('2025-08-20'), heard('2025-05-21'), heard('2026-03-18')];
    const taken = figuresTo('2026-Q1', few, ['2025-05-21', '2025-08-20', '2026-03-18'], []);
    expect(publishedOf(taken, null, null, 5).quarters.map((q) => [q.state, q.cases])).toEqual([
      ...[
        ['counted', 'few'],
        ['counted', 'few'],
        ['proxied', 'few'],
        ['counted', 'few'],
      ],
    ]);
  });
});
