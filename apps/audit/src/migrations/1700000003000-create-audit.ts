import { MEMBER_TABLES, waistTables } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log: what is sealed for ever, and beside it, erasable, what says whom it was about. */
export class CreateAudit1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('audit'));
    await runner.query(MEMBER_TABLES);
    await runner.query(SEALED);
    await runner.query(ERASABLE);
    await runner.query(WRITE_ONCE);
  }

  async down(): Promise<void> {
    throw new Error('a ledger is never migrated away');
  }
}

const SEALED = `
-- One row. Only compare-and-swap on size and epoch moves it (design/ledger.md §4, 2).
CREATE TABLE log_state (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  origin text,
  size bigint NOT NULL DEFAULT 0,
  root bytea NOT NULL DEFAULT sha256(''),
  epoch bigint NOT NULL DEFAULT 0,
  heartbeat_at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO log_state DEFAULT VALUES;

-- The verifier keys that have signed, oldest first.
CREATE TABLE log_key (vkey text PRIMARY KEY, since timestamptz NOT NULL DEFAULT now());

-- How far each producer's own numbering has been sealed: src.seq has no gaps.
CREATE TABLE producer (source text PRIMARY KEY, last_seq bigint NOT NULL);

CREATE TABLE entry (
  idx bigint PRIMARY KEY,
  event_id uuid NOT NULL UNIQUE,
  -- Of the act as it arrived, with its random seal: tells a repetition from another act under the same id.
  act_digest bytea NOT NULL,
  bytes bytea NOT NULL
);

-- A partial tile is the beginning of the row that it grows into, so one row a tile serves every width.
CREATE TABLE tile (level smallint NOT NULL, idx bigint NOT NULL, data bytea NOT NULL, PRIMARY KEY (level, idx));
ALTER TABLE tile ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE checkpoint (
  size bigint PRIMARY KEY,
  root bytea NOT NULL,
  note text NOT NULL,
  signed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
`;

const ERASABLE = `
-- Random names of people, staff and records in this log. Deleting a row makes its leaves speak of nobody.
CREATE TABLE pseudonym (real_id text PRIMARY KEY, pseudonym uuid NOT NULL UNIQUE);

-- Data keys of subjects, staff and single records, wrapped. Destroying one destroys the details under it.
CREATE TABLE data_key (owner uuid PRIMARY KEY, wrapped bytea NOT NULL);

-- What the commitment of a leaf commits to, and the key that opens it, encrypted under the owner's data key.
CREATE TABLE detail (idx bigint PRIMARY KEY, owner uuid NOT NULL, sealed bytea NOT NULL);

CREATE TABLE trail (
  idx bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  action text NOT NULL,
  outcome text NOT NULL
);
CREATE INDEX trail_at ON trail (at, idx);
CREATE INDEX trail_action ON trail (action, at, idx);
CREATE INDEX trail_refused ON trail (outcome, at, idx) WHERE outcome <> 'done';

-- Who and what an act names: s subject, u user, o object, a agency. Newest first is this key read backwards.
CREATE TABLE mention (
  id uuid NOT NULL,
  kind "char" NOT NULL,
  at timestamptz NOT NULL,
  idx bigint NOT NULL,
  PRIMARY KEY (id, kind, at, idx)
);

-- The referral that a case came from: the trail of the one is part of the trail of the other.
CREATE TABLE case_link (case_id uuid NOT NULL, referral_id uuid NOT NULL, PRIMARY KEY (case_id, referral_id));
`;

/** The service's own role cannot change what is sealed: that takes the owner, and shows. */
const WRITE_ONCE = `
REVOKE UPDATE, DELETE, TRUNCATE ON entry, checkpoint, log_key FROM concordat_audit;
REVOKE DELETE, TRUNCATE ON tile, log_state, producer FROM concordat_audit;
`;
