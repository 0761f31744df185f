import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The chronology of a case: every version of every entry, and what was searched for in it. */
export class CreateChronology1700000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
-- A row is a version of an entry, in force from recorded_at until superseded_at. Nothing is ever taken out: what an entry said
-- on a day is the version that was in force then, and what was withdrawn is a version that says so.
CREATE TABLE chronology_entry (
  id uuid NOT NULL,
  version int NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  first_recorded_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  superseded_at timestamptz,
  what text NOT NULL CHECK (what IN ('recorded', 'corrected', 'withdrawn')),
  reason text,
  content jsonb NOT NULL,
  category text NOT NULL,
  -- The categories that could be chosen from: <pack>@<version>.
  pack text NOT NULL,
  -- Every day on which it may have happened.
  earliest date NOT NULL,
  latest date NOT NULL,
  words tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(content->>'fact', '') || ' ' || coalesce(content->>'comment', '')
    || ' ' || coalesce(content->>'sourceRef', ''))) STORED,
  PRIMARY KEY (id, version),
  CHECK (earliest <= latest),
  CHECK ((what = 'recorded') = (version = 1) AND (reason IS NULL) = (version = 1))
);
CREATE UNIQUE INDEX chronology_entry_in_force ON chronology_entry (id) WHERE superseded_at IS NULL;
CREATE INDEX chronology_entry_order ON chronology_entry (case_id, earliest, org_id, first_recorded_at, id);

-- What somebody searched a chronology for: theirs alone, and of no use after an hour.
CREATE TABLE chronology_search (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  user_id uuid NOT NULL,
  asked text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX chronology_search_expiry ON chronology_search (expires_at);
`;

/** The second wall: what is in a case is read by agencies that take part beyond a preview, and added to by those that work on it. */
const WALL = `
CREATE FUNCTION reads_case(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT takes_part(asked) AND EXISTS (SELECT 1 FROM participation p
                  WHERE p.case_id = asked AND p.until IS NULL AND p.level <> 'preview'
                    AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
$$;
CREATE FUNCTION works_on_case(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT takes_part(asked) AND EXISTS (SELECT 1 FROM participation p
                  WHERE p.case_id = asked AND p.until IS NULL AND p.level IN ('lead', 'contributor')
                    AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
$$;
REVOKE ALL ON FUNCTION reads_case(uuid), works_on_case(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reads_case(uuid), works_on_case(uuid) TO concordat_records;

ALTER TABLE chronology_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON chronology_entry FOR SELECT
  USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
CREATE POLICY add ON chronology_entry FOR INSERT
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
CREATE POLICY supersede ON chronology_entry FOR UPDATE
  USING (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
ALTER TABLE chronology_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON chronology_search USING (current_setting('concordat.scope', true) = 'system'
  OR user_id = nullif(current_setting('concordat.user', true), '')::uuid);
`;
