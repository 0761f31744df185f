import { MEMBER_TABLES, waistTables } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, cases, who takes part in them, and their timeline; closed to everybody who takes no part. */
export class CreateRecords1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('records'));
    await runner.query(MEMBER_TABLES);
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE SEQUENCE case_serial;

CREATE TABLE person (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE case_file (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  version int NOT NULL DEFAULT 1,
  status text NOT NULL CHECK (status IN ('open', 'closed')),
  kind text NOT NULL,
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  referral_id uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  subject_name text NOT NULL,
  relationships jsonb NOT NULL DEFAULT '[]',
  key_facts jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX case_file_referral ON case_file (referral_id);
CREATE INDEX case_file_opened ON case_file (opened_at DESC, id);

CREATE TABLE case_person (
  case_id uuid NOT NULL REFERENCES case_file,
  person_id uuid NOT NULL REFERENCES person,
  place smallint NOT NULL,
  roles text[] NOT NULL,
  PRIMARY KEY (case_id, person_id)
);
CREATE INDEX case_person_person ON case_person (person_id);

-- An agency's part in a case over time; the row without an end is the one in force.
CREATE TABLE participation (
  case_id uuid NOT NULL REFERENCES case_file,
  org_id uuid NOT NULL,
  level text NOT NULL CHECK (level IN ('lead', 'contributor', 'reader', 'preview')),
  since timestamptz NOT NULL,
  until timestamptz,
  changed_by uuid NOT NULL,
  PRIMARY KEY (case_id, org_id, since)
);
CREATE UNIQUE INDEX participation_in_force ON participation (case_id, org_id) WHERE until IS NULL;
CREATE INDEX participation_org ON participation (org_id, case_id) WHERE until IS NULL;

CREATE TABLE timeline (
  case_id uuid NOT NULL REFERENCES case_file,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  what text NOT NULL,
  org_id uuid,
  by_id uuid,
  detail jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (case_id, seq)
);
CREATE INDEX timeline_newest ON timeline (case_id, at DESC, seq DESC);
`;

/**
 * The second wall. Whatever a query forgets, the database shows a case only to organisations that take part in it now.
 * takes_part runs as the owner, because a policy on participation cannot ask participation.
 */
const WALL = `
CREATE FUNCTION takes_part(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM participation p
                  WHERE p.case_id = asked AND p.until IS NULL
                    AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
$$;
CREATE FUNCTION in_shared_case(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT EXISTS (SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
                  WHERE c.person_id = asked AND p.level <> 'preview'
                    AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
$$;
REVOKE ALL ON FUNCTION takes_part(uuid), in_shared_case(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION takes_part(uuid), in_shared_case(uuid) TO concordat_records;

ALTER TABLE case_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_file USING (current_setting('concordat.scope', true) = 'system' OR takes_part(id));
ALTER TABLE case_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON case_person USING (current_setting('concordat.scope', true) = 'system' OR takes_part(case_id));
ALTER TABLE participation ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON participation USING (current_setting('concordat.scope', true) = 'system' OR takes_part(case_id));
ALTER TABLE timeline ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON timeline USING (current_setting('concordat.scope', true) = 'system' OR takes_part(case_id));
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person USING (current_setting('concordat.scope', true) = 'system' OR in_shared_case(id));
`;
