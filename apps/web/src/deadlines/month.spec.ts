import { monthAsked, monthOf } from './month';

describe('a month', () => {
  it('has whole weeks from Monday, and each thing on its day', () => {
    const { weeks, previous, next } = monthOf('2026-11', ['2026-11-01', '2026-11-30', '2026-11-30'], (day) => day);
    expect([weeks.length, previous, next]).toEqual([6, '2026-10', '2026-12']);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
    expect(weeks[0]!.map((d) => d?.number ?? null)).toEqual([null, null, null, null, null, null, 1]);
    expect(weeks[5]![0]).toEqual({ day: '2026-11-30', number: 30, items: ['2026-11-30', '2026-11-30'] });
    expect(weeks.flat().filter((d) => d !== null)).toHaveLength(30);
  });

  it('has 29 days in a leap year, and leads on into the year after', () => {
    expect(monthOf('2028-02', [], String).weeks.flat().filter(Boolean)).toHaveLength(29);
    expect(monthOf('2026-12', [], String).next).toBe('2027-01');
    expect(monthOf('2027-01', [], String).previous).toBe('2026-12');
  });

  it('is this one unless another is asked for', () => {
    expect([undefined, '2026-13', 'x', '2027-02'].map((m) => monthAsked(m, '2026-11-29'))).toEqual([
      ...['2026-11', '2026-11', '2026-11', '2027-02'],
    ]);
  });
});
