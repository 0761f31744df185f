import { IllegalTransition, Invalid, type AssessmentStatus } from '@concordat/contracts';
import type { Banding, Instrument, Packs } from '@concordat/packs';
import { missing, type Content } from './answers';
import type { Practice } from './forum-banding';
import { routesOf, type Route } from './routes';
import { bandingOf, bandOf, scored, type Result } from './scoring';

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
  /**
   * The thresholds that gave the band, whose they are, and for which forum. Null of an instrument without a score; absent of what
   * was completed before forums had their own.
   */
  readonly thresholds?: (Pick<Banding, 'id' | 'version' | 'title' | 'source' | 'thresholds'> & StampedBy) | null;
}
type StampedBy = { readonly setBy: Practice['setBy']; readonly forum: Practice['forum'] | null };

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
  /** For which forum it is made and by its thresholds, as they stood on that day; null where it is for none. */
  readonly practice: Practice | null;
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
 * pack, day, practice and content always give the same result, so an auditor can work it out again.
 */
export function resultOf(
  instrument: Instrument,
  packs: Packs,
  content: Content,
  day: string,
  practice: Practice | null = null,
): StandingResult {
  const banding = practice ? practice.banding : bandingOf(instrument, day);
  const result = scored(instrument, banding, content);
  const routes = routesOf(packs.pathways(), instrument.code, result.score, day);
  if (!banding) return { ...result, routes, thresholds: null };
  const { id, version, title, source, thresholds } = banding;
  const by = { setBy: practice?.setBy ?? ('instrument' as const), forum: practice?.forum ?? null };
  return {
    ...result,
    routes: routes.map((route) => counted(route, banding, result.score, by)),
    thresholds: { ...{ id, version, title, source, thresholds }, ...by },
  };
}

/** A count for the forum that an assessment is made for follows the thresholds which that forum has: its highest band meets it. */
function counted(route: Route, banding: Banding, score: number | null, { setBy, forum }: StampedBy): Route {
  if (setBy === 'instrument' || route.forum !== forum?.kind || score === null) return route;
  const met = bandOf(banding, score) === banding.thresholds.at(-1)?.band;
  return { ...route, rule: `${banding.id}@${banding.version}`, met };
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
  const result = resultOf(instrument, packs, draft.content, draft.rulesOn, draft.practice);
  const version = draft.version + 1;
  return { ...draft, status: 'completed', version, result, pack: packs.version, changedAt: now, completedAt: now };
}
