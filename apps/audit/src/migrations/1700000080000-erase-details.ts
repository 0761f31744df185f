import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was erased elsewhere, so that the details of acts about it go; and which entry says so of each. */
export class EraseDetails1700000080000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- A case that was erased, with its referral and its people: ids of what is no longer there. Entries up to checked_idx were
-- looked at; acts of before that are sealed late stand above it.
CREATE TABLE erasure (
  case_id uuid PRIMARY KEY,
  ids uuid[] NOT NULL,
  rule text NOT NULL,
  decision text NOT NULL,
  erased_at timestamptz NOT NULL,
  told_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  checked_idx bigint NOT NULL DEFAULT -1,
  done_at timestamptz
);
CREATE INDEX erasure_open ON erasure (told_at) WHERE done_at IS NULL;

-- Details that are destroyed, and the entry by which, once it is sealed.
CREATE TABLE detail_erasure (idx bigint PRIMARY KEY, case_id uuid NOT NULL, by_idx bigint);
REVOKE DELETE, TRUNCATE ON erasure, detail_erasure FROM concordat_audit;
`);
  }

  async down(): Promise<void> {
    throw new Error('a ledger is never migrated away');
  }
}
