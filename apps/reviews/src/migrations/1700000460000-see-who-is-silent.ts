import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditedReviews, PARTS } from './1700000195000-audit-reviews';
import { EVIDENCE_PARTS } from './1700000228000-keep-evidence';
import { APPEAL_PARTS } from './1700000240000-answer-applicants';

/** Auditors see who was asked what they know, who did not answer, and what was done about it (decision 70). */
export class SeeWhoIsSilent1700000460000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const parts = { ...PARTS, ...EVIDENCE_PARTS, ...APPEAL_PARTS, ...SILENCE_PARTS };
    await runner.query(auditedReviews(parts, 'CREATE OR REPLACE'));
  }

  async down(): Promise<void> {
    throw new Error('reviews are never migrated away');
  }
}

/** Codes, dates and numbers that auditors see beside the others. */
const SILENCE_PARTS = {
  scoping: ['id', 'round', 'orgId', 'askedOn', 'dueOn', 'by', 'at'],
  returns: ['requestId', 'answer', 'on', 'by', 'at'],
  scopingSteps: ['requestId', 'move', 'on', 'by', 'at'],
  // Whether a contact was made against a wish of the family, and not why.
  family: [...EVIDENCE_PARTS.family, 'against'],
};
