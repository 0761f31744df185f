import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a central body asks of each review, captured once (decision 45). */
export class KeepReviewData1700000240020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DATA);
  }

  async down(): Promise<void> {
    throw new Error('data of reviews are never migrated away');
  }
}

const DATA = `
-- Only added to: of each group and person the entry with the highest number is in force.
CREATE TABLE review_data (
  review_id uuid NOT NULL REFERENCES review,
  number int NOT NULL,
  form text COLLATE "C" NOT NULL,
  form_version int NOT NULL,
  group_code text COLLATE "C" NOT NULL,
  ordinal int NOT NULL CHECK (ordinal BETWEEN 1 AND 20),
  answers jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (review_id, number)
);
REVOKE UPDATE, DELETE, TRUNCATE ON review_data FROM concordat_reviews;
-- Narrower than the review: its coordinators, chair, deputies and author.
ALTER TABLE review_data ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON review_data FOR SELECT USING (drafts(review_id));
CREATE POLICY added ON review_data FOR INSERT WITH CHECK (drafts(review_id));
`;
