import { type Calendar, isWorkingDay } from './calendar';
import { type ClockRule, dueAt, isOverdue } from './due';

const office = [['09:00', '17:00']] as const;
const calendar: Calendar = {
  id: 'office',
  bankHolidays: 'england-and-wales',
  hours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
};
const always: Calendar = {
  id: 'always',
  bankHolidays: 'england-and-wales',
  hours: Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'bankHoliday'].map((day) => [
      day,
      [['00:00', '24:00']],
    ]),
  ),
};
const clock = (value: number, unit: ClockRule['unit'], more: Partial<ClockRule> = {}): ClockRule => ({
  value,
  unit,
  outOfHours: 'run',
  ifNotWorkingDay: 'keep',
  ...more,
});
const due = (rule: ClockRule, anchor: string, on = calendar): string => dueAt(rule, new Date(anchor), on).toISOString();

describe('dueAt: worked examples of domain/risk-conferences.md §11', () => {
  it('6: minutes of a meeting on Thursday 17 April 2025 are due by the end of Thursday 24 April (Easter)', () => {
    expect(due(clock(3, 'workingDay'), '2025-04-17T13:00:00Z')).toBe('2025-04-24T22:59:59.999Z');
  });

  it('7: Oxfordshire, received on Friday at 15:00: amber by the end of Monday, green by the end of Wednesday', () => {
    expect(due(clock(1, 'workingDay'), '2026-11-20T15:00:00Z')).toBe('2026-11-23T23:59:59.999Z');
    expect(due(clock(3, 'workingDay'), '2026-11-20T15:00:00Z')).toBe('2026-11-25T23:59:59.999Z');
  });

  it('3: twelve months from 10 March 2024 include the anniversary', () => {
    expect(due(clock(12, 'month'), '2024-03-10T09:00:00Z')).toBe('2025-03-10T23:59:59.999Z');
  });
});

describe('dueAt: elapsed time', () => {
  it.each([
    ['the clocks go forward', '2026-03-29T00:30:00Z', '2026-03-29T04:30:00.000Z'],
    ['the clocks go back', '2026-10-25T00:30:00Z', '2026-10-25T04:30:00.000Z'],
    ['nothing happens', '2026-11-24T10:00:00Z', '2026-11-24T14:00:00.000Z'],
  ])('four hours are four hours when %s', (_, anchor, expected) => {
    expect(due(clock(4, 'hour'), anchor)).toBe(expected);
    expect(due(clock(240, 'minute'), anchor)).toBe(expected);
  });

  it('runs through the night, the weekend and Christmas when told to run', () => {
    expect(due(clock(24, 'hour'), '2026-12-24T16:00:00Z')).toBe('2026-12-25T16:00:00.000Z');
  });
});

describe('dueAt: opening hours', () => {
  const four = clock(4, 'workingHour');

  it.each([
    ['within a day', '2026-11-24T10:00:00Z', '2026-11-24T14:00:00.000Z'],
    ['to the minute of closing', '2026-11-24T13:00:00Z', '2026-11-24T17:00:00.000Z'],
    ['over night', '2026-11-24T15:00:00Z', '2026-11-25T11:00:00.000Z'],
    ['over a weekend', '2026-11-20T15:00:00Z', '2026-11-23T11:00:00.000Z'],
    ['received before opening', '2026-11-24T03:00:00Z', '2026-11-24T13:00:00.000Z'],
    ['received at closing', '2026-11-24T17:00:00Z', '2026-11-25T13:00:00.000Z'],
    ['received on a Saturday', '2026-11-21T12:00:00Z', '2026-11-23T13:00:00.000Z'],
    ['over Christmas and its substitute day', '2026-12-24T15:00:00Z', '2026-12-29T11:00:00.000Z'],
    ['in summer time', '2026-07-01T14:00:00Z', '2026-07-02T10:00:00.000Z'],
    ['over the night the clocks go back', '2026-10-23T15:00:00Z', '2026-10-26T12:00:00.000Z'],
  ])('counts four opening hours %s', (_, anchor, expected) => {
    expect(due(four, anchor)).toBe(expected);
    expect(due(clock(4, 'hour', { outOfHours: 'pause' }), anchor)).toBe(expected);
  });

  it('counts elapsed time in a forum that never closes, even as the clocks change', () => {
    expect(due(clock(24, 'workingHour'), '2026-10-24T12:00:00Z', always)).toBe('2026-10-25T12:00:00.000Z');
    expect(due(clock(24, 'workingHour'), '2026-03-28T12:00:00Z', always)).toBe('2026-03-29T12:00:00.000Z');
    expect(due(clock(48, 'workingHour'), '2026-12-24T12:00:00Z', always)).toBe('2026-12-26T12:00:00.000Z');
  });

  it('counts back from an anchor', () => {
    expect(due(clock(-4, 'workingHour'), '2026-11-23T11:00:00Z')).toBe('2026-11-20T15:00:00.000Z');
    expect(due(clock(-2, 'hour'), '2026-11-23T11:00:00Z')).toBe('2026-11-23T09:00:00.000Z');
  });

  it('refuses to count in a calendar that never opens, or not again', () => {
    const shut: Calendar = { id: 'shut', bankHolidays: 'england-and-wales', hours: { monday: [] } };
    const onlyHolidays: Calendar = { ...shut, hours: { bankHoliday: office } };
    expect(() => due(four, '2026-11-24T10:00:00Z', shut)).toThrow('no opening hours');
    expect(() => due(four, '2026-11-24T10:00:00Z', onlyHolidays)).toThrow('no opening hours');
    expect(due(clock(1, 'hour'), '2026-11-24T10:00:00Z', shut)).toBe('2026-11-24T11:00:00.000Z');
  });
});

describe('dueAt: civil days', () => {
  it.each([
    [clock(1, 'day'), '2026-11-24T00:00:00Z', '2026-11-25T23:59:59.999Z'],
    [clock(0, 'day'), '2026-11-24T00:00:00Z', '2026-11-24T23:59:59.999Z'],
    [clock(-14, 'day'), '2026-11-18T10:00:00Z', '2026-11-04T23:59:59.999Z'],
    [clock(2, 'week'), '2026-11-24T10:00:00Z', '2026-12-08T23:59:59.999Z'],
    [clock(1, 'month'), '2026-01-31T10:00:00Z', '2026-02-28T23:59:59.999Z'],
    [clock(1, 'month'), '2028-01-31T10:00:00Z', '2028-02-29T23:59:59.999Z'],
    [clock(12, 'month'), '2028-02-29T10:00:00Z', '2029-02-28T23:59:59.999Z'],
    [clock(6, 'month'), '2026-04-15T10:00:00Z', '2026-10-15T22:59:59.999Z'],
    [clock(1, 'day'), '2026-10-24T10:00:00Z', '2026-10-25T23:59:59.999Z'],
    [clock(1, 'day'), '2026-06-30T23:30:00Z', '2026-07-02T22:59:59.999Z'],
    [clock(-1, 'workingDay'), '2026-11-23T10:00:00Z', '2026-11-20T23:59:59.999Z'],
    [clock(1, 'workingDay'), '2026-11-21T10:00:00Z', '2026-11-23T23:59:59.999Z'],
    [clock(0, 'workingDay'), '2026-11-21T10:00:00Z', '2026-11-21T23:59:59.999Z'],
    [clock(0, 'workingDay', { ifNotWorkingDay: 'next' }), '2026-11-21T10:00:00Z', '2026-11-23T23:59:59.999Z'],
    [clock(1, 'week', { ifNotWorkingDay: 'keep' }), '2026-12-18T10:00:00Z', '2026-12-25T23:59:59.999Z'],
    [clock(1, 'week', { ifNotWorkingDay: 'next' }), '2026-12-18T10:00:00Z', '2026-12-29T23:59:59.999Z'],
    [clock(1, 'week', { ifNotWorkingDay: 'previous' }), '2026-12-18T10:00:00Z', '2026-12-24T23:59:59.999Z'],
  ])('%j from %s is due %s', (rule, anchor, expected) => {
    expect(due(rule, anchor)).toBe(expected);
  });

  it('follows days the calendar closes, and bank holidays it gives back', () => {
    const local: Calendar = { ...calendar, closed: ['2026-11-25'], opened: ['2026-12-28'] };
    expect(due(clock(1, 'workingDay'), '2026-11-24T10:00:00Z', local)).toBe('2026-11-26T23:59:59.999Z');
    expect(due(clock(2, 'workingHour'), '2026-11-24T16:00:00Z', local)).toBe('2026-11-26T10:00:00.000Z');
    expect(isWorkingDay('2026-12-28', local)).toBe(true);
    expect(isWorkingDay('2026-12-28', calendar)).toBe(false);
    expect(due(clock(2, 'workingHour'), '2026-12-24T16:00:00Z', local)).toBe('2026-12-28T10:00:00.000Z');
  });
});

describe('dueAt: what it refuses', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001])('a value of %p', (value) => {
    expect(() => due(clock(value, 'day'), '2026-11-24T10:00:00Z')).toThrow(RangeError);
  });

  it('an anchor that is not a date', () => {
    expect(() => dueAt(clock(1, 'day'), new Date(Number.NaN), calendar)).toThrow(RangeError);
  });

  it.each([
    { monday: [['9:00', '17:00']] },
    { monday: [['09:00', '25:00']] },
    { monday: [['17:00', '09:00']] },
    {
      monday: [
        ['12:00', '17:00'],
        ['09:00', '12:30'],
      ],
    },
  ] as Calendar['hours'][])('opening hours %j', (hours) => {
    const odd: Calendar = { id: 'odd', bankHolidays: 'england-and-wales', hours };
    expect(() => due(clock(1, 'workingHour'), '2026-11-24T10:00:00Z', odd)).toThrow(RangeError);
  });
});

describe('isOverdue', () => {
  it('takes the due instant as in time', () => {
    const at = new Date('2026-11-24T23:59:59.999Z');
    expect(isOverdue(at, at)).toBe(false);
    expect(isOverdue(at, new Date(at.getTime() + 1))).toBe(true);
    expect(isOverdue(at, new Date(at.getTime() - 1))).toBe(false);
  });
});
