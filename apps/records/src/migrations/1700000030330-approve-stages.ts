import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Approval of stages of cases: what was asked by whom, and the one answer. */
export class ApproveStages1700000030330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLE = `
CREATE TABLE case_approval (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  case_id uuid NOT NULL REFERENCES case_file,
  stage text NOT NULL,
  state text NOT NULL CHECK (state IN ('requested', 'approved', 'rejected')),
  requested_by uuid NOT NULL,
  requested_org uuid NOT NULL,
  requested_at timestamptz NOT NULL,
  comment text NOT NULL,
  answered_by uuid,
  answered_at timestamptz,
  answer_comment text,
  pack text NOT NULL,
  -- When whoever asked first looked at the answer.
  seen_at timestamptz,
  CHECK ((state = 'requested') = (answered_by IS NULL))
);
-- One request for a stage of a case at a time.
CREATE UNIQUE INDEX case_approval_open ON case_approval (case_id, stage) WHERE state = 'requested';
CREATE INDEX case_approval_case ON case_approval (case_id, requested_at DESC);
CREATE INDEX case_approval_waiting ON case_approval (requested_at) WHERE state = 'requested';
ALTER TABLE case_approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_approval FOR SELECT USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
CREATE POLICY add ON case_approval FOR INSERT WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
CREATE POLICY change ON case_approval FOR UPDATE USING (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
`;
