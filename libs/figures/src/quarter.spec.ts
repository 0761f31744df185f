import fc from 'fast-check';
import { daysOfQuarter, lastOfFinancialYear, lastQuarterOver, quarterOf, quartersBefore, yearTo } from './quarter';

describe('quarters', () => {
  it('begin and end on the days of the calendar, and come in fours', () => {
    expect(['2026-01-01', '2026-03-31', '2026-04-01', '2028-02-29'].map(quarterOf)).toEqual([
      ...['2026-Q1', '2026-Q1', '2026-Q2', '2028-Q1'],
    ]);
    expect(daysOfQuarter('2028-Q1')).toEqual({ from: '2028-01-01', to: '2028-03-31' });
    expect([lastQuarterOver('2026-03-31'), lastQuarterOver('2026-04-01')]).toEqual(['2025-Q4', '2026-Q1']);
    expect(yearTo(lastOfFinancialYear(2025))).toEqual(['2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1']);
    fc.assert(
      fc.property(fc.integer({ min: 2015, max: 2090 }), fc.constantFrom(1, 2, 3, 4), fc.nat(40), (year, n, back) => {
        const quarter = `${year}-Q${n}` as const;
        const { from, to } = daysOfQuarter(quarter);
        expect([quarterOf(from), quarterOf(to)]).toEqual([quarter, quarter]);
        expect(quartersBefore(quartersBefore(quarter, back), -back)).toBe(quarter);
      }),
    );
  });
});
