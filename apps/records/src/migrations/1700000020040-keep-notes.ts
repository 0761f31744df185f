import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notes on a case, and whom they mention. */
export class KeepNotes1700000020040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE case_note (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  text text NOT NULL,
  mentions uuid[] NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX case_note_case ON case_note (case_id, at DESC, id DESC);

-- Whom a note is to be shown to in their work, until they have seen it.
CREATE TABLE note_mention (
  note_id uuid NOT NULL REFERENCES case_note,
  user_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  at timestamptz NOT NULL,
  seen_at timestamptz,
  PRIMARY KEY (note_id, user_id)
);
CREATE INDEX note_mention_unseen ON note_mention (user_id, at DESC) WHERE seen_at IS NULL;
`;

/** A mention is its reader's alone, and only as long as their organisation reads the case. */
const WALL = `
ALTER TABLE case_note ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_note FOR SELECT
  USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
CREATE POLICY add ON case_note FOR INSERT
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
ALTER TABLE note_mention ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON note_mention FOR ALL USING (current_setting('concordat.scope', true) = 'system'
    OR (user_id = nullif(current_setting('concordat.user', true), '')::uuid AND reads_case(case_id)))
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id) OR reads_case(case_id));
`;
