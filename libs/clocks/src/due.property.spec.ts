import fc from 'fast-check';
import { bankHolidays } from './bank-holidays';
import type { Calendar, Opening, Weekday } from './calendar';
import { type ClockRule, dueAt } from './due';

/*
 * A second implementation that shares nothing with the first but the list of bank holidays: it asks Intl what London's
 * clocks show and walks there a minute, or a day, at a time.
 */
const face = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  weekday: 'long',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
type Shown = { date: string; weekday: Weekday; time: string };
function shown(at: number): Shown {
  const parts = Object.fromEntries(face.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${parts['year']}-${parts['month']}-${parts['day']}`,
    weekday: String(parts['weekday']).toLowerCase() as Weekday,
    time: `${parts['hour']}:${parts['minute']}`,
  };
}
const MINUTE = 60_000;

function naiveHours(minutes: number, anchor: number, calendar: Calendar): number {
  let at = anchor;
  for (let left = minutes; left > 0; at += MINUTE) {
    const now = shown(at);
    const holiday = bankHolidays(Number(now.date.slice(0, 4))).includes(now.date);
    const hours = calendar.hours[holiday ? 'bankHoliday' : now.weekday] ?? [];
    if (hours.some(([from, to]) => now.time >= from && now.time < to)) left -= 1;
  }
  return at;
}

function naiveDayEnd(clock: ClockRule, anchor: number): number {
  const working = (date: string): boolean => {
    const name = new Date(`${date}T12:00:00Z`).getUTCDay();
    return name !== 0 && name !== 6 && !bankHolidays(Number(date.slice(0, 4))).includes(date);
  };
  const move = (date: string, days: number): string => {
    const noon = new Date(`${date}T12:00:00Z`);
    noon.setUTCDate(noon.getUTCDate() + days);
    return noon.toISOString().slice(0, 10);
  };
  let date = shown(anchor).date;
  if (clock.unit === 'month') {
    const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
    const index = year * 12 + (month - 1) + clock.value;
    let last = day;
    const named = (): Date => new Date(Date.UTC(Math.floor(index / 12), index % 12, last, 12));
    while (named().getUTCMonth() !== index % 12) last -= 1;
    date = named().toISOString().slice(0, 10);
  } else {
    for (let left = clock.unit === 'week' ? clock.value * 7 : clock.value; left > 0;) {
      date = move(date, 1);
      if (clock.unit !== 'workingDay' || working(date)) left -= 1;
    }
  }
  while (clock.ifNotWorkingDay !== 'keep' && !working(date)) {
    date = move(date, clock.ifNotWorkingDay === 'next' ? 1 : -1);
  }
  // Minute by minute to the last that London still shows as that date.
  let end = Date.parse(`${date}T12:00:00Z`);
  while (shown(end + MINUTE).date === date) end += MINUTE;
  return end + MINUTE - 1;
}

const WEEK: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const anchors = fc
  .integer({ min: Date.UTC(2019, 0, 1) / MINUTE, max: Date.UTC(2031, 0, 1) / MINUTE })
  .map((minute) => minute * MINUTE);
/** Opening between one and two at night is left to the examples: the walk cannot tell the first from the second. */
const openings: fc.Arbitrary<Opening[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Opening[]>([]) },
  { weight: 1, arbitrary: fc.constant<Opening[]>([['00:00', '24:00']]) },
  {
    weight: 4,
    arbitrary: fc
      .uniqueArray(fc.integer({ min: 4, max: 46 }), { minLength: 2, maxLength: 2 })
      .map((halves) => halves.sort((a, b) => a - b).map(half) as [string, string])
      .map((opening): Opening[] => [opening]),
  },
);
const half = (number: number): string =>
  `${String(Math.floor(number / 2)).padStart(2, '0')}:${number % 2 === 1 ? '30' : '00'}`;
const calendars: fc.Arbitrary<Calendar> = fc
  .tuple(fc.array(openings, { minLength: 8, maxLength: 8 }))
  .map(([hours]) => ({
    id: 'random',
    bankHolidays: 'england-and-wales',
    hours: Object.fromEntries([...WEEK, 'bankHoliday'].map((day, index) => [day, hours[index] ?? []])),
  }));

describe('dueAt against a walk through the days', () => {
  it('agrees for days, working days, weeks and months', () => {
    const clocks: fc.Arbitrary<ClockRule> = fc.record({
      unit: fc.constantFrom('day', 'workingDay', 'week', 'month'),
      value: fc.integer({ min: 0, max: 30 }),
      outOfHours: fc.constant('run'),
      ifNotWorkingDay: fc.constantFrom('keep', 'previous', 'next'),
    });
    const calendar: Calendar = { id: 'none', bankHolidays: 'england-and-wales', hours: {} };
    fc.assert(
      fc.property(clocks, anchors, (clock, anchor) => {
        expect(dueAt(clock, new Date(anchor), calendar).getTime()).toBe(naiveDayEnd(clock, anchor));
      }),
      { numRuns: 150 },
    );
  });

  it('agrees for opening hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), anchors, calendars, (value, anchor, calendar) => {
        fc.pre(WEEK.some((day) => (calendar.hours[day] ?? []).length > 0));
        const clock: ClockRule = { unit: 'minute', value, outOfHours: 'pause', ifNotWorkingDay: 'keep' };
        expect(dueAt(clock, new Date(anchor), calendar).getTime()).toBe(naiveHours(value, anchor, calendar));
      }),
      { numRuns: 40 },
    );
  });

  it('never goes back as the anchor goes forward, and counting back undoes counting forward', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), anchors, calendars, (value, anchor, calendar) => {
        fc.pre(WEEK.some((day) => (calendar.hours[day] ?? []).length > 0));
        const clock = { unit: 'minute', value, outOfHours: 'pause', ifNotWorkingDay: 'keep' } as const;
        const due = dueAt(clock, new Date(anchor), calendar).getTime();
        expect(dueAt(clock, new Date(anchor + 7 * MINUTE), calendar).getTime()).toBeGreaterThanOrEqual(due);
        const back = dueAt({ ...clock, value: -value }, new Date(due), calendar);
        expect(dueAt(clock, back, calendar).getTime()).toBe(due);
      }),
      { numRuns: 300 },
    );
  });
});
