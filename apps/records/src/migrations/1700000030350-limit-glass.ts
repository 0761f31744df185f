import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often somebody tried to open a case in an emergency, whether or not there was one: so that nobody tries references. */
export class LimitGlass1700000030350 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLE = `
CREATE TABLE glass_attempt (user_id uuid NOT NULL, at timestamptz NOT NULL);
CREATE INDEX glass_attempt_user ON glass_attempt (user_id, at);
CREATE INDEX glass_attempt_at ON glass_attempt (at);
ALTER TABLE glass_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON glass_attempt USING (current_setting('concordat.scope', true) = 'system');
`;
