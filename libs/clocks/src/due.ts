import { type Calendar, isWorking, neverOpen, openingsOn, stepWorkingDays } from './calendar';
import { monthsAfter } from './civil';
import { lastInstant, londonDay } from './london';

/** What a clock counts in. */
export type ClockUnit = 'minute' | 'hour' | 'workingHour' | 'day' | 'workingDay' | 'week' | 'month';

/**
 * The part of a clock that arithmetic needs (domain/risk-conferences.md §1); a pack's clock fits it.
 * `outOfHours: pause` matters to minutes and hours only, `ifNotWorkingDay` to days, weeks and months only.
 */
export type ClockRule = {
  readonly unit: ClockUnit;
  readonly value: number;
  readonly outOfHours: 'run' | 'pause';
  readonly ifNotWorkingDay: 'keep' | 'previous' | 'next';
};

const MINUTE = 60_000;
const HOUR = 3_600_000;
/** Far beyond any time limit; a larger value is a slip of the pen and would count for seconds. */
const MOST_UNITS = 1_000_000;
/** A calendar that opens at all opens within a year; a longer search means that it is closed day by day. */
const LONGEST_CLOSURE_DAYS = 3660;

/**
 * dueAt is the last instant that is in time for a clock started at `anchor`.
 *
 * Minutes and hours are elapsed time whatever the clocks do, or only the calendar's opening hours when the unit is
 * `workingHour` or the clock pauses out of hours. Days, weeks and months are civil days in London: the day after the
 * anchor's is day 1 (for working days the first working day after it), a month ends on the same day number or else on
 * the month's last day, and the answer is 23:59:59.999 of the last day. A negative value counts back from the anchor.
 *
 * @throws RangeError if the value is not a whole number up to a million, the anchor is not a date, or the calendar never opens
 */
export function dueAt(clock: ClockRule, anchor: Date, calendar: Calendar): Date {
  const { unit, value } = clock;
  if (!Number.isInteger(value) || Math.abs(value) > MOST_UNITS) {
    throw new RangeError(`a clock counts whole units, at most a million, not ${value}`);
  }
  const from = anchor.getTime();
  const today = londonDay(from);
  switch (unit) {
    case 'minute':
      return elapsed(clock, from, value * MINUTE, calendar);
    case 'hour':
      return elapsed(clock, from, value * HOUR, calendar);
    case 'workingHour':
      return elapsed({ outOfHours: 'pause' }, from, value * HOUR, calendar);
    case 'day':
      return dayEnd(clock, today + value, calendar);
    case 'week':
      return dayEnd(clock, today + 7 * value, calendar);
    case 'month':
      return dayEnd(clock, monthsAfter(today, value).number, calendar);
    case 'workingDay':
      return dayEnd(clock, stepWorkingDays(today, value, calendar), calendar);
  }
}

/** isOverdue: the due instant itself is in time. */
export function isOverdue(due: Date, now: Date): boolean {
  return now.getTime() > due.getTime();
}

function dayEnd(clock: Pick<ClockRule, 'ifNotWorkingDay'>, day: number, calendar: Calendar): Date {
  const moves = clock.ifNotWorkingDay !== 'keep' && !isWorking(day, calendar);
  const last = moves ? stepWorkingDays(day, clock.ifNotWorkingDay === 'next' ? 1 : -1, calendar) : day;
  return new Date(lastInstant(last));
}

function elapsed(clock: Pick<ClockRule, 'outOfHours'>, from: number, span: number, calendar: Calendar): Date {
  if (clock.outOfHours === 'run' || span === 0) return new Date(from + span);
  if (neverOpen(calendar)) throw new RangeError(`calendar ${calendar.id} has no opening hours to count`);
  return new Date(span > 0 ? forward(from, span, calendar) : back(from, -span, calendar));
}

function forward(from: number, span: number, calendar: Calendar): number {
  let left = span;
  let day = londonDay(from);
  for (let closed = 0; closed < LONGEST_CLOSURE_DAYS; day += 1) {
    closed += 1;
    for (const [opens, closes] of openingsOn(day, calendar)) {
      const start = Math.max(opens, from);
      if (closes <= start) continue;
      closed = 0;
      if (left <= closes - start) return start + left;
      left -= closes - start;
    }
  }
  throw new RangeError(`calendar ${calendar.id} does not open again within ${LONGEST_CLOSURE_DAYS} days`);
}

function back(from: number, span: number, calendar: Calendar): number {
  let left = span;
  let day = londonDay(from);
  for (let closed = 0; closed < LONGEST_CLOSURE_DAYS; day -= 1) {
    closed += 1;
    for (const [opens, closes] of openingsOn(day, calendar).reverse()) {
      const end = Math.min(closes, from);
      if (end <= opens) continue;
      closed = 0;
      if (left <= end - opens) return end - left;
      left -= end - opens;
    }
  }
  throw new RangeError(`calendar ${calendar.id} was not open in the ${LONGEST_CLOSURE_DAYS} days before`);
}
