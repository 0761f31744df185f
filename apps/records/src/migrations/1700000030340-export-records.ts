import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that are taken out of the system: who asked for what, how far it came, and the file for as long as it is kept. */
export class ExportRecords1700000030340 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE record_export (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  type text NOT NULL,
  format text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'expired', 'removed')),
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  status text,
  area_id uuid,
  -- What encrypts the file, sealed; made of its password, which is not kept. It goes when the file is written.
  lock text,
  total int NOT NULL,
  rows int NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  code text,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  pack text NOT NULL,
  requested_at timestamptz NOT NULL,
  ended_at timestamptz,
  expires_at timestamptz,
  -- Until when somebody is at it; afterwards another may begin again.
  claimed_until timestamptz,
  CHECK (state = 'running' OR lock IS NULL)
);
CREATE INDEX record_export_mine ON record_export (user_id, requested_at DESC);
CREATE INDEX record_export_running ON record_export (requested_at) WHERE state = 'running';
CREATE INDEX record_export_kept ON record_export (expires_at) WHERE state = 'done';
-- The file in pieces, of which each is a page of records.
CREATE TABLE export_piece (
  export_id uuid NOT NULL REFERENCES record_export,
  place int NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (export_id, place)
);
ALTER TABLE record_export ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON record_export USING (current_setting('concordat.scope', true) = 'system' OR user_id = acting_user());
ALTER TABLE export_piece ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON export_piece USING (current_setting('concordat.scope', true) = 'system'
  OR export_id IN (SELECT e.id FROM record_export e WHERE e.user_id = acting_user()));
`;
