import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was known of how people are related, from when to when: a case can be shown with it as it stood on a day. */
export class KeepRelationships1700000180020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATES);
    await runner.query(EARLIER);
    await runner.query(KEPT);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const STATES = `
CREATE TABLE relationship_state (
  relationship_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  other_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  kind text NOT NULL,
  since text,
  until text,
  org_id uuid NOT NULL,
  known_from timestamptz NOT NULL,
  known_until timestamptz,
  PRIMARY KEY (relationship_id, known_from)
);
CREATE INDEX relationship_state_person ON relationship_state (person_id);
CREATE INDEX relationship_state_other ON relationship_state (other_id);
ALTER TABLE relationship_state ENABLE ROW LEVEL SECURITY;
CREATE POLICY system ON relationship_state FOR SELECT USING (current_setting('concordat.scope', true) = 'system');
-- Of people who are, or were, in one case that the caller reads: the places are behind a wall of their own.
CREATE POLICY read ON relationship_state FOR SELECT USING (EXISTS (
  SELECT 1 FROM case_place a JOIN case_place b ON b.case_id = a.case_id
   WHERE a.person_id = relationship_state.person_id AND b.person_id = relationship_state.other_id));
-- Written by the trigger alone.
REVOKE INSERT, UPDATE, DELETE ON relationship_state FROM concordat_records;
GRANT SELECT ON relationship_state TO concordat_records;
`;

/** Of those from before: an end was recorded when its event says so; where that is not kept, it is taken as known from the start. */
const EARLIER = `
CREATE TEMPORARY TABLE ended ON COMMIT DROP AS
SELECT r.id, (SELECT min(o.created_at) FROM outbox o, LATERAL (SELECT convert_from(o.body, 'UTF8')::jsonb AS event) e
   WHERE o.stream_id IN (r.person_id, r.other_id) AND event->>'type' = 'records.relationship-changed.v1'
     AND event #>> '{data,relationshipId}' = r.id::text AND (event #>> '{data,ended}')::boolean) AS at
  FROM relationship r WHERE r.ended_by IS NOT NULL;

INSERT INTO relationship_state (relationship_id, person_id, other_id, kind, since, until, org_id, known_from, known_until)
SELECT r.id, r.person_id, r.other_id, r.kind, r.since, CASE WHEN r.ended_by IS NULL THEN r.until END, r.org_id, r.recorded_at, e.at
  FROM relationship r LEFT JOIN ended e ON e.id = r.id WHERE r.ended_by IS NULL OR e.at > r.recorded_at
 UNION ALL
SELECT r.id, r.person_id, r.other_id, r.kind, r.since, r.until, r.org_id, greatest(e.at, r.recorded_at), NULL
  FROM relationship r JOIN ended e ON e.id = r.id;
`;

const KEPT = `
CREATE FUNCTION keep_relationship() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE relationship_state SET known_until = now() WHERE relationship_id = OLD.id AND known_until IS NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO relationship_state (relationship_id, person_id, other_id, kind, since, until, org_id, known_from)
    VALUES (NEW.id, NEW.person_id, NEW.other_id, NEW.kind, NEW.since, NEW.until, NEW.org_id, now())
    ON CONFLICT (relationship_id, known_from) DO UPDATE SET person_id = EXCLUDED.person_id, other_id = EXCLUDED.other_id,
      kind = EXCLUDED.kind, since = EXCLUDED.since, until = EXCLUDED.until, org_id = EXCLUDED.org_id, known_until = NULL;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_relationship() FROM PUBLIC;
CREATE TRIGGER keep_relationship AFTER INSERT OR UPDATE OR DELETE ON relationship FOR EACH ROW EXECUTE FUNCTION keep_relationship();
`;
