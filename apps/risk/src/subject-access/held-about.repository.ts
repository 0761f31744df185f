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

/** Assessments of somebody by every agency, the oldest first, those that were superseded among them. */
export const assessmentsAbout = (tx: Tx, personId: string): Promise<HeldAssessment[]> =>
  tx.query<HeldAssessment & Record<string, unknown>>(
    'SELECT id, instrument_hash AS hash, completed_at AS "completedAt", content, result FROM assessments_about($1)',
    [personId],
    'assessments-about',
  );
