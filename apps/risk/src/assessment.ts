import { IllegalTransition, Invalid, type AssessmentStatus } from '@concordat/contracts';
import type { Instrument, Packs } from '@concordat/packs';
import { missing, type Content } from './answers';
import { routesOf, type Route } from './routes';
import { bandingOf, scored, type Result } from './scoring';

/** By which version of which instrument, of which pack. `hash` is that of the instrument's whole text. */
export interface Stamp {
  readonly instrument: string;
  readonly instrumentVersion: number;
  readonly hash: string;
  readonly pack: string;
  /** The agency's own wording that it is asked in; null where it is asked under the neutral labels. */
  readonly wordingId: string | null;
}

/** A result that stands, with the routes of referral that count by it. */
export interface StandingResult extends Result {
  readonly routes: readonly Route[];
}

/** Somebody's risk as it was assessed at one time, by one person, for their agency. */
export interface Assessment extends Stamp {
  readonly id: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly authorId: string;
  readonly status: AssessmentStatus;
  /** Raised by each saving of a draft. A completed one keeps its last. */
  readonly version: number;
  /** The civil day whose rules it follows: that on which it, or the first that it corrects, was begun. */
  readonly rulesOn: string;
  readonly content: Content;
  readonly result: StandingResult | null;
  readonly startedAt: Date;
  readonly changedAt: Date;
  readonly completedAt: Date | null;
  /** The assessment that this one corrects, and why. */
  readonly supersedes: string | null;
  readonly supersedeReason: string | null;
  readonly supersededBy: string | null;
}

/** Throws IllegalTransition once it is completed: what was assessed then is never rewritten. */
export function mustBeDraft({ status }: Pick<Assessment, 'status'>): void {
  if (status !== 'draft')
    throw new IllegalTransition('assessment.completed', 'This is completed. Correct it by another assessment', status);
}

/** Throws IllegalTransition unless it is completed, and not corrected by another already. */
export function mustBeStanding({ status, supersededBy }: Pick<Assessment, 'status' | 'supersededBy'>): void {
  if (status !== 'completed') throw new IllegalTransition('assessment.draft', 'This is not completed yet', status);
  if (supersededBy !== null)
    throw new IllegalTransition(
      'assessment.superseded',
      'Another assessment has taken the place of this one',
      'superseded',
    );
}

/**
 * resultOf works out what an assessment comes to by the rules in force on a civil day, complete or not. Pure: the same instrument,
 * pack, day and content always give the same result, so an auditor can work it out again.
 */
export function resultOf(instrument: Instrument, packs: Packs, content: Content, day: string): StandingResult {
  const result = scored(instrument, bandingOf(instrument, day), content);
  return { ...result, routes: routesOf(packs.pathways(), instrument.code, result.score, day) };
}

/**
 * completed is the assessment as it stands for good.
 * @throws IllegalTransition unless it is a draft
 * @throws Invalid with every answer that it lacks
 */
export function completed(draft: Assessment, instrument: Instrument, packs: Packs, now: Date): Assessment {
  mustBeDraft(draft);
  const problems = missing(instrument, draft.content);
  if (problems.length > 0) throw new Invalid(problems);
  const result = resultOf(instrument, packs, draft.content, draft.rulesOn);
  const version = draft.version + 1;
  return { ...draft, status: 'completed', version, result, pack: packs.version, changedAt: now, completedAt: now };
}
