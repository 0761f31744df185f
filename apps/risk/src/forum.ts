import { addDays, civilDate, dueAt, type Calendar, type CivilDay } from '@concordat/clocks';
import type { FieldProblem } from '@concordat/contracts';
import type { ForumKind } from '@concordat/packs';
import type { ForumBanding } from './forum-banding';
import type { RepeatPractice } from './repeat';

/** An agency that sits on a forum, and who of it may: nobody else of the agency sees a meeting. */
export interface ForumMember {
  readonly orgId: string;
  readonly people: readonly string[];
}

/** What a place sets for its forum. Each change is a version of its own, and a meeting keeps the one that it was planned by. */
export interface ForumSettings {
  readonly title: string;
  readonly members: readonly ForumMember[];
  /** More than one chair each together or in turn. Of the people of its members, as coordinators are. */
  readonly chairs: readonly string[];
  readonly coordinators: readonly string[];
  /** An iCalendar recurrence: monthly on the nth weekday, or every so many weeks. */
  readonly cadence: string;
  /** London time, `09:30`. */
  readonly startsAt: string;
  readonly place: string;
  /** How many civil days before the meeting referrals close, and research has to be back. */
  readonly cutOffDays: number;
  readonly researchDays: number;
  readonly timeBoxMinutes: number;
  /** How many agencies must have signed before a case is opened. */
  readonly quorum: number;
  /** The member that speaks with the person harmed before a meeting, where the kind knows an advocate. */
  readonly advocateOrg?: string;
  /** Of the pack: whose population its rates are measured against. Without one it has no rates. */
  readonly area?: string;
  /** Thresholds of instruments, where they are not those that the pack gives its kind. */
  readonly bandings?: readonly ForumBanding[];
  /** Null where the kind knows no repeat. */
  readonly repeat: { readonly definition: 'older' | 'current'; readonly anchor: RepeatPractice['anchor'] } | null;
}

export interface Forum extends ForumSettings {
  readonly id: string;
  readonly version: number;
  /** Code of its kind in the pack. */
  readonly kind: string;
  /** The agency that keeps it. */
  readonly leadOrg: string;
}

export const isChair = (forum: Pick<Forum, 'chairs'>, userId: string): boolean => forum.chairs.includes(userId);
/** Chairs and coordinators lead a meeting: they order its agenda and take its notes. */
export const leads = (forum: Pick<Forum, 'chairs' | 'coordinators'>, userId: string): boolean =>
  isChair(forum, userId) || forum.coordinators.includes(userId);

/** Whether somebody is named in a forum for an agency. */
export const sitsOn = ({ members }: Pick<Forum, 'members'>, userId: string, orgId: string | null): boolean =>
  members.some((member) => member.orgId === orgId && member.people.includes(userId));

/** Who is named in a forum, and for which agencies, as events tell it. */
export const named = ({ members }: Pick<Forum, 'members'>): { people: string[]; orgs: string[] } => ({
  people: [...new Set(members.flatMap(({ people }) => people))],
  orgs: members.map(({ orgId }) => orgId),
});

/** Agencies of those who chair or coordinate it. */
export const leadOrgs = (forum: Pick<Forum, 'members' | 'chairs' | 'coordinators'>): string[] =>
  forum.members.filter(({ people }) => people.some((id) => leads(forum, id))).map(({ orgId }) => orgId);

/** Whether agencies that chair and that coordinate a forum are among these that look into a case: otherwise nobody could hear it. */
export function leadIn(
  forum: Pick<Forum, 'members' | 'chairs' | 'coordinators'>,
  agencies: readonly string[],
): boolean {
  const inCase = forum.members.filter(({ orgId }) => agencies.includes(orgId)).flatMap(({ people }) => people);
  return [forum.chairs, forum.coordinators].every((some) => some.some((id) => inCase.includes(id)));
}

/** Everything wrong with what a place sets, as pairs of field and what to do. Pure. */
export function wrongSettings(
  settings: ForumSettings,
  kind: ForumKind,
  areas: readonly string[],
): { field: string; message: string }[] {
  const people = new Set(settings.members.flatMap((each) => each.people));
  const orgs = new Set(settings.members.map((each) => each.orgId));
  const found: { field: string; message: string }[] = [];
  const wrong = (is: boolean, field: string, message: string): void => void (is && found.push({ field, message }));
  wrong(orgs.size < settings.members.length, 'members', 'Name each agency once');
  wrong(
    settings.members.some((each) => each.people.length === 0),
    'members',
    'Name somebody of each agency',
  );
  wrong(settings.chairs.length === 0, 'chairs', 'Name at least one chair');
  wrong(settings.coordinators.length === 0, 'coordinators', 'Name at least one coordinator');
  for (const field of ['chairs', 'coordinators'] as const)
    wrong(!settings[field].every((id) => people.has(id)), field, 'Choose among the people of its agencies');
  wrong(settings.quorum > orgs.size, 'quorum', 'More agencies than sit on it can never be there');
  wrong(
    readCadence(settings.cadence) === null,
    'cadence',
    'Enter a monthly or weekly recurrence, like FREQ=MONTHLY;BYDAY=3WE',
  );
  wrong(settings.researchDays > settings.cutOffDays, 'researchDays', 'Research cannot be due before referrals close');
  wrong(
    (settings.repeat === null) !== (kind.repeat === undefined),
    'repeat',
    'Set what a repeat is where the kind of forum knows one, and only there',
  );
  wrong(
    settings.area !== undefined && !areas.includes(settings.area),
    'area',
    'Choose an area whose population is known',
  );
  wrong(
    settings.advocateOrg !== undefined && (!kind.advocate || !orgs.has(settings.advocateOrg)),
    'advocateOrg',
    'Choose among its agencies, where this kind of forum knows an advocate',
  );
  wrong(
    settings.timeBoxMinutes > kind.timeBox.most,
    'timeBoxMinutes',
    `A case is discussed for ${kind.timeBox.most} minutes at most`,
  );
  return found;
}

/** What a forum understands by a repeat; null where its kind knows none. */
export const repeatPracticeOf = ({ repeat }: ForumSettings, kind: ForumKind): RepeatPractice | null =>
  repeat && kind.repeat ? { ...repeat, months: kind.repeat.months } : null;

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
type Cadence = { readonly weekday: number } & ({ readonly nth: number } | { readonly everyWeeks: number });

/** A recurrence as far as forums use it (RFC 5545 §3.3.10); null for any other. */
export function readCadence(rule: string): Cadence | null {
  const monthly = /^FREQ=MONTHLY;BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU)$/.exec(rule);
  if (monthly) return { nth: Number(monthly[1]), weekday: WEEKDAYS.indexOf(monthly[2]!) };
  const weekly = /^FREQ=WEEKLY(?:;INTERVAL=([1-9]|1\d|2[0-6]))?;BYDAY=(MO|TU|WE|TH|FR|SA|SU)$/.exec(rule);
  return weekly && { everyWeeks: Number(weekly[1] ?? 1), weekday: WEEKDAYS.indexOf(weekly[2]!) };
}

/**
 * nextDay is the first day after `after` on which a forum meets by its recurrence; a weekly one counts from the last meeting.
 * Null for a recurrence that is none. Pure.
 */
export function nextDay(rule: string, after: CivilDay, last: CivilDay | null): CivilDay | null {
  const cadence = readCadence(rule);
  if (!cadence) return null;
  for (let day = addDays(after, 1), tries = 0; tries < 400; tries++, day = addDays(day, 1)) {
    if (weekdayOf(day) !== cadence.weekday) continue;
    if ('nth' in cadence ? isNth(day, cadence.nth) : !last || daysBetween(last, day) >= cadence.everyWeeks * 7)
      return day;
  }
  return null;
}

const asDate = (day: CivilDay): Date => new Date(`${day}T00:00:00Z`);
const weekdayOf = (day: CivilDay): number => (asDate(day).getUTCDay() + 6) % 7;
const daysBetween = (from: CivilDay, to: CivilDay): number =>
  (asDate(to).getTime() - asDate(from).getTime()) / 86_400_000;
const isNth = (day: CivilDay, nth: number): boolean =>
  nth < 0 ? addDays(day, 7).slice(0, 7) !== day.slice(0, 7) : Math.ceil(Number(day.slice(8)) / 7) === nth;

/** Days for which a meeting can be planned from today: a year further on is a year that was mistyped. */
const AHEAD = 731;
/** What is wrong with a day on which a meeting is to be held, or null. Pure. */
export function wrongDay(heldOn: CivilDay, today: CivilDay): FieldProblem | null {
  const wrong = (code: string, message: string) => ({ field: 'heldOn', code, message });
  if (heldOn < today) return wrong('in-the-past', 'A meeting cannot be planned for a day that is over');
  if (heldOn > addDays(today, AHEAD)) return wrong('too-far', 'Check the year: this is more than two years away');
  return null;
}

/** The civil days by which things have to be done for a meeting. Pure. */
export function daysOf(
  settings: Pick<ForumSettings, 'cutOffDays' | 'researchDays'>,
  kind: ForumKind,
  heldOn: CivilDay,
  calendarOf: (id: string) => Calendar | undefined,
): { readonly cutOffOn: CivilDay; readonly researchBy: CivilDay; readonly minutesBy: CivilDay | null } {
  const { minutesWithin } = kind;
  const calendar = minutesWithin && calendarOf(minutesWithin.calendarId);
  const clock = { unit: 'workingDay', outOfHours: 'run', ifNotWorkingDay: 'keep' } as const;
  return {
    cutOffOn: addDays(heldOn, -settings.cutOffDays),
    researchBy: addDays(heldOn, -settings.researchDays),
    minutesBy:
      minutesWithin && calendar
        ? // The last instant in time is 23:59:59.999 in London, whose civil day is the one that counts.
          civilDate(dueAt({ ...clock, value: minutesWithin.workingDays }, new Date(`${heldOn}T12:00:00Z`), calendar))
        : null,
  };
}
