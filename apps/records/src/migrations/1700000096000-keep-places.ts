import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was in a case, and as what, from when to when: a case can be shown as it stood on a day. */
export class KeepPlaces1700000096000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PLACES);
    await runner.query(EARLIER);
    await runner.query(KEPT);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const PLACES = `
CREATE TABLE case_place (
  case_id uuid NOT NULL REFERENCES case_file ON DELETE CASCADE,
  person_id uuid NOT NULL,
  place smallint NOT NULL,
  roles text[] NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  PRIMARY KEY (case_id, person_id, since)
);
ALTER TABLE case_place ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON case_place FOR SELECT USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
-- Written by the trigger alone.
REVOKE INSERT, UPDATE, DELETE ON case_place FROM concordat_records;
GRANT SELECT ON case_place TO concordat_records;
`;

/** Of people from before: those who joined later joined when their event says so. Merges from before are not told apart. */
const EARLIER = `
INSERT INTO case_place (case_id, person_id, place, roles, since)
SELECT c.case_id, c.person_id, c.place, c.roles, coalesce(
         (SELECT min(o.created_at) FROM outbox o, LATERAL (SELECT convert_from(o.body, 'UTF8')::jsonb AS event) e
           WHERE o.stream_id = c.case_id AND event->>'type' = 'records.person-joined-case.v1'
             AND event #>> '{data,personId}' = c.person_id::text), f.opened_at)
  FROM case_person c JOIN case_file f ON f.id = c.case_id;
`;

const KEPT = `
CREATE FUNCTION keep_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE case_place SET until = now() WHERE case_id = OLD.case_id AND person_id = OLD.person_id AND until IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO case_place (case_id, person_id, place, roles, since) VALUES (NEW.case_id, NEW.person_id, NEW.place, NEW.roles, now())
    ON CONFLICT (case_id, person_id, since) DO UPDATE SET place = EXCLUDED.place, roles = EXCLUDED.roles, until = NULL;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_place() FROM PUBLIC;
CREATE TRIGGER keep_place AFTER INSERT OR UPDATE OR DELETE ON case_person FOR EACH ROW EXECUTE FUNCTION keep_place();
`;
