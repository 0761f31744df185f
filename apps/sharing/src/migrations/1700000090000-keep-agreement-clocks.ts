import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the clock does to agreements: it takes steps for no organisation, and tells of what falls due once. */
export class KeepAgreementClocks1700000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A step of the clock is nobody's organisation's.
ALTER TABLE agreement_step ALTER COLUMN org_id DROP NOT NULL;

-- What was told to fall due, by which lead: told once.
CREATE TABLE agreement_reminder (
  agreement_id uuid NOT NULL,
  what text NOT NULL,
  due_on date NOT NULL,
  lead int NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (agreement_id, what, due_on, lead)
);
REVOKE UPDATE, DELETE, TRUNCATE ON agreement_reminder FROM concordat_sharing;
ALTER TABLE agreement_reminder ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON agreement_reminder USING (acting_as('system')) WITH CHECK (acting_as('system'));
`);
  }

  async down(): Promise<void> {
    throw new Error('agreements are never migrated away');
  }
}
