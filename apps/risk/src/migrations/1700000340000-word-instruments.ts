import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An agency's own licensed wording of an instrument, and which of it an assessment is asked in. */
export class WordInstruments1700000340000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE wording (
  id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  instrument text COLLATE "C" NOT NULL,
  -- The text of the instrument that it words: it is laid over no other.
  instrument_hash text COLLATE "C" NOT NULL REFERENCES instrument_kept,
  version int NOT NULL CHECK (version > 0),
  title text NOT NULL CHECK (title <> ''),
  -- Whose it is and by which licence.
  attribution text NOT NULL CHECK (attribution <> ''),
  texts jsonb NOT NULL,
  loaded_by uuid NOT NULL,
  loaded_at timestamptz NOT NULL,
  removed_by uuid,
  removed_at timestamptz,
  UNIQUE (org_id, instrument, version),
  CHECK ((removed_by IS NULL) = (removed_at IS NULL))
);
ALTER TABLE assessment ADD COLUMN wording_id uuid REFERENCES wording;
-- What was loaded is never changed: assessments are shown as they were asked. That it is asked no more is written beside it.
REVOKE UPDATE, DELETE, TRUNCATE ON wording FROM concordat_risk;
GRANT UPDATE (removed_by, removed_at) ON wording TO concordat_risk;

-- It is the agency's property by a licence of its own, and no other agency's to read in whatever way it asks.
ALTER TABLE wording ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON wording FOR SELECT USING (acting_as('user') AND org_id = acting_org());
CREATE POLICY loaded ON wording FOR INSERT
  WITH CHECK (acting_as('user') AND org_id = acting_org() AND loaded_by = acting_user() AND removed_at IS NULL);
CREATE POLICY removed ON wording FOR UPDATE USING (acting_as('user') AND org_id = acting_org() AND removed_at IS NULL)
  WITH CHECK (org_id = acting_org() AND removed_by = acting_user());
`);
  }

  async down(): Promise<void> {
    throw new Error('assessments are never migrated away');
  }
}
