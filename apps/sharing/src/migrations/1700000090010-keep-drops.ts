import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of depersonalised sets that were checked (section 17A): what was found, never what was in them. */
export class KeepDrops1700000090010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE depersonalised_drop (
  id uuid PRIMARY KEY,
  set_code text NOT NULL,
  -- First day of the quarter that it is about.
  quarter date NOT NULL,
  sender_org uuid NOT NULL,
  received_by uuid NOT NULL,
  received_at timestamptz NOT NULL,
  rows int NOT NULL,
  -- SHA-256 of the file, so that what was sent on can be told to be what was checked.
  digest text NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('accepted', 'refused')),
  -- How many findings of each kind.
  counts jsonb NOT NULL,
  pack text NOT NULL
);
CREATE INDEX drop_received ON depersonalised_drop (received_at DESC, id DESC);
REVOKE UPDATE, DELETE, TRUNCATE ON depersonalised_drop FROM concordat_sharing;

-- Governance and audit of every organisation see which sets are there and which are not.
ALTER TABLE depersonalised_drop ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON depersonalised_drop FOR SELECT USING (acting_as('system') OR (acting_as('user') AND (SELECT governs())));
CREATE POLICY received ON depersonalised_drop FOR INSERT
  WITH CHECK (acting_as('user') AND received_by = acting_user() AND sender_org = acting_org());
`);
  }

  async down(): Promise<void> {
    throw new Error('drops are never migrated away');
  }
}
