import type { Calendar } from '@concordat/clocks';
import type { Ladder } from '@concordat/packs';
import fc from 'fast-check';
import { outOfQuiet, rungsOf } from './ladder';

const calendar: Calendar = { id: 'office', bankHolidays: 'england-and-wales', hours: { monday: [['09:00', '17:00']] } };
const quiet = { from: '19:00', to: '07:30' };
const to = (who: 'owner' | 'team-lead' | 'board', value: number, unit: Ladder['rungs'][number]['unit']) => ({
  ...{ to: who, value, unit, roles: ['safeguarding-lead'] as const, evenIfAcknowledged: false },
});
const long = new Date('2026-01-01T00:00:00Z');

describe('a ladder', () => {
  it('is resolved by working days, and told in the morning after', () => {
    const rungs = [to('owner', -2, 'workingDay'), to('owner', 0, 'workingDay'), to('team-lead', 2, 'workingDay')];
    // A Wednesday before Christmas: the holidays and the weekend lie between it and the second working day after it.
    const due = new Date('2026-12-23T23:59:59.999Z');
    const made = rungsOf({ kind: 'conference-action', atAnyHour: false, rungs }, due, long, { quiet }, calendar);
    expect(made.map((r) => [r.to, r.at.toISOString()])).toEqual([
      ['owner', '2026-12-22T07:30:00.000Z'], // the end of the 21st, so the morning after
      ['owner', '2026-12-24T07:30:00.000Z'],
      ['team-lead', '2026-12-30T07:30:00.000Z'], // the 28th is a bank holiday in the place of Boxing Day
    ]);
  });

  it('is told at any hour where somebody may be at risk', () => {
    const rungs = [to('owner', -30, 'minute'), to('owner', 0, 'minute'), to('team-lead', 1, 'hour')];
    const due = new Date('2026-12-25T02:00:00Z');
    const made = rungsOf({ kind: 'triage', atAnyHour: true, rungs }, due, long, { quiet }, calendar);
    expect(made.map((r) => r.at.toISOString())).toEqual([
      '2026-12-25T01:30:00.000Z',
      '2026-12-25T02:00:00.000Z',
      '2026-12-25T03:00:00.000Z',
    ]);
  });

  it('that became known late tells what it has missed once, and not again and again', () => {
    const rungs = [to('owner', -90, 'day'), to('owner', -30, 'day'), to('owner', 0, 'day')];
    const due = new Date('2026-12-16T12:00:00Z');
    const known = new Date('2026-12-10T12:00:00Z');
    const made = rungsOf({ kind: 'agreement-expiry', atAnyHour: true, rungs }, due, known, { quiet }, calendar);
    expect(made).toHaveLength(2);
    expect(made[0]!.at < known).toBe(true);
  });

  it('never tells in quiet hours, on a day off, or before its time', () => {
    const london = new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: 'Europe/London', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
    const start = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }), (minutes) => {
        const at = new Date(start + minutes * 60_000);
        const told = outOfQuiet(at, quiet, calendar);
        const [day, time] = london.format(told).split(/,? /) as [string, string];
        return told >= at && !['Sat', 'Sun'].includes(day) && time >= '07:30' && time < '19:00';
      }),
    );
  });

  it('waits for 07:30 by London’s time on either side of a change of the clocks', () => {
    expect(outOfQuiet(new Date('2026-03-28T12:00:00Z'), quiet, calendar).toISOString()).toBe(
      '2026-03-30T06:30:00.000Z',
    );
    expect(outOfQuiet(new Date('2026-10-24T12:00:00Z'), quiet, calendar).toISOString()).toBe(
      '2026-10-26T07:30:00.000Z',
    );
  });
});
