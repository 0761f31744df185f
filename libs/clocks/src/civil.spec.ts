import fc from 'fast-check';
import { addDays, addMonths, civilDay, dayNumber, lastDayBeginningWith, weekday } from './civil';

describe('civil days', () => {
  it('counts days across a leap day', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2100-02-28', 1)).toBe('2100-03-01');
  });

  it.each([
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-31', -2, '2025-11-30'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  // domain/statutory-reviews.md §3.1 rule 1, with its own examples.
  it.each([
    ['2026-03-05', 1, '2026-04-04'],
    ['2026-01-29', 1, '2026-02-28'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-01-28', 1, '2026-02-27'],
    ['2026-01-01', 12, '2026-12-31'],
  ])('a period beginning with %s of %i months ends on %s', (from, months, to) => {
    expect(lastDayBeginningWith(from, months)).toBe(to);
  });

  it.each(['2026-02-29', '2026-02-31', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01T00:00', '', 'tomorrow'])(
    'refuses %p',
    (day) => {
      expect(() => dayNumber(day)).toThrow(RangeError);
    },
  );

  it('knows the day of the week before and after 1970', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 80_000 }), (number) => {
        expect(weekday(number)).toBe((new Date(number * 86_400_000).getUTCDay() + 6) % 7);
      }),
    );
  });
});

describe('day numbers against the platform’s own dates', () => {
  it('agree on every 37th day of the years 0 to 9999, both ways, and on months', () => {
    for (let number = -719_528; number <= 2_932_896; number += 37) {
      const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
      if (civilDay(number) !== day || dayNumber(day) !== number)
        throw new Error(`${number}: ${day}, ${civilDay(number)}`);
    }
    expect([civilDay(2_932_896), dayNumber('0000-01-01'), civilDay(0)]).toEqual(['9999-12-31', -719_528, '1970-01-01']);
    for (const outside of [2_932_897, -719_529, Number.NaN]) expect(() => civilDay(outside)).toThrow(RangeError);
  });
});
