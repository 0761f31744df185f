import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditedReviews, PARTS } from './1700000195000-audit-reviews';
import { EVIDENCE_PARTS } from './1700000228000-keep-evidence';

/** Letters to those who apply for an ASB case review, their appeals, and the end of keeping applications (decision 45). */
export class AnswerApplicants1700000240000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LETTERS);
    await runner.query(KEEPING);
    await runner.query(auditedReviews({ ...PARTS, ...EVIDENCE_PARTS, ...APPEAL_PARTS }, 'CREATE OR REPLACE'));
  }

  async down(): Promise<void> {
    throw new Error('letters and applications are never migrated away');
  }
}

/** Codes, dates and numbers that auditors see beside the others. */
export const APPEAL_PARTS = {
  appeals: ['id', 'number', 'round', 'against', 'receivedOn', 'by', 'at'],
  appealDecisions: ['appeal', 'result', 'decidedOn', 'by', 'at'],
  outcomeLetters: ['id', 'number', 'round', 'about', 'by', 'at'],
  letterSendings: ['letter', 'sentOn', 'by', 'at'],
};

const LETTERS = `
-- What a letter to an applicant says. The letter itself is a file of the review, which is looked through and released.
CREATE TABLE outcome_letter (
  id uuid PRIMARY KEY REFERENCES release_file,
  review_id uuid NOT NULL REFERENCES review,
  words jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX outcome_letter_review ON outcome_letter (review_id);
REVOKE UPDATE, DELETE, TRUNCATE ON outcome_letter FROM concordat_reviews;
ALTER TABLE outcome_letter ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON outcome_letter FOR SELECT USING (drafts(review_id));
CREATE POLICY added ON outcome_letter FOR INSERT WITH CHECK (drafts(review_id));
`;

const KEEPING = `
ALTER TABLE asb_application ADD COLUMN settled_at timestamptz, ADD COLUMN erased_at timestamptz;
CREATE INDEX asb_application_settled ON asb_application (owner_org, received_at, id) WHERE review_id IS NOT NULL OR set_aside IS NOT NULL;
GRANT UPDATE (document, settled_at, erased_at) ON asb_application TO concordat_reviews;
-- What was sent is still never changed: it can only be emptied, once, after it was settled.
CREATE FUNCTION only_erased() RETURNS trigger LANGUAGE plpgsql SET search_path = reviews, public AS $$
BEGIN
  IF NEW.document <> OLD.document AND (NEW.document <> '{}' OR NEW.erased_at IS NULL OR OLD.erased_at IS NOT NULL
      OR (OLD.review_id IS NULL AND OLD.set_aside IS NULL)) THEN
    RAISE EXCEPTION 'an application is not changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_erased BEFORE UPDATE ON asb_application FOR EACH ROW EXECUTE FUNCTION only_erased();
`;
