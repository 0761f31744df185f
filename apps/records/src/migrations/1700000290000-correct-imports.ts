import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a file from another system says otherwise than before can be corrected; and how people are related is brought in. */
export class CorrectImports1700000290000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
ALTER TABLE import_work DROP CONSTRAINT import_work_kind_check,
  ADD CONSTRAINT import_work_kind_check CHECK (kind IN ('cases', 'people', 'relationships', 'chronology')),
  -- Whoever started it has what the file says otherwise corrected.
  ADD COLUMN corrections boolean NOT NULL DEFAULT false;
ALTER TABLE import_row DROP CONSTRAINT import_row_state_check,
  ADD CONSTRAINT import_row_state_check CHECK (state IN ('ready', 'wrong', 'added', 'corrected', 'unchanged', 'refused'));
-- Of a version that a file made of an entry: all that the file said of it. The next file is compared with that.
ALTER TABLE chronology_entry ADD COLUMN said jsonb;
-- Of one that was brought in: from where, who wrote it there and when, and what the file said of it.
ALTER TABLE relationship ADD COLUMN origin jsonb;

-- What a file said of a case before it was corrected by another. It goes with the case.
CREATE TABLE case_origin_before (
  case_id uuid NOT NULL REFERENCES case_file,
  ended_at timestamptz NOT NULL,
  said jsonb NOT NULL,
  by_id uuid NOT NULL,
  import_id uuid NOT NULL,
  PRIMARY KEY (case_id, ended_at)
);
`;

/** Corrected by these functions alone, for the agency that brought it in and works on the case. */
const WALL = `
ALTER TABLE case_origin_before ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_origin_before FOR SELECT USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id)
  OR case_id = ANY ((SELECT glass_cases())::uuid[]));
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON case_origin_before FROM concordat_records;
GRANT SELECT ON case_origin_before TO concordat_records;

CREATE FUNCTION correct_case_origin(asked uuid, now_said jsonb, now_opened date, now_latest date, import uuid, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF current_setting('concordat.scope', true) IS DISTINCT FROM 'user' OR NOT acting_by('safeguarding-lead') OR NOT works_on_case(asked)
     OR NOT EXISTS (SELECT 1 FROM case_origin o WHERE o.case_id = asked AND o.org_id = acting_org()) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO case_origin_before (case_id, ended_at, said, by_id, import_id)
  SELECT asked, moment, o.said, acting_user(), import FROM case_origin o WHERE o.case_id = asked;
  UPDATE case_origin SET said = now_said, opened = now_opened, latest = now_latest WHERE case_id = asked;
  -- Until when it is kept is calculated anew.
  UPDATE retention SET calculated_at = '-infinity' WHERE case_id = asked;
END $$;
CREATE FUNCTION correct_person_origin(asked uuid, of_source text, of_record text, now_said jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF current_setting('concordat.scope', true) IS DISTINCT FROM 'user' OR NOT acting_by('safeguarding-lead') OR NOT works_on_case(asked) THEN
    RAISE insufficient_privilege;
  END IF;
  UPDATE person_origin SET said = now_said
   WHERE org_id = acting_org() AND source = of_source AND record = of_record AND case_id = asked;
END $$;
REVOKE ALL ON FUNCTION correct_case_origin(uuid, jsonb, date, date, uuid, timestamptz), correct_person_origin(uuid, text, text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION correct_case_origin(uuid, jsonb, date, date, uuid, timestamptz), correct_person_origin(uuid, text, text, jsonb)
  TO concordat_records;
`;
