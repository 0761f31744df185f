import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One act done to many cases, row by row; and flags that staff put on cases. */
export class WorkInBulk1700000030320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
-- What is to be done, as whoever asked for it wrote it down, and by whom. It is done in their name, by the rights that they have then.
CREATE TABLE bulk_work (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('assign', 'transfer', 'refer', 'flag')),
  state text NOT NULL CHECK (state IN ('running', 'done')),
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  body jsonb NOT NULL,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  made_at timestamptz NOT NULL,
  done_at timestamptz,
  -- Until when somebody is at it; afterwards another may go on.
  claimed_until timestamptz
);
CREATE INDEX bulk_work_mine ON bulk_work (user_id, made_at DESC);
CREATE INDEX bulk_work_running ON bulk_work (made_at) WHERE state = 'running';
CREATE TABLE bulk_row (
  bulk_id uuid NOT NULL REFERENCES bulk_work,
  place int NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  -- The version that was there when it was asked for: what somebody else has changed since is left alone, and reported.
  version int NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
  code text,
  result_id uuid,
  PRIMARY KEY (bulk_id, place)
);
ALTER TABLE bulk_work ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON bulk_work USING (current_setting('concordat.scope', true) = 'system' OR user_id = acting_user());
ALTER TABLE bulk_row ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON bulk_row USING (current_setting('concordat.scope', true) = 'system'
  OR bulk_id IN (SELECT b.id FROM bulk_work b WHERE b.user_id = acting_user()));

-- A mark that staff put on a case. What was taken off stays, with when and by whom.
CREATE TABLE case_flag (
  case_id uuid NOT NULL REFERENCES case_file,
  flag text NOT NULL,
  since timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  until timestamptz,
  ended_by uuid,
  PRIMARY KEY (case_id, flag, since)
);
CREATE UNIQUE INDEX case_flag_on ON case_flag (case_id, flag) WHERE until IS NULL;
ALTER TABLE case_flag ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_flag FOR SELECT USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
CREATE POLICY add ON case_flag FOR INSERT WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
CREATE POLICY change ON case_flag FOR UPDATE USING (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
`;
