import { civilDay, type CivilDay, DAY, dayNumber } from './civil';

/*
 * Europe/London as the platform's time-zone data has it. Building an Intl formatter costs a millisecond and a call costs
 * one microsecond, so there is one formatter, and the offset of a UTC day that has only one offset is remembered.
 */
const clockFace = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 0, 1);
const REMEMBERED_DAYS = 8192;
const CHANGES_WITHIN = Number.POSITIVE_INFINITY;
const offsets = new Map<number, number>();

/** readOffset asks the time-zone data how many milliseconds London is ahead of UTC at an instant. */
function readOffset(at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  const face = clockFace.format(second); // 31/12/2026, 23:59:59
  const shown = Date.UTC(
    Number(face.slice(6, 10)),
    Number(face.slice(3, 5)) - 1,
    Number(face.slice(0, 2)),
    Number(face.slice(12, 14)),
    Number(face.slice(15, 17)),
    Number(face.slice(18, 20)),
  );
  return shown - second;
}

/**
 * offsetAt is how far London is ahead of UTC at an instant, in milliseconds.
 * @throws RangeError for an invalid date or one outside the years 1900 to 9998
 */
export function offsetAt(at: number): number {
  // Written so that NaN fails it too.
  if (!(at >= EARLIEST && at < LATEST)) {
    throw new RangeError('instant is not a date between the years 1900 and 9998');
  }
  const utcDay = Math.floor(at / DAY);
  let known = offsets.get(utcDay);
  if (known === undefined) {
    const first = readOffset(utcDay * DAY);
    known = first === readOffset((utcDay + 1) * DAY - 1) ? first : CHANGES_WITHIN;
    if (offsets.size >= REMEMBERED_DAYS) offsets.clear();
    offsets.set(utcDay, known);
  }
  return known === CHANGES_WITHIN ? readOffset(at) : known;
}

/** londonDay is the day number (see dayNumber) of the civil day in London at an instant in milliseconds. */
export function londonDay(at: number): number {
  return Math.floor((at + offsetAt(at)) / DAY);
}

/**
 * londonInstant is the instant at which a clock in London shows `msOfDay` on a day.
 * When the clocks go back a time is shown twice, and `pick` chooses; when they go forward a time is never shown, and the
 * answer is the instant of the change.
 */
export function londonInstant(number: number, msOfDay: number, pick: 'first' | 'last'): number {
  const shown = number * DAY + msOfDay;
  const before = offsetAt(shown - DAY);
  const after = offsetAt(shown + DAY);
  if (before === after) return shown - before;
  const found = [shown - before, shown - after].filter((at) => at + offsetAt(at) === shown);
  if (found.length > 0) return pick === 'first' ? Math.min(...found) : Math.max(...found);
  let low = shown - after;
  let high = shown - before;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** lastInstant is the last millisecond of a day in London, 23:59:59.999. */
export function lastInstant(number: number): number {
  return londonInstant(number + 1, 0, 'first') - 1;
}

/** civilDate is the civil day in London at an instant. */
export function civilDate(at: Date): CivilDay {
  return civilDay(londonDay(at.getTime()));
}

/**
 * instantOn is when a clock in London shows a time such as `09:30` on a civil day; the first time when it is shown twice, and the
 * instant of the change when it is never shown.
 */
export function instantOn(day: CivilDay, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return new Date(londonInstant(dayNumber(day), (hours * 60 + minutes) * 60_000, 'first'));
}

/** startOfDay is the first instant of a civil day in London. */
export function startOfDay(day: CivilDay): Date {
  return new Date(londonInstant(dayNumber(day), 0, 'first'));
}

/** endOfDay is the last instant of a civil day in London, 23:59:59.999: what is due on a day is in time until then. */
export function endOfDay(day: CivilDay): Date {
  return new Date(lastInstant(dayNumber(day)));
}
