import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditedReviews, PARTS } from './1700000195000-audit-reviews';

/** The family log, and the combined chronology with what it was frozen as (decision 42). */
export class KeepEvidence1700000228000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FAMILY);
    await runner.query(CHRONOLOGY);
    await runner.query(auditedReviews({ ...PARTS, ...EVIDENCE_PARTS }, 'CREATE OR REPLACE'));
  }

  async down(): Promise<void> {
    throw new Error('evidence of reviews is never migrated away');
  }
}

/** Codes, dates and numbers that auditors see beside the others. */
export const EVIDENCE_PARTS = {
  family: ['id', 'round', 'topic', 'outcome', 'on', 'by', 'at'],
  submissions: ['number', 'round', 'sentOn', 'by', 'at'],
  chronologies: ['number', 'round', 'items', 'changes', 'by', 'at'],
};

const FAMILY = `
-- Somebody of the family. A changed entry is another row with a higher number.
CREATE TABLE family_person (
  id uuid NOT NULL,
  number int NOT NULL,
  review_id uuid NOT NULL REFERENCES review,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (id, number)
);
CREATE INDEX family_person_review ON family_person (review_id);
CREATE TABLE family_contact (
  id uuid PRIMARY KEY,
  review_id uuid NOT NULL REFERENCES review,
  person_id uuid,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX family_contact_review ON family_contact (review_id);
REVOKE UPDATE, DELETE, TRUNCATE ON family_person, family_contact FROM concordat_reviews;
-- Narrower than the review: its coordinators, chair, deputies and author.
ALTER TABLE family_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON family_person FOR SELECT USING (drafts(review_id));
CREATE POLICY added ON family_person FOR INSERT WITH CHECK (drafts(review_id));
ALTER TABLE family_contact ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON family_contact FOR SELECT USING (drafts(review_id));
CREATE POLICY added ON family_contact FOR INSERT WITH CHECK (drafts(review_id));
`;

const CHRONOLOGY = `
-- What an agency tells a review. What another agency tells is here only with the decision that let it in.
CREATE TABLE chronology_item (
  id uuid PRIMARY KEY,
  review_id uuid NOT NULL REFERENCES review,
  number int NOT NULL,
  org_id uuid NOT NULL,
  record jsonb NOT NULL,
  decision_id uuid,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (review_id, number)
);
CREATE FUNCTION permitted_evidence() RETURNS trigger LANGUAGE plpgsql SET search_path = reviews, public AS $$
BEGIN
  IF NEW.decision_id IS NULL AND NOT EXISTS (SELECT 1 FROM review r WHERE r.id = NEW.review_id AND r.owner_org = NEW.org_id) THEN
    RAISE EXCEPTION 'evidence of another agency needs a decision' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER permitted BEFORE INSERT ON chronology_item FOR EACH ROW EXECUTE FUNCTION permitted_evidence();
-- Two items are about one event, as somebody found. Both stay.
CREATE TABLE chronology_same (
  review_id uuid NOT NULL REFERENCES review,
  one uuid NOT NULL REFERENCES chronology_item,
  other uuid NOT NULL REFERENCES chronology_item,
  why text NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (review_id, one, other)
);
CREATE TABLE chronology_version (
  review_id uuid NOT NULL REFERENCES review,
  number int NOT NULL,
  items jsonb NOT NULL,
  same jsonb NOT NULL,
  digest text NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (review_id, number)
);
REVOKE UPDATE, DELETE, TRUNCATE ON chronology_item, chronology_same, chronology_version FROM concordat_reviews;
-- Seen by whoever sees the review, as far as sharing lets their agency; each tells for the agency that they act for.
ALTER TABLE chronology_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON chronology_item FOR SELECT USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
CREATE POLICY told ON chronology_item FOR INSERT
  WITH CHECK (org_id = acting_org() AND EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
ALTER TABLE chronology_same ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON chronology_same FOR SELECT USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
CREATE POLICY drafting ON chronology_same FOR INSERT WITH CHECK (drafts(review_id));
ALTER TABLE chronology_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON chronology_version FOR SELECT USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
CREATE POLICY frozen ON chronology_version FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id AND coordinates(r.owner_org)));
`;
