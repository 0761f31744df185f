import type { Tx } from '@concordat/messaging';
import type { Content } from '../answers';
import type { StandingResult } from '../assessment';

export interface HeldAssessment {
  readonly id: string;
  readonly hash: string;
  readonly completedAt: Date;
  readonly content: Content;
  readonly result: StandingResult;
}

/** A referral to a forum, and what was said of it at one meeting. */
export interface HeldConference {
  /** Of the case on the agenda, or of the referral while it waits. */
  readonly id: string;
  readonly at: Date;
  readonly title: string;
  readonly heldOn: string | null;
  readonly criteria: readonly { readonly evidence: string }[];
  readonly consent: { readonly reason: string | null };
  readonly harm: string | null;
  readonly contributory: string | null;
  readonly protective: string | null;
  readonly rationale: string | null;
  readonly research: readonly string[] | null;
  readonly actions: readonly string[] | null;
}

/** What forums hold about somebody as the person a case is about, or as a child in it; never as the alleged perpetrator. */
export const conferencesAbout = (tx: Tx, personId: string): Promise<HeldConference[]> =>
  tx.query<HeldConference & Record<string, unknown>>(
    `SELECT id, at, title, held_on::text AS "heldOn", criteria, consent, harm, contributory, protective, rationale, research, actions
       FROM conferences_about($1)`,
    [personId],
    'conferences-about',
  );

/** What was said of referrals of somebody when they were returned, not accepted or challenged. */
export interface HeldStep {
  readonly title: string;
  readonly at: Date;
  readonly words: string;
  readonly advice: string | null;
}
export const referralStepsAbout = (tx: Tx, personId: string): Promise<HeldStep[]> =>
  tx.query<HeldStep & Record<string, unknown>>(
    'SELECT title, at, words, advice FROM referral_steps_about($1)',
    [personId],
    'referral-steps-about',
  );

/** What was answered about somebody for the figures of a forum, by referral. */
export interface HeldCharacteristics {
  readonly id: string;
  readonly at: Date;
  readonly title: string;
  readonly answers: Readonly<Record<string, string>>;
}
export const characteristicsAbout = (tx: Tx, personId: string): Promise<HeldCharacteristics[]> =>
  tx.query<HeldCharacteristics & Record<string, unknown>>(
    'SELECT id, at, title, answers FROM characteristics_about($1)',
    [personId],
    'characteristics-about',
  );

/** Assessments of somebody by every agency, the oldest first, those that were superseded among them. */
export const assessmentsAbout = (tx: Tx, personId: string): Promise<HeldAssessment[]> =>
  tx.query<HeldAssessment & Record<string, unknown>>(
    'SELECT id, instrument_hash AS hash, completed_at AS "completedAt", content, result FROM assessments_about($1)',
    [personId],
    'assessments-about',
  );
