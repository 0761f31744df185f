import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has cosigned which checkpoint, and by which policy they were asked. */
export class Witnesses1700000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- One line a witness and checkpoint; the newest of a witness is where its next proof begins.
CREATE TABLE cosignature (
  size bigint NOT NULL REFERENCES checkpoint (size),
  vkey text NOT NULL,
  line text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (size, vkey)
);
CREATE INDEX cosignature_of ON cosignature (vkey, size DESC);

-- The policies that this log has been under, the newest last; no digest: nobody was asked.
CREATE TABLE log_policy (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  digest bytea,
  since timestamptz NOT NULL DEFAULT now()
);
REVOKE UPDATE, DELETE, TRUNCATE ON cosignature, log_policy FROM concordat_audit;
`);
  }

  async down(): Promise<void> {
    throw new Error('a ledger is never migrated away');
  }
}
