import { anchorEvents, type Clock, measures, type Threshold, units, type Versioned } from './rules';
import { checked, code, day, flag, oneOf, refersTo, record, type Shape, text, whole } from './shapes';

/** The parts that every document shares. */
export const provenance = { version: whole(1, 9999), effectiveFrom: day, source: text, verified: flag };

/** What stands behind a time limit or a duty. */
export const force = oneOf(['law', 'guidance', 'local', 'unverified']);

const rule = { id: code, forum: refersTo('forum'), ...provenance };
const until = { effectiveTo: day };
const MOST_UNITS = 10_000;

/** A clock; combinations that mean nothing are refused rather than ignored. */
export const clock: Shape<Clock> = registered(
  checked(
    record(
      {
        ...rule,
        measures: oneOf(measures),
        anchorEvent: oneOf(anchorEvents),
        value: whole(-MOST_UNITS, MOST_UNITS),
        unit: oneOf(units),
        calendarId: refersTo('calendar'),
        outOfHours: oneOf(['run', 'pause']),
        ifNotWorkingDay: oneOf(['keep', 'previous', 'next']),
      },
      until,
    ),
    ({ unit, value, outOfHours, ifNotWorkingDay }) => {
      const hours = unit === 'minute' || unit === 'hour' || unit === 'workingHour';
      if (value === 0) return 'a clock of 0 units measures nothing';
      if (unit === 'workingHour' && outOfHours === 'run') return 'working hours cannot run out of hours: use pause';
      if (!hours && outOfHours === 'pause') return `a clock in ${unit}s cannot pause out of hours: use run`;
      if (hours && ifNotWorkingDay !== 'keep') return `a clock in ${unit}s cannot move to a working day: use keep`;
      return undefined;
    },
  ),
);

/** A threshold of an instrument. */
export const threshold: Shape<Threshold> = registered(
  record(
    {
      ...rule,
      instrument: code,
      measure: text,
      operator: oneOf(['>', '>=']),
      value: whole(0, MOST_UNITS),
      result: code,
    },
    until,
  ),
);

/** registered: each rule read is remembered with its place, so that its versions can be compared across the pack. */
export function registered<R extends Versioned>(shape: Shape<R>): Shape<R> {
  return (node, spot) => {
    const read = shape(node, spot);
    if (read === undefined) return undefined;
    if (read.effectiveTo !== undefined && read.effectiveTo < read.effectiveFrom) {
      return spot.report('effectiveTo is before effectiveFrom');
    }
    spot.reading.define(['rule version'], `${read.id} ${read.version}`, spot.finding(''));
    spot.reading.rules.push({ rule: read, at: spot.finding('') });
    return read;
  };
}
