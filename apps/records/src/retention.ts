import { addMonths, type CivilDay } from '@concordat/clocks';
import { IllegalTransition, RuleBroken, type FieldProblem, type RetentionTrigger } from '@concordat/contracts';
import { ageOn, latestDay } from './age';
import type { PersonDetails } from './person';

/** A rule of retention, as far as it decides an end. */
export interface KeepingRule {
  readonly id: string;
  readonly version: number;
  readonly trigger: RetentionTrigger;
  /** ISO 8601, in years or months. */
  readonly period: string;
  /** The kinds of cases that it is for; all unless said. */
  readonly kinds?: readonly string[];
  /** For whoever was of this age at the last involvement. */
  readonly ages?: { readonly from: number; readonly to: number };
}

/** Of somebody in a case, what decides how long it is kept. */
export interface KeptPerson extends Pick<PersonDetails, 'datesOfBirth' | 'ageYears' | 'deceased'> {
  readonly roles: readonly string[];
}

/** What decides how long a case is kept. Days as YYYY-MM-DD in London. */
export interface CaseFacts {
  readonly kind: string;
  readonly openedOn: CivilDay;
  /** When anything was last added to it. */
  readonly lastInvolvement: CivilDay;
  readonly people: readonly KeptPerson[];
}

/** When a rule ends the keeping of a case. `assumed`: counted from a day that is not known, so that it is kept longer. */
export interface End {
  readonly rule: string;
  readonly version: number;
  readonly trigger: RetentionTrigger;
  readonly from: CivilDay;
  readonly on: CivilDay;
  readonly assumed: boolean;
}

interface Start {
  readonly from: CivilDay;
  readonly assumed: boolean;
}

/**
 * endsOf calculates when each rule that applies ends the keeping of a case: the longest first, which is the one that is
 * followed (domain/information-sharing.md §8, conflict LONGEST). Of somebody whose birth or death is known to the year or
 * the month only, the last day of it counts; a child of unknown birth counts as born as late as what is known allows.
 * `rules` are those in force; at least one of them counts from the last involvement. Pure.
 */
export function endsOf(facts: CaseFacts, rules: readonly KeepingRule[]): End[] {
  return rules
    .filter(({ kinds }) => kinds === undefined || kinds.includes(facts.kind))
    .flatMap((rule) =>
      startsOf(facts, rule).map((start) => ({
        ...{ rule: rule.id, version: rule.version, trigger: rule.trigger, ...start },
        on: addMonths(start.from, monthsOf(rule.period)),
      })),
    )
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

function startsOf(facts: CaseFacts, { trigger, ages }: KeepingRule): Start[] {
  switch (trigger) {
    case 'last-involvement':
      return [{ from: facts.lastInvolvement, assumed: false }];
    case 'subject-death':
      return facts.people.flatMap((p) => (p.roles.includes('subject') ? deathOf(p, facts) : []));
    case 'subject-birth':
      return facts.people.flatMap((p) => birthOf(p, facts)).filter((b) => isOfAge(b.from, facts.lastInvolvement, ages));
  }
}

function deathOf({ deceased }: KeptPerson, { lastInvolvement }: CaseFacts): Start[] {
  if (deceased?.answer !== 'yes') return [];
  const on = deceased.on ? latestDay(deceased.on) : null;
  return [{ from: on ?? lastInvolvement, assumed: on === null }];
}

/** When somebody was born, at the latest. Of an adult whose birth nobody knows nothing follows from it. */
function birthOf({ roles, datesOfBirth, ageYears }: KeptPerson, { openedOn }: CaseFacts): Start[] {
  const known = (datesOfBirth ?? []).flatMap((b) => latestDay(b.value) ?? []).sort();
  const last = known.at(-1);
  if (last !== undefined) return [{ from: last, assumed: false }];
  const years = ageYears ?? (roles.includes('child') ? 0 : null);
  return years === null ? [] : [{ from: addMonths(openedOn, -12 * years), assumed: true }];
}

const isOfAge = (born: CivilDay, on: CivilDay, ages: KeepingRule['ages']): boolean => {
  const age = ageOn(born, on);
  return age >= (ages?.from ?? 0) && age <= (ages?.to ?? 17);
};

function monthsOf(period: string): number {
  const [, count, unit] = /^P(\d+)([YM])$/.exec(period) ?? [];
  if (!count) throw new RangeError(`not a period of years or months: ${period}`);
  return Number(count) * (unit === 'Y' ? 12 : 1);
}

/** Where the keeping of a case stands. */
export interface Keeping {
  readonly state: 'kept' | 'proposed' | 'confirmed';
  readonly dueOn: CivilDay;
  /** Holds that nobody has released. */
  readonly holds: number;
  /** The moratorium that its kind is under. */
  readonly moratorium: string | null;
  readonly proposedBy: string | null;
}

/** mustBeErasable throws unless nothing stands in the way of erasing a case: its time is up, and nothing keeps it. Pure. */
export function mustBeErasable({ dueOn, holds, moratorium }: Keeping, today: CivilDay): void {
  const state = why({ dueOn, holds, moratorium }, today);
  if (state === 'moratorium')
    throw new IllegalTransition('retention.moratorium', 'Records of this kind are not destroyed for now', state);
  if (state === 'held') throw new IllegalTransition('retention.held', 'This case is on hold and must be kept', state);
  if (state === 'kept') throw new IllegalTransition('retention.not-due', 'This case is to be kept for longer', state);
}

/** What keeps a case from being erased; null when nothing does. Pure. */
export function why(
  { dueOn, holds, moratorium }: Pick<Keeping, 'dueOn' | 'holds' | 'moratorium'>,
  today: CivilDay,
): 'moratorium' | 'held' | 'kept' | null {
  if (moratorium !== null) return 'moratorium';
  if (holds > 0) return 'held';
  return dueOn > today ? 'kept' : null;
}

/** Throws unless the keeping of a case is in this state. */
export function mustBe(keeping: Keeping, state: Keeping['state']): void {
  if (keeping.state === state) return;
  const found = { kept: 'Nobody has proposed to erase this case', proposed: 'It is proposed to erase this case' };
  const message = keeping.state === 'confirmed' ? 'It is decided that this case is erased' : found[keeping.state];
  throw new IllegalTransition('retention.state', message, keeping.state);
}

/** Throws unless `confirmer` may confirm what was proposed: erasing takes two people. Pure. */
export function mustBeSecond({ proposedBy }: Keeping, confirmer: string): void {
  if (proposedBy === confirmer)
    throw new RuleBroken('retention.own', 'Somebody else must confirm what you proposed yourself');
}

/** What is wrong with the day until which a case is to be kept: it lies ahead, and not too far. Pure. */
export function untilProblems(
  until: CivilDay,
  { today, latest }: { today: CivilDay; latest: CivilDay },
): FieldProblem[] {
  if (until <= today) return [{ field: 'until', code: 'past', message: 'Enter a date that is still to come' }];
  if (until > latest) return [{ field: 'until', code: 'too-late', message: 'Enter a date that is not so far ahead' }];
  return [];
}
