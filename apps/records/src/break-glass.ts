import { dueAt, type Calendar } from '@concordat/clocks';
import { IllegalTransition, RuleBroken, type FieldProblem } from '@concordat/contracts';

/** What a pack says of opening a case in an emergency, as far as it is decided here. */
export interface GlassRules {
  readonly minutes: number;
  readonly atMostMinutes: number;
  readonly attemptsPerHour: number;
  readonly reviewWithinWorkingDays: number;
  readonly grounds: readonly { readonly code: string }[];
  readonly outcomes: readonly { readonly code: string }[];
}

/** What somebody says who opens a case in an emergency. */
export interface GlassAsked {
  readonly ground: string;
  readonly minutes?: number;
}

const MINUTE_MS = 60_000;

/** askedProblems says what is wrong with what is asked: an unknown ground, or a time that is longer than may be. Pure. */
export function askedProblems({ ground, minutes }: GlassAsked, rules: GlassRules): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!rules.grounds.some((g) => g.code === ground))
    problems.push({ field: 'ground', code: 'not-in-list', message: 'Select why you must see this case now' });
  if (minutes !== undefined && minutes > rules.atMostMinutes)
    problems.push({
      field: 'minutes',
      code: 'too-large',
      message: `This may last ${rules.atMostMinutes} minutes at most`,
    });
  return problems;
}

const HOUR_SECONDS = 3_600;

/**
 * In how many whole seconds somebody may try again who has tried so often within the hour, the oldest of it that long ago; null
 * when they may now. Pure.
 */
export function waitAfter(
  tried: { readonly count: number; readonly oldestSecondsAgo: number },
  rules: GlassRules,
): number | null {
  if (tried.count <= rules.attemptsPerHour) return null;
  return Math.max(1, Math.ceil(HOUR_SECONDS - tried.oldestSecondsAgo));
}

/** When access that begins at `now` ends: after the time asked for, else after the pack's. */
export const endOf = ({ minutes }: GlassAsked, rules: GlassRules, now: Date): Date =>
  new Date(now.getTime() + (minutes ?? rules.minutes) * MINUTE_MS);

/**
 * By when somebody else is to have reviewed an opening at `now`: the end of so many working days on (one, where
 * an agreement's decision in an emergency is reviewed: information-sharing.md §5). Pure.
 */
export const reviewBy = ({ reviewWithinWorkingDays: value }: GlassRules, calendar: Calendar, now: Date): Date =>
  dueAt({ value, unit: 'workingDay', outOfHours: 'run', ifNotWorkingDay: 'keep' }, now, calendar);

/** An emergency opening as far as its review goes. */
export interface Reviewable {
  readonly userId: string;
  readonly reviewedAt: Date | null;
}

/**
 * mustBeReviewable throws unless `reviewer` may record what a review found: it is always somebody else's (acceptance.md §8),
 * and it is found once. The review need not wait for the end of the access. Pure.
 */
export function mustBeReviewable(use: Reviewable, reviewer: string): void {
  if (use.userId === reviewer) throw new RuleBroken('glass.own', 'Somebody else must review what you opened yourself');
  if (use.reviewedAt !== null) throw new IllegalTransition('glass.reviewed', 'This is reviewed already', 'reviewed');
}
