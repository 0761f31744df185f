import type { MigrationInterface, QueryRunner } from 'typeorm';

/** "Is this person known to you?", asked by one agency of another, and what was answered. */
export class AskKnown1700000185000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(MATCHING);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE known_question (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('waiting', 'known', 'not-known')),
  asked_by uuid NOT NULL,
  asked_org uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  to_org uuid NOT NULL,
  purpose text NOT NULL,
  consent jsonb,
  pack text NOT NULL,
  -- Whom it is about; null once that is not kept any more.
  who jsonb,
  forget_at timestamptz NOT NULL,
  -- By what anything may be answered at all, decided before anybody is looked for.
  permit jsonb,
  -- The last decision about it, the agreement that it was made by, and why it was not permitted.
  decision_id uuid NOT NULL,
  isa text,
  reasons text[] NOT NULL DEFAULT '{}',
  contact jsonb,
  answered_at timestamptz,
  CHECK (asked_org <> to_org),
  CHECK ((state = 'waiting') = (answered_at IS NULL)),
  CHECK (state = 'waiting' OR is_permit(permit)),
  CHECK (contact IS NULL OR state = 'known')
);
CREATE INDEX known_question_asked ON known_question (asked_by, asked_at DESC);
CREATE INDEX known_question_of_agency ON known_question (asked_org, asked_at DESC);
CREATE INDEX known_question_received ON known_question (to_org, asked_at DESC);
CREATE INDEX known_question_forget ON known_question (forget_at) WHERE who IS NOT NULL;
REVOKE DELETE, TRUNCATE ON known_question FROM concordat_records;

-- Who it may be, of the people of the agency that was asked. Never told to whoever asked.
CREATE TABLE known_match (
  question_id uuid NOT NULL REFERENCES known_question,
  person_id uuid NOT NULL REFERENCES person,
  band text NOT NULL,
  PRIMARY KEY (question_id, person_id)
);
CREATE INDEX known_match_person ON known_match (person_id);

-- An answer stands: what changes of it afterwards is that whom it was about is forgotten.
CREATE FUNCTION keep_known_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(OLD) - 'who') IS DISTINCT FROM (to_jsonb(NEW) - 'who') OR NEW.who IS NOT NULL AND NEW.who IS DISTINCT FROM OLD.who THEN
    RAISE EXCEPTION 'an answer is never changed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answer_stands BEFORE UPDATE ON known_question FOR EACH ROW WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION keep_known_answer();

-- Erasing somebody erases that they were asked about.
CREATE FUNCTION forget_known_match() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  UPDATE known_question SET who = NULL WHERE id = OLD.question_id AND current_setting('concordat.scope', true) = 'system';
  RETURN NULL;
END $$;
CREATE TRIGGER match_forgotten AFTER DELETE ON known_match FOR EACH ROW EXECUTE FUNCTION forget_known_match();
`;

const MATCHING = `
-- People of the agency that was asked who share a key with whoever it was asked about: in cases that it leads, or has taken part in
-- since they opened, so that nothing is told on that it was let into. Who is in any restricted case is as if they were not there.
-- For whoever asked, while the question waits and a decision permits an answer.
CREATE FUNCTION known_candidates(asked uuid, wanted text[], at_most int)
RETURNS TABLE (person_id uuid, facts jsonb) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT m.person_id, m.facts FROM known_question q JOIN person_match m ON m.keys && wanted
   WHERE q.id = asked AND q.asked_by = acting_user() AND q.asked_org = acting_org() AND q.state = 'waiting' AND is_permit(q.permit)
     AND EXISTS (SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
                  WHERE c.person_id = m.person_id AND p.org_id = q.to_org AND p.level <> 'preview'
                    AND (p.level = 'lead' OR p.sharing IS NULL))
     AND NOT EXISTS (SELECT 1 FROM case_person c JOIN restricted_case x ON x.case_id = c.case_id WHERE c.person_id = m.person_id)
   ORDER BY (SELECT count(*) FROM unnest(m.keys) k WHERE k = ANY (wanted)) DESC, m.person_id LIMIT at_most
$$;
-- Who it was found to be perhaps, in the place of whoever was found before.
CREATE FUNCTION keep_known_matches(asked uuid, people uuid[], bands text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM known_question q WHERE q.id = asked AND q.asked_by = acting_user() AND q.asked_org = acting_org() AND q.state = 'waiting') THEN
    RAISE insufficient_privilege;
  END IF;
  DELETE FROM known_match WHERE question_id = asked;
  INSERT INTO known_match (question_id, person_id, band) SELECT asked, p, b FROM unnest(people, bands) x(p, b);
END $$;
-- The same, for the agency that was asked: to those who govern what it shares, or lead its safeguarding. What has been restricted
-- since is not among them.
CREATE FUNCTION known_matches(asked uuid)
RETURNS TABLE (id uuid, band text, name jsonb, births jsonb, cases jsonb) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT p.id, k.band, p.content -> 'name', p.content -> 'datesOfBirth',
         (SELECT jsonb_agg(jsonb_build_object('id', f.id, 'reference', f.reference) ORDER BY f.opened_at DESC)
            FROM case_person c JOIN case_file f ON f.id = c.case_id
            JOIN participation a ON a.case_id = f.id AND a.until IS NULL AND a.org_id = q.to_org AND a.level <> 'preview'
           WHERE c.person_id = p.id)
    FROM known_question q JOIN known_match k ON k.question_id = q.id JOIN person p ON p.id = k.person_id
   WHERE q.id = asked AND q.to_org = acting_org() AND (acting_by('information-governance-lead') OR acting_by('safeguarding-lead'))
     AND p.merged_into IS NULL
     AND NOT EXISTS (SELECT 1 FROM case_person c JOIN restricted_case x ON x.case_id = c.case_id WHERE c.person_id = p.id)
   ORDER BY k.band, p.id
$$;
-- How often somebody, and their agency, has asked since a moment.
CREATE FUNCTION known_asked_since(moment timestamptz, OUT by_user int, OUT by_agency int) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT (count(*) FILTER (WHERE asked_by = acting_user()))::int, count(*)::int FROM known_question WHERE asked_org = acting_org() AND asked_at > moment
$$;
REVOKE ALL ON FUNCTION known_candidates(uuid, text[], int), keep_known_matches(uuid, uuid[], text[]), known_matches(uuid),
  known_asked_since(timestamptz), forget_known_match() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION known_candidates(uuid, text[], int), keep_known_matches(uuid, uuid[], text[]), known_matches(uuid),
  known_asked_since(timestamptz) TO concordat_records;
`;

const WALL = `
-- A question is its asker's, and of those who govern at either end. Who it may be is for functions, and for what is put on record.
ALTER TABLE known_question ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON known_question FOR SELECT USING (current_setting('concordat.scope', true) = 'system'
  OR (asked_by = acting_user() AND asked_org = acting_org())
  OR (to_org = acting_org() AND (SELECT acting_by('information-governance-lead') OR acting_by('safeguarding-lead') OR acting_by('auditor'))));
CREATE POLICY asked ON known_question FOR INSERT WITH CHECK (asked_by = acting_user() AND asked_org = acting_org());
CREATE POLICY changed ON known_question FOR UPDATE USING (current_setting('concordat.scope', true) = 'system'
  OR (asked_by = acting_user() AND asked_org = acting_org()));
ALTER TABLE known_match ENABLE ROW LEVEL SECURITY;
CREATE POLICY recorded ON known_match FOR SELECT USING (current_setting('concordat.scope', true) = 'system');
`;
