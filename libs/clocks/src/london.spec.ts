import { civilDate, endOfDay, londonInstant, startOfDay } from './london';
import { dayNumber } from './civil';

const at = (day: string, ms: number, pick: 'first' | 'last'): string =>
  new Date(londonInstant(dayNumber(day), ms, pick)).toISOString();
const HALF_PAST_ONE = 90 * 60_000;

describe('Europe/London', () => {
  it('changes the date at midnight in London, not in Greenwich', () => {
    expect(civilDate(new Date('2026-06-30T22:59:59.999Z'))).toBe('2026-06-30');
    expect(civilDate(new Date('2026-06-30T23:00:00.000Z'))).toBe('2026-07-01');
    expect(civilDate(new Date('2026-12-31T23:59:59.999Z'))).toBe('2026-12-31');
    expect(civilDate(new Date('2027-01-01T00:00:00.000Z'))).toBe('2027-01-01');
  });

  it('ends a day at 23:59:59.999, in summer and in winter', () => {
    expect(endOfDay('2026-01-15').toISOString()).toBe('2026-01-15T23:59:59.999Z');
    expect(endOfDay('2026-07-15').toISOString()).toBe('2026-07-15T22:59:59.999Z');
    expect(startOfDay('2026-07-15').toISOString()).toBe('2026-07-14T23:00:00.000Z');
  });

  it('has days of 23 and of 25 hours', () => {
    const hours = (day: string): number => (endOfDay(day).getTime() + 1 - startOfDay(day).getTime()) / 3_600_000;
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-11-24')).toBe(24);
  });

  it('chooses between the two half past ones when the clocks go back', () => {
    expect(at('2026-10-25', HALF_PAST_ONE, 'first')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25', HALF_PAST_ONE, 'last')).toBe('2026-10-25T01:30:00.000Z');
  });

  it('answers the instant of the change for a time that is never shown', () => {
    expect(at('2026-03-29', HALF_PAST_ONE, 'first')).toBe('2026-03-29T01:00:00.000Z');
    expect(at('2026-03-29', HALF_PAST_ONE, 'last')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('follows the whole of 1970, when London kept summer time', () => {
    expect(startOfDay('1970-01-15').toISOString()).toBe('1970-01-14T23:00:00.000Z');
  });

  it.each([new Date(Number.NaN), new Date('1899-12-31'), new Date(8.64e15)])('refuses %p', (when) => {
    expect(() => civilDate(when)).toThrow(RangeError);
  });
});
