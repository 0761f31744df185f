import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases that have to do with each other, and entries of their chronologies that are about one event. */
export class LinkCases1700000020010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
-- case_id is the kind of other_id. What has ended stays, with its end.
CREATE TABLE case_link (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  other_id uuid NOT NULL REFERENCES case_file,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  ended_at timestamptz,
  ended_by uuid,
  CHECK (case_id <> other_id)
);
CREATE UNIQUE INDEX case_link_in_force ON case_link (least(case_id, other_id), greatest(case_id, other_id)) WHERE ended_at IS NULL;
CREATE INDEX case_link_case ON case_link (case_id);
CREATE INDEX case_link_other ON case_link (other_id);

-- Two entries, of one case or of two, that somebody has found to be about one event.
CREATE TABLE chronology_same (
  entry_id uuid NOT NULL,
  other_id uuid NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  other_case uuid NOT NULL REFERENCES case_file,
  at timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  ended_at timestamptz,
  ended_by uuid,
  PRIMARY KEY (entry_id, other_id, at),
  CHECK (entry_id < other_id)
);
CREATE UNIQUE INDEX chronology_same_in_force ON chronology_same (entry_id, other_id) WHERE ended_at IS NULL;
CREATE INDEX chronology_same_case ON chronology_same (case_id);
`;

/** A link is known to whoever may know of both cases: of one alone it would tell that there is another. */
const WALL = `
-- Who reads a case by a qualification or in an emergency reads all that is in it, and adds nothing.
CREATE OR REPLACE FUNCTION reads_case(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT CASE ground_of(asked) WHEN 'glass' THEN true
              ELSE takes_part(asked) AND EXISTS (SELECT 1 FROM participation p WHERE p.case_id = asked AND p.until IS NULL
                     AND p.level <> 'preview' AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid) END
$$;
CREATE OR REPLACE FUNCTION works_on_case(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT ground_of(asked) = 'part' AND EXISTS (SELECT 1 FROM participation p WHERE p.case_id = asked AND p.until IS NULL
           AND p.level IN ('lead', 'contributor') AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
$$;
ALTER TABLE case_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_link USING (current_setting('concordat.scope', true) = 'system'
  OR (takes_part(case_id) AND takes_part(other_id)));
ALTER TABLE chronology_same ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON chronology_same USING (current_setting('concordat.scope', true) = 'system'
  OR (reads_case(case_id) AND reads_case(other_case)));
`;
