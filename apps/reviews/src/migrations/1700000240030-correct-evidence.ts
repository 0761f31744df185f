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
ALTER TABLE chronology_item ADD COLUMN corrects uuid UNIQUE REFERENCES chronology_item;
-- An agency corrects what it has told itself, in the same review, and no item twice.
CREATE FUNCTION own_correction() RETURNS trigger LANGUAGE plpgsql SET search_path = reviews, public AS $$
BEGIN
  IF NEW.corrects IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM chronology_item i WHERE i.id = NEW.corrects AND i.review_id = NEW.review_id AND i.org_id = NEW.org_id) THEN
    RAISE EXCEPTION 'only its own evidence is corrected by an agency' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_correction BEFORE INSERT ON chronology_item FOR EACH ROW EXECUTE FUNCTION own_correction();
`;
