import {
  ACTING,
  IndexNumberedActs1700000170000,
  MEMBER_PLACES,
  MEMBER_TABLES,
  waistTables,
} from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was told of records that are counted, the numbers that follow from it, and packs that were made of them. */
export class CreateInsight1700000210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('insight'));
    // Made after it: listed beside, it would run before there is anything to mend.
    await new IndexNumberedActs1700000170000().up(runner);
    await runner.query(MEMBER_TABLES);
    await runner.query(MEMBER_PLACES);
    await runner.query(ACTING);
    await runner.query(NUMBERS);
    await runner.query(PACKS);
    await runner.query(WALL);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pack_file, quarterly_pack, tally, counted_record, rebuild, generation');
  }
}

const NUMBERS = `
-- The numbers as they stand, and beside them those that are being counted anew from the beginning (decision 38).
CREATE TABLE generation (
  number int PRIMARY KEY,
  filling boolean NOT NULL
);
CREATE UNIQUE INDEX generation_of_a_kind ON generation (filling);
INSERT INTO generation VALUES (1, false);

-- One row per record of another context: what events told of it, by ids, codes and times. Nothing is of anybody.
CREATE TABLE counted_record (
  generation int NOT NULL REFERENCES generation,
  kind text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  told jsonb NOT NULL,
  PRIMARY KEY (generation, kind, id)
);

-- How many there are, by what they are looked for by. What does not apply is an empty text.
CREATE TABLE tally (
  generation int NOT NULL REFERENCES generation,
  measure text COLLATE "C" NOT NULL,
  day date NOT NULL,
  area text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  agency text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  n int NOT NULL,
  PRIMARY KEY (generation, measure, day, area, kind, agency, code)
);

CREATE TABLE rebuild (
  id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('running', 'done')),
  asked_at timestamptz NOT NULL,
  streams int NOT NULL DEFAULT 0,
  events int NOT NULL DEFAULT 0,
  -- How many numbers were not the same as those that stood; nought is what it should be.
  differs int,
  ended_at timestamptz,
  claimed_until timestamptz
);
CREATE UNIQUE INDEX rebuild_one ON rebuild ((true)) WHERE state = 'running';
`;

const PACKS = `
CREATE TABLE quarterly_pack (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  period text NOT NULL,
  state text NOT NULL CHECK (state IN ('running', 'done', 'failed', 'expired')),
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  parts int NOT NULL,
  written int NOT NULL DEFAULT 0,
  bytes int NOT NULL DEFAULT 0,
  code text,
  correlation_id text NOT NULL,
  purpose text NOT NULL,
  path text NOT NULL,
  requested_at timestamptz NOT NULL,
  ended_at timestamptz,
  expires_at timestamptz,
  -- Until when somebody is at it; afterwards another may begin again.
  claimed_until timestamptz
);
CREATE INDEX quarterly_pack_mine ON quarterly_pack (user_id, requested_at DESC);
CREATE INDEX quarterly_pack_running ON quarterly_pack (requested_at) WHERE state = 'running';
CREATE INDEX quarterly_pack_kept ON quarterly_pack (expires_at) WHERE state = 'done';
CREATE TABLE pack_file (pack_id uuid PRIMARY KEY REFERENCES quarterly_pack, bytes bytea NOT NULL);
`;

/** What was told of records is for counting alone. Numbers are for those who lead; packs are their asker's own. */
const WALL = `
CREATE FUNCTION reads_insight() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT roles && '{safeguarding-lead,panel-chair,panel-coordinator,review-coordinator,auditor}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $$;
ALTER TABLE counted_record ENABLE ROW LEVEL SECURITY;
CREATE POLICY counting ON counted_record USING (acting_as('system'));
ALTER TABLE tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY counting ON tally USING (acting_as('system'));
CREATE POLICY read ON tally FOR SELECT USING (acting_as('user') AND (SELECT reads_insight()));
ALTER TABLE quarterly_pack ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON quarterly_pack USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user()));
ALTER TABLE pack_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON pack_file USING (acting_as('system')
  OR (acting_as('user') AND pack_id IN (SELECT p.id FROM quarterly_pack p WHERE p.user_id = acting_user())));
`;
