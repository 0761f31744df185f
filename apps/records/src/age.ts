import type { CivilDay } from '@concordat/clocks';
import type { PersonDetails } from './person';

/** At which age somebody is none of those any more for whom a parent or guardian consents (section 1 of the Family Law Reform Act 1969). */
const OF_AGE = 18;

/** Full years of age on a day; somebody who was born after it is 0. Born on 29 February, a year is full on 1 March. Pure. */
export function ageOn(born: CivilDay, on: CivilDay): number {
  const years = Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0);
  return Math.max(0, years);
}

const PARTS = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/;

/** The last day of a year, a month or a day, as `2009`, `2009-02` or `2009-02-07` names it; null for anything else. */
export function latestDay(text: string): CivilDay | null {
  const [, year, month = '12', day] = PARTS.exec(text) ?? [];
  if (!year) return null;
  if (day) return text;
  const last = new Date(Date.UTC(Number(year), Number(month), 0));
  return last.toISOString().slice(0, 10);
}

/** The first day of the same. */
export function earliestDay(text: string): CivilDay | null {
  const [, year, month = '01', day = '01'] = PARTS.exec(text) ?? [];
  return year ? `${year}-${month}-${day}` : null;
}

/**
 * isMinorOn says whether somebody is under 18 on a civil day, by the dates of birth that are known: by the preferred ones where there
 * are any. Null where that cannot be said: none is known, one is approximate, or the dates, as exactly as they are known, do not agree.
 * An age that was told once is of no day. Pure.
 */
export function isMinorOn({ datesOfBirth = [] }: Pick<PersonDetails, 'datesOfBirth'>, on: CivilDay): boolean | null {
  const preferred = datesOfBirth.filter(({ preferred: is }) => is);
  const counted = preferred.length > 0 ? preferred : datesOfBirth;
  const found = counted.flatMap(({ value, precision }) =>
    [earliestDay(value), latestDay(value)].map((day) =>
      day === null || precision === 'approximate' ? null : ageOn(day, on) < OF_AGE,
    ),
  );
  const [first = null] = found;
  return found.every((each) => each === first) ? first : null;
}
