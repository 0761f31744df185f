import { isBankHoliday } from './bank-holidays';
import { type CivilDay, dayNumber, weekday } from './civil';
import { londonInstant } from './london';

/** The days of a week as opening hours name them. */
export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** One opening on one civil day, `HH:MM` to `HH:MM` in London; `24:00` ends the day. Opens before it closes. */
export type Opening = readonly [from: string, to: string];

/**
 * Calendar says on which days, and when, a forum works. It is plain data and comes from a pack.
 * A working day is Monday to Friday, not a bank holiday, whatever the opening hours say; `closed` takes further days
 * away (both counts), `opened` gives a bank holiday back. Bank holidays have their own hours, none unless given.
 */
export type Calendar = {
  readonly id: string;
  readonly bankHolidays: 'england-and-wales';
  readonly hours: Readonly<Partial<Record<Weekday | 'bankHoliday', readonly Opening[]>>>;
  readonly closed?: readonly CivilDay[];
  readonly opened?: readonly CivilDay[];
};

/** A calendar read once: openings in milliseconds of the day, days as numbers. */
type Compiled = {
  readonly week: readonly (readonly (readonly [number, number])[])[];
  readonly holiday: readonly (readonly [number, number])[];
  readonly closed: ReadonlySet<number>;
  readonly opened: ReadonlySet<number>;
};

const WEEK: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const compiled = new WeakMap<Calendar, Compiled>();

/** isWorkingDay: Monday to Friday less bank holidays and the calendar's own closed days. */
export function isWorkingDay(day: CivilDay, calendar: Calendar): boolean {
  return isWorking(dayNumber(day), calendar);
}

/** isWorking is isWorkingDay on a day number. */
export function isWorking(number: number, calendar: Calendar): boolean {
  const { closed, opened } = compile(calendar);
  if (weekday(number) > 4 || closed.has(number)) return false;
  return opened.has(number) || !isBankHoliday(number);
}

/**
 * stepWorkingDays counts working days from a day that is not itself counted: the first working day after it is day 1.
 * A negative count goes back; 0 is the day itself, working or not.
 */
export function stepWorkingDays(number: number, count: number, calendar: Calendar): number {
  const step = Math.sign(count);
  let day = number;
  for (let left = Math.abs(count); left > 0;) {
    day += step;
    if (isWorking(day, calendar)) left -= 1;
  }
  return day;
}

/** openingsOn gives the openings of a day in order, as instants in milliseconds. */
export function openingsOn(number: number, calendar: Calendar): (readonly [number, number])[] {
  const { week, holiday, closed, opened } = compile(calendar);
  if (closed.has(number)) return [];
  const onHoliday = !opened.has(number) && isBankHoliday(number);
  const hours = (onHoliday ? holiday : week[weekday(number)]) ?? [];
  return hours.map(([from, to]) => [londonInstant(number, from, 'first'), londonInstant(number, to, 'last')] as const);
}

/** neverOpen tells a calendar without any weekly opening, in which counting hours would not end. */
export function neverOpen(calendar: Calendar): boolean {
  return compile(calendar).week.every((day) => day.length === 0);
}

function compile(calendar: Calendar): Compiled {
  const found = compiled.get(calendar);
  if (found) return found;
  const made: Compiled = {
    week: WEEK.map((day) => openings(calendar, day)),
    holiday: openings(calendar, 'bankHoliday'),
    closed: new Set((calendar.closed ?? []).map(dayNumber)),
    opened: new Set((calendar.opened ?? []).map(dayNumber)),
  };
  compiled.set(calendar, made);
  return made;
}

function openings(calendar: Calendar, day: Weekday | 'bankHoliday'): (readonly [number, number])[] {
  let last = 0;
  return (calendar.hours[day] ?? []).map(([from, to]) => {
    const opens = timeOfDay(from);
    const closes = timeOfDay(to);
    if (opens < last || closes <= opens) {
      throw new RangeError(`calendar ${calendar.id}: the openings of ${day} must follow one another`);
    }
    last = closes;
    return [opens, closes] as const;
  });
}

function timeOfDay(time: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(time);
  const minutes = Number(match?.[1]) * 60 + Number(match?.[2]);
  if (!match || Number(match[2]) > 59 || minutes > 1440) throw new RangeError(`not a time of day (HH:MM): ${time}`);
  return minutes * 60_000;
}
