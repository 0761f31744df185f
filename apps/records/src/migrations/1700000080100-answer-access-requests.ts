import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for what is held about somebody, what was found, and what was decided of each part. */
export class AnswerAccessRequests1700000080100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE access_request (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  person_id uuid NOT NULL REFERENCES person,
  -- The area of their newest case: whose information governance leads answer.
  area_id uuid NOT NULL,
  requester text NOT NULL CHECK (requester IN ('themselves', 'parent', 'representative')),
  requester_name text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'prepared', 'released', 'closed')),
  received_on date NOT NULL,
  identity_proven boolean NOT NULL,
  -- Times in which the clock stood still: [{why, from, to}].
  pauses jsonb NOT NULL DEFAULT '[]',
  extended boolean NOT NULL DEFAULT false,
  gathered_at timestamptz,
  prepared_by uuid,
  released_by uuid,
  released_at timestamptz,
  pack text NOT NULL,
  made_at timestamptz NOT NULL,
  made_by uuid NOT NULL,
  CHECK ((state IN ('prepared', 'released')) = (prepared_by IS NOT NULL)),
  CHECK ((state = 'released') = (released_by IS NOT NULL)),
  CONSTRAINT released_by_second CHECK (prepared_by <> released_by)
);
CREATE INDEX access_request_received ON access_request (received_on DESC, id DESC);
CREATE INDEX access_request_person ON access_request (person_id);

CREATE TABLE access_step (
  request_id uuid NOT NULL REFERENCES access_request,
  version int NOT NULL,
  at timestamptz NOT NULL,
  what text NOT NULL,
  reason text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (request_id, version)
);

-- A part of what is held, as it was when it was gathered. Gathered again, what is new is added; what was decided stays.
CREATE TABLE access_item (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES access_request,
  source text NOT NULL,
  kind text NOT NULL,
  ref text NOT NULL,
  at timestamptz NOT NULL,
  title text NOT NULL,
  text text NOT NULL,
  others boolean NOT NULL,
  third_party boolean,
  decision text CHECK (decision IN ('give', 'redact', 'withhold')),
  exemption text,
  opinion text,
  redacted text,
  decided_by uuid,
  decided_at timestamptz,
  UNIQUE (request_id, source, kind, ref),
  CHECK ((decision IS NULL) = (decided_by IS NULL))
);
`;

const SYSTEM = `current_setting('concordat.scope', true) = 'system'`;
const GOVERNS = `((SELECT acting_by('information-governance-lead'))
  AND (cardinality((SELECT acting_areas())) = 0 OR area_id = ANY ((SELECT acting_areas())::uuid[])))`;

/** Whoever answers does not see cases. What is held is told them by functions of the owner, and of nobody in a case that is closed to them. */
const WALL = `
ALTER TABLE access_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY answers ON access_request USING (${SYSTEM} OR ${GOVERNS});
REVOKE DELETE, TRUNCATE ON access_request FROM concordat_records;
${['access_step', 'access_item']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY answers ON ${table} USING (EXISTS (SELECT 1 FROM access_request r WHERE r.id = ${table}.request_id));
REVOKE DELETE, TRUNCATE ON ${table} FROM concordat_records;`,
  )
  .join('\n')}

-- People of a name whom the caller may answer about: those in a case of their areas, and in none that is closed to them.
CREATE FUNCTION people_to_answer(asked_given text, asked_family text, asked_id uuid)
RETURNS TABLE (id uuid, name jsonb, births jsonb, area_id uuid, cases text[]) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT p.id, p.content->'name', coalesce(p.content->'datesOfBirth', '[]'),
         (SELECT f.area_id FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id ORDER BY f.opened_at DESC LIMIT 1),
         ARRAY(SELECT f.reference FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id ORDER BY f.opened_at DESC)
    FROM person p
   WHERE acting_by('information-governance-lead') AND p.merged_into IS NULL
     AND (p.id = asked_id OR (asked_id IS NULL
          AND (asked_given IS NULL OR lower(p.content #>> '{name,given}') = lower(asked_given))
          AND lower(p.content #>> '{name,family}') = lower(asked_family)))
     AND EXISTS (SELECT 1 FROM case_person c JOIN case_file f ON f.id = c.case_id WHERE c.person_id = p.id
                  AND (cardinality(acting_areas()) = 0 OR f.area_id = ANY (acting_areas())))
     AND NOT EXISTS (SELECT 1 FROM case_person c WHERE c.person_id = p.id AND c.case_id = ANY (hidden_cases(false)))
   ORDER BY p.id LIMIT 50
$$;

-- What records holds about somebody whom the caller may answer about, a row for each part. others: it may be about somebody else too.
CREATE FUNCTION held_about(asked uuid) RETURNS TABLE (kind text, ref text, at timestamptz, title text, content jsonb, others boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH asked_for AS (SELECT a.id FROM people_to_answer(NULL, NULL, asked) a),
  places AS (SELECT c.case_id, c.roles, f.reference, f.kind, f.opened_at
               FROM asked_for a JOIN case_person c ON c.person_id = a.id JOIN case_file f ON f.id = c.case_id)
  SELECT 'details', p.id::text, p.created_at, 'What is known of them', p.content, false FROM asked_for a JOIN person p ON p.id = a.id
  UNION ALL
  SELECT 'earlier-details', v.person_id || '/' || v.version, v.ended_at, 'What was known of them before', v.content, v.ended_by <> 'corrected'
    FROM asked_for a JOIN person_version v ON v.person_id = a.id
  UNION ALL
  SELECT 'relationship', r.id::text, r.recorded_at, 'A relationship',
         jsonb_build_object('kind', r.kind, 'other', o.content->'name', 'since', r.since, 'until', r.until), true
    FROM asked_for a JOIN relationship r ON a.id IN (r.person_id, r.other_id)
    JOIN person o ON o.id = CASE WHEN r.person_id = a.id THEN r.other_id ELSE r.person_id END
  UNION ALL
  SELECT 'case', p.case_id::text, p.opened_at, 'Case ' || p.reference,
         jsonb_build_object('reference', p.reference, 'kind', p.kind, 'opened', p.opened_at, 'roles', to_jsonb(p.roles)), NOT 'subject' = ANY (p.roles)
    FROM places p
  UNION ALL
  SELECT 'entry', e.id || '/' || e.version, e.recorded_at, 'Chronology of case ' || p.reference, e.content, true
    FROM places p JOIN chronology_entry e ON e.case_id = p.case_id AND e.superseded_at IS NULL AND e.what <> 'withdrawn'
  UNION ALL
  SELECT 'note', n.id::text, n.at, 'Note on case ' || p.reference, jsonb_build_object('text', n.text), true
    FROM places p JOIN case_note n ON n.case_id = p.case_id
  UNION ALL
  SELECT 'fact', x.id::text, x.recorded_at, 'Key fact of case ' || p.reference, x.content || jsonb_build_object('kind', x.kind), true
    FROM places p JOIN case_fact x ON x.case_id = p.case_id
  UNION ALL
  SELECT 'document', d.id::text, d.recorded_at, 'Document of case ' || p.reference,
         jsonb_build_object('title', d.title, 'note', d.note, 'file', 'The file itself is looked through and given apart'), true
    FROM places p JOIN document d ON d.case_id = p.case_id
$$;
-- Requests that are not answered yet, about anybody in a case: it is not erased from under them.
CREATE FUNCTION requests_open_about(asked_case uuid) RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT count(*)::int FROM access_request r JOIN case_person c ON c.person_id = r.person_id
   WHERE c.case_id = asked_case AND r.state IN ('open', 'prepared')
$$;
CREATE FUNCTION keep_while_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('open', 'prepared') THEN
    RAISE restrict_violation USING MESSAGE = 'somebody has asked for what would be erased';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER kept_while_asked BEFORE DELETE ON access_request FOR EACH ROW EXECUTE FUNCTION keep_while_asked();

REVOKE ALL ON FUNCTION people_to_answer(text, text, uuid), held_about(uuid), requests_open_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_to_answer(text, text, uuid), held_about(uuid), requests_open_about(uuid) TO concordat_records;
`;
