import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files from other systems: what a dry run found in each row, and what became of it. */
export class ImportRecords1700000130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE import_work (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('checked', 'running', 'done', 'lapsed')),
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  made_at timestamptz NOT NULL,
  started_at timestamptz,
  done_at timestamptz,
  -- Until when somebody is at it; afterwards another may go on.
  claimed_until timestamptz
);
CREATE INDEX import_work_mine ON import_work (user_id, made_at DESC);
CREATE INDEX import_work_open ON import_work (made_at) WHERE state IN ('checked', 'running');
CREATE TABLE import_row (
  import_id uuid NOT NULL REFERENCES import_work,
  -- The row as a spreadsheet counts it.
  row_number int NOT NULL,
  case_id uuid REFERENCES case_file,
  entry_id uuid,
  state text NOT NULL CHECK (state IN ('ready', 'wrong', 'added', 'unchanged', 'refused')),
  -- What is wrong, by column; never what stands there.
  problems jsonb NOT NULL DEFAULT '[]',
  -- What is to be added. It goes once the row has been dealt with: from then on the entry says it.
  content jsonb,
  code text,
  PRIMARY KEY (import_id, row_number),
  CHECK (content IS NULL OR state = 'ready')
);
CREATE INDEX import_row_case ON import_row (case_id);
ALTER TABLE import_work ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON import_work USING (current_setting('concordat.scope', true) = 'system'
  OR (user_id = acting_user() AND org_id = acting_org()));
ALTER TABLE import_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON import_row USING (current_setting('concordat.scope', true) = 'system'
  OR import_id IN (SELECT w.id FROM import_work w WHERE w.user_id = acting_user() AND w.org_id = acting_org()));
`;
