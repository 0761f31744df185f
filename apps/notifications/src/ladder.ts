import { dueAt, isWorkingDay, type Calendar, civilDate, startOfDay } from '@concordat/clocks';
import type { DeadlineLadders, Ladder, Rung } from '@concordat/packs';

/** A rung of a ladder with the instant from which it is told. */
export interface TimedRung extends Pick<Rung, 'to' | 'roles' | 'evenIfAcknowledged'> {
  readonly at: Date;
}

const DAY_MS = 86_400_000;

/**
 * rungsOf resolves a ladder for one deadline: when each rung is told, in order of time. Working days are those of the calendar,
 * and nobody is told in quiet hours or on a day that is none, unless the ladder says so. What would have been told before the
 * deadline was known of is left out, but for the last of that: who owns it is to hear of it at all. Pure; instants in UTC.
 */
export function rungsOf(
  ladder: Ladder,
  due: Date,
  known: Date,
  rules: Pick<DeadlineLadders, 'quiet'>,
  calendar: Calendar,
) {
  const timed = ladder.rungs
    .map(({ to, roles, evenIfAcknowledged, ...after }): TimedRung => {
      const rule = { ...after, outOfHours: 'run', ifNotWorkingDay: 'keep' } as const;
      const at = after.value === 0 ? due : dueAt(rule, due, calendar);
      return { to, roles, evenIfAcknowledged, at: ladder.atAnyHour ? at : outOfQuiet(at, rules.quiet, calendar) };
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const past = timed.filter(({ at }) => at <= known).length;
  return timed.slice(Math.max(0, past - 1));
}

/** outOfQuiet is `at` itself, or the end of the quiet hours on the next working day, by London's time. Pure. */
export function outOfQuiet(at: Date, quiet: DeadlineLadders['quiet'], calendar: Calendar): Date {
  const day = civilDate(at);
  const time = londonTime(at);
  if (isWorkingDay(day, calendar) && time >= quiet.to && time < quiet.from) return at;
  let next = time < quiet.to ? day : nextDay(day);
  while (!isWorkingDay(next, calendar)) next = nextDay(next);
  const [hours = 0, minutes = 0] = quiet.to.split(':').map(Number);
  // By elapsed time from noon, which no change of the clocks comes between.
  const noon = startOfDay(next).getTime() + DAY_MS / 2;
  const drift = (minutesOf(londonTime(new Date(noon))) - 12 * 60) * 60_000;
  return new Date(noon - drift - (12 * 60 - hours * 60 - minutes) * 60_000);
}

const TIME = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const londonTime = (at: Date): string => TIME.format(at);
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}
