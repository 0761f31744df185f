import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Minutes as PDFs, which are made as jobs: how far each has come, and for a while its bytes, sealed. */
export class WriteMinutes1700000273000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE minutes_paper (
        id uuid PRIMARY KEY,
        version int NOT NULL DEFAULT 1,
        meeting_id uuid NOT NULL REFERENCES meeting,
        state text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'expired')),
        user_id uuid NOT NULL,
        org_id uuid NOT NULL,
        parts int NOT NULL,
        written int NOT NULL DEFAULT 0,
        bytes int NOT NULL DEFAULT 0,
        code text,
        -- A digest of what its reader might read when it was made.
        made_of text,
        correlation_id text NOT NULL,
        purpose text NOT NULL,
        path text NOT NULL,
        requested_at timestamptz NOT NULL,
        ended_at timestamptz,
        expires_at timestamptz,
        -- Until when somebody is at it; afterwards another may begin again.
        claimed_until timestamptz
      );
      CREATE INDEX minutes_paper_mine ON minutes_paper (user_id, requested_at DESC);
      CREATE INDEX minutes_paper_meeting ON minutes_paper (meeting_id);
      CREATE INDEX minutes_paper_running ON minutes_paper (requested_at) WHERE state = 'running';
      CREATE INDEX minutes_paper_kept ON minutes_paper (expires_at) WHERE state = 'done';
      CREATE TABLE minutes_paper_file (paper_id uuid PRIMARY KEY REFERENCES minutes_paper, bytes bytea NOT NULL);
      REVOKE DELETE, TRUNCATE ON minutes_paper FROM concordat_risk;
      REVOKE UPDATE, TRUNCATE ON minutes_paper_file FROM concordat_risk;

      ALTER TABLE minutes_paper ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON minutes_paper USING (acting_as('system')
        OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
      ALTER TABLE minutes_paper_file ENABLE ROW LEVEL SECURITY;
      CREATE POLICY written ON minutes_paper_file USING (acting_as('system'));
      CREATE POLICY own ON minutes_paper_file FOR SELECT USING (acting_as('user')
        AND paper_id IN (SELECT p.id FROM minutes_paper p WHERE p.user_id = acting_user() AND p.org_id = acting_org()))`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
