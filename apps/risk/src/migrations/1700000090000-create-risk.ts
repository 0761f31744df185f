import {
  ACTING,
  CASE_ACCESS_TABLES,
  MEMBER_PLACES,
  MEMBER_TABLES,
  RESTRICTION_TABLES,
  waistTables,
} from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Assessments of risk, with the instruments that they were made with. */
export class CreateRisk1700000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('risk'));
    await runner.query(MEMBER_TABLES);
    await runner.query(MEMBER_PLACES);
    await runner.query(CASE_ACCESS_TABLES);
    await runner.query(RESTRICTION_TABLES);
    await runner.query(PEOPLE);
    await runner.query(ASSESSMENTS);
    await runner.query(ACTING);
    await runner.query(WALL);
    await runner.query(HELD);
  }

  async down(): Promise<void> {
    throw new Error('assessments are never migrated away');
  }
}

const PEOPLE = `
CREATE TABLE case_person (case_id uuid NOT NULL, person_id uuid NOT NULL, PRIMARY KEY (case_id, person_id));
CREATE TABLE merged_person (merge_id uuid PRIMARY KEY, merged_id uuid NOT NULL, survivor_id uuid NOT NULL);
CREATE INDEX merged_person_merged ON merged_person (merged_id);

-- Emergency openings of cases, as far as they have not ended: by whom, for whom, until when.
CREATE TABLE open_glass (
  use_id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  ground text NOT NULL,
  until timestamptz NOT NULL
);

-- The record that somebody's record has become, through every merge that stands. A loop of merges cannot hold it up.
CREATE FUNCTION standing_person(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up (id, steps) AS (
    SELECT asked, 0
    UNION ALL
    SELECT m.survivor_id, steps + 1 FROM up JOIN merged_person m ON m.merged_id = up.id WHERE steps < 20)
  SELECT id FROM up ORDER BY steps DESC LIMIT 1
$$;
`;

const ASSESSMENTS = `
-- Every text of an instrument that somebody was ever assessed with: a later pack may word it otherwise or drop it.
CREATE TABLE instrument_kept (
  hash text COLLATE "C" PRIMARY KEY,
  code text COLLATE "C" NOT NULL,
  version int NOT NULL,
  document jsonb NOT NULL,
  kept_at timestamptz NOT NULL
);

CREATE TABLE assessment (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  org_id uuid NOT NULL,
  author_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('draft', 'completed')),
  version int NOT NULL,
  instrument text COLLATE "C" NOT NULL,
  instrument_version int NOT NULL,
  instrument_hash text COLLATE "C" NOT NULL REFERENCES instrument_kept,
  pack text NOT NULL,
  -- The civil day whose rules it follows.
  rules_on date NOT NULL,
  content jsonb NOT NULL,
  result jsonb,
  started_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  completed_at timestamptz,
  supersedes uuid,
  supersede_reason text,
  superseded_by uuid,
  CHECK ((status = 'completed') = (result IS NOT NULL AND completed_at IS NOT NULL)),
  CHECK ((supersedes IS NULL) = (supersede_reason IS NULL))
);
CREATE INDEX assessment_case ON assessment (case_id, started_at DESC);
CREATE INDEX assessment_subject ON assessment (subject_id);

-- What was completed stays as it is. That another has taken its place is written beside it, once.
CREATE FUNCTION keep_completed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'completed' AND (OLD.superseded_by IS NOT NULL
      OR to_jsonb(NEW) - 'superseded_by' IS DISTINCT FROM to_jsonb(OLD) - 'superseded_by') THEN
    RAISE EXCEPTION 'a completed assessment is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER completed_stays BEFORE UPDATE ON assessment FOR EACH ROW EXECUTE FUNCTION keep_completed();
REVOKE UPDATE, DELETE, TRUNCATE ON instrument_kept FROM concordat_risk;
REVOKE TRUNCATE ON assessment FROM concordat_risk;
`;

/**
 * An assessment is of the agencies that take part in its case now. A draft is its author's alone, for the agency that they wrote
 * it for. What is open to named staff only is closed to all others, by its case and by whom it is about; whoever opened the case
 * in an emergency reads what is completed, until that ends.
 */
const WALL = `
-- The emergency opening by which the caller reads a case now.
CREATE FUNCTION glass_on(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT g.use_id FROM open_glass g WHERE acting_as('user') AND g.case_id = asked AND g.user_id = acting_user()
     AND g.org_id = acting_org() AND g.until > statement_timestamp() ORDER BY g.until DESC LIMIT 1
$$;
-- At which level the caller's agency takes part in a case, as far as the caller may look into it.
CREATE FUNCTION part_in(asked uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT c.level FROM case_access c
   WHERE acting_as('user') AND c.case_id = asked AND c.org_id = acting_org() AND c.until IS NULL AND c.level <> 'preview'
     AND (NOT c.restricted OR c.case_id = ANY (open_by_name())) AND c.case_id <> ALL (closed_to_caller(false))
$$;
CREATE FUNCTION is_closed(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT person = ANY (closed_to_caller(false)) OR standing_person(person) = ANY (closed_to_caller(false))
$$;

ALTER TABLE assessment ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON assessment FOR SELECT USING (acting_as('system')
  OR (acting_as('user') AND part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id)
      AND (status = 'completed' OR (author_id = acting_user() AND org_id = acting_org())))
  OR (acting_as('user') AND status = 'completed' AND glass_on(case_id) IS NOT NULL));
CREATE POLICY started ON assessment FOR INSERT WITH CHECK (acting_as('user') AND status = 'draft'
  AND author_id = acting_user() AND org_id = acting_org() AND part_in(case_id) IN ('lead', 'contributor')
  AND NOT is_closed(subject_id));
CREATE POLICY changed ON assessment FOR UPDATE
  USING (acting_as('user') AND org_id = acting_org() AND part_in(case_id) IN ('lead', 'contributor')
    AND NOT is_closed(subject_id) AND (status = 'completed' OR author_id = acting_user()))
  WITH CHECK (org_id = acting_org());
CREATE POLICY discarded ON assessment FOR DELETE USING (acting_as('system')
  OR (acting_as('user') AND status = 'draft' AND author_id = acting_user() AND org_id = acting_org()));
`;

/** What is held about somebody who asks for it: of every agency, and for the records service alone. */
const HELD = `
CREATE FUNCTION assessments_about(asked uuid)
RETURNS TABLE (id uuid, instrument_hash text, completed_at timestamptz, content jsonb, result jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT a.id, a.instrument_hash, a.completed_at, a.content, a.result FROM assessment a
   WHERE acting_as('service') AND a.status = 'completed' AND asked IN (a.subject_id, standing_person(a.subject_id))
   ORDER BY a.completed_at, a.id
$$;
REVOKE ALL ON FUNCTION assessments_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION assessments_about(uuid) TO concordat_risk;
`;
