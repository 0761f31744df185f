import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders in force and next steps of a case; and what happens to people is told on the timelines of all their cases. */
export class KeepFacts1700000020020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLE = `
-- What has ended or been done stays, with when and by whom.
CREATE TABLE case_fact (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  kind text NOT NULL CHECK (kind IN ('order', 'step')),
  content jsonb NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by uuid,
  ended_org uuid,
  ended_why text
);
CREATE INDEX case_fact_case ON case_fact (case_id);
`;

/** Timelines of cases that the caller does not see are written by a function of the owner, for people whom the caller does see. */
const WALL = `
ALTER TABLE case_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_fact FOR SELECT
  USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
CREATE POLICY add ON case_fact FOR INSERT
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));
CREATE POLICY change ON case_fact FOR UPDATE
  USING (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));

CREATE FUNCTION tell_cases_of(changed uuid, happened text, happened_at timestamptz, org uuid, actor uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = records AS $$
  INSERT INTO timeline (case_id, at, what, org_id, by_id)
  SELECT c.case_id, happened_at, happened, org, actor FROM case_person c WHERE c.person_id = changed AND in_shared_case(changed)
$$;

-- Somebody new is seen through their place in a case, which they cannot have before they are there: both are written at once.
CREATE FUNCTION create_person_in(asked uuid, new_id uuid, details jsonb, part text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF NOT works_on_case(asked) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO person (id, content) VALUES (new_id, details);
  INSERT INTO case_person (case_id, person_id, place, roles)
  SELECT asked, new_id, coalesce(max(place), 0) + 1, part FROM case_person WHERE case_id = asked;
END $$;
REVOKE ALL ON FUNCTION tell_cases_of(uuid, text, timestamptz, uuid, uuid), create_person_in(uuid, uuid, jsonb, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_cases_of(uuid, text, timestamptz, uuid, uuid), create_person_in(uuid, uuid, jsonb, text[]) TO concordat_records;
`;
