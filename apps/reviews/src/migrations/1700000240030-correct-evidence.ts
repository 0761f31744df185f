import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An agency puts right what it has told a review: another item, beside the one that it corrects (decision 45). */
export class CorrectEvidence1700000240030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CORRECTING);
  }

  async down(): Promise<void> {
    throw new Error('evidence of reviews is never migrated away');
  }
}

const CORRECTING = `
-- An agency corrects what it has told itself, in the same review, and no item twice.
ALTER TABLE chronology_item ADD CONSTRAINT chronology_item_whose UNIQUE (id, review_id, org_id);
ALTER TABLE chronology_item ADD COLUMN corrects uuid UNIQUE,
  ADD CONSTRAINT own_correction FOREIGN KEY (corrects, review_id, org_id) REFERENCES chronology_item (id, review_id, org_id);
`;
