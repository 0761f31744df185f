import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { PersonDetails } from '../person';
import { INDEX, indexed } from '../person-index';

/** What is known of people over time, how they are related, who may be the same, and what was merged. */
export class WidenPeople1700000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PEOPLE);
    await runner.query(RELATIONSHIPS);
    await runner.query(MATCHING);
    await runner.query(MERGES);
    await runner.query(EARLIER);
    await index(runner);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const PAGE = 1_000;

/** People from before are found as well: their keys are made here, because the library makes them and not the database. */
async function index(runner: QueryRunner): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const people = (await runner.query('SELECT id, content FROM person WHERE id > $1 ORDER BY id LIMIT $2', [
      after,
      PAGE,
    ])) as { id: string; content: PersonDetails }[];
    const last = people.at(-1);
    if (!last) return;
    await runner.query(INDEX, [JSON.stringify(people.map(indexed))]);
    after = last.id;
  }
}

const PEOPLE = `
-- A merged record stands aside: nothing is in it any more, until the merge is undone.
ALTER TABLE person ADD COLUMN merged_into uuid REFERENCES person;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;

-- What was known before each change. The version in force is the person's own row.
CREATE TABLE person_version (
  person_id uuid NOT NULL REFERENCES person,
  version int NOT NULL,
  content jsonb NOT NULL,
  ended_by text NOT NULL CHECK (ended_by IN ('corrected', 'merged', 'separated')),
  ended_at timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (person_id, version)
);
`;

const RELATIONSHIPS = `
-- person is the kind of other: the parent, the ex-partner. Dates as exactly as they are known; null says not known.
CREATE TABLE relationship (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person,
  other_id uuid NOT NULL REFERENCES person,
  kind text NOT NULL,
  since text,
  until text,
  org_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  ended_by uuid,
  CHECK (person_id <> other_id)
);
CREATE INDEX relationship_person ON relationship (person_id);
CREATE INDEX relationship_other ON relationship (other_id);
`;

const MATCHING = `
-- By what a person is found as somebody's other record: blocking keys, what is compared, and values whose shares are counted.
CREATE TABLE person_match (
  person_id uuid PRIMARY KEY REFERENCES person,
  keys text[] NOT NULL,
  terms text[] NOT NULL,
  facts jsonb NOT NULL,
  digest text NOT NULL
);
CREATE INDEX person_match_keys ON person_match USING gin (keys);
-- The shares of names and postcodes are PostgreSQL's own statistics of this column.
ALTER TABLE person_match ALTER COLUMN terms SET STATISTICS 1000;
ALTER TABLE person_match ALTER COLUMN facts SET STATISTICS 0;

-- Two people whom somebody has found to be two. It holds until what is known of either changes.
CREATE TABLE person_distinct (
  person_id uuid NOT NULL REFERENCES person,
  other_id uuid NOT NULL REFERENCES person,
  digest text NOT NULL,
  other_digest text NOT NULL,
  at timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  reason text NOT NULL,
  PRIMARY KEY (person_id, other_id),
  CHECK (person_id < other_id)
);
CREATE INDEX person_distinct_other ON person_distinct (other_id);
`;

const MERGES = `
-- Everything that undoing needs: both records as they were, what was chosen, and whose places in cases were moved.
CREATE TABLE person_merge (
  id uuid PRIMARY KEY,
  survivor_id uuid NOT NULL REFERENCES person,
  merged_id uuid NOT NULL REFERENCES person,
  at timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  reason text,
  choices jsonb NOT NULL,
  survivor_before jsonb NOT NULL,
  merged_before jsonb NOT NULL,
  survivor_after jsonb NOT NULL,
  places jsonb NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  undone_org uuid,
  undone_reason text
);
CREATE UNIQUE INDEX person_merge_in_force ON person_merge (merged_id) WHERE undone_at IS NULL;
CREATE INDEX person_merge_survivor ON person_merge (survivor_id);
`;

/** Records from before: relationships become rows of their own, people are known by id, and numbers become identifiers. */
const EARLIER = `
INSERT INTO relationship (id, person_id, other_id, kind, org_id, recorded_at)
SELECT gen_random_uuid(), a.id, b.id, r->>'kind', f.lead_org, f.opened_at
  FROM case_file f CROSS JOIN jsonb_array_elements(f.relationships) r
  JOIN case_person ca ON ca.case_id = f.id JOIN person a ON a.id = ca.person_id AND a.content->>'ref' = r->>'from'
  JOIN case_person cb ON cb.case_id = f.id JOIN person b ON b.id = cb.person_id AND b.content->>'ref' = r->>'to'
 WHERE a.id <> b.id;
ALTER TABLE case_file DROP COLUMN relationships;
UPDATE case_file f SET key_facts = jsonb_set(f.key_facts, '{safeContact,person}', to_jsonb(p.id))
  FROM case_person c JOIN person p ON p.id = c.person_id
 WHERE c.case_id = f.id AND p.content->>'ref' = f.key_facts #>> '{safeContact,person}';
UPDATE person SET content = (content - '{id,ref,nhsNumber,policeReference,housingReference}'::text[])
    || CASE WHEN content ?| '{nhsNumber,policeReference,housingReference}' THEN jsonb_build_object('identifiers',
         (SELECT jsonb_agg(jsonb_build_object('kind', k.kind, 'value', content->>k.field))
            FROM (VALUES ('nhs-number', 'nhsNumber'), ('police', 'policeReference'), ('housing', 'housingReference')) k(kind, field)
           WHERE content ? k.field)) ELSE '{}' END;
`;

/**
 * The second wall, as for cases: a person, and everything about them, is seen through a case that the organisation takes part
 * in. Merging moves places in cases that the caller does not see, so functions of the owner do that, for people whom the
 * caller does see.
 */
const WALL = `
DROP POLICY part ON person;
CREATE POLICY part ON person USING (current_setting('concordat.scope', true) = 'system' OR in_shared_case(id)
  OR (merged_into IS NOT NULL AND in_shared_case(merged_into)));
ALTER TABLE person_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_version USING (current_setting('concordat.scope', true) = 'system' OR in_shared_case(person_id)
  OR in_shared_case((SELECT p.merged_into FROM person p WHERE p.id = person_id)));
ALTER TABLE relationship ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON relationship USING (current_setting('concordat.scope', true) = 'system'
  OR (in_shared_case(person_id) AND in_shared_case(other_id)));
ALTER TABLE person_match ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_match USING (current_setting('concordat.scope', true) = 'system' OR in_shared_case(person_id));
ALTER TABLE person_distinct ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_distinct USING (current_setting('concordat.scope', true) = 'system'
  OR (in_shared_case(person_id) AND in_shared_case(other_id)));
ALTER TABLE person_merge ENABLE ROW LEVEL SECURITY;
CREATE POLICY part ON person_merge USING (current_setting('concordat.scope', true) = 'system' OR in_shared_case(survivor_id));

-- Everybody else who shares a key with somebody, among those whom the caller may see; who shares most comes first.
CREATE FUNCTION match_candidates(wanted text[], at_most int)
RETURNS TABLE (person_id uuid, facts jsonb, digest text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT m.person_id, m.facts, m.digest FROM person_match m
   WHERE m.keys && wanted AND EXISTS (
         SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
          WHERE c.person_id = m.person_id AND p.level <> 'preview'
            AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)
   ORDER BY (SELECT count(*) FROM unnest(m.keys) k WHERE k = ANY (wanted)) DESC, m.person_id LIMIT at_most
$$;
-- Whom a record that was merged away stands aside for, in the end; the record itself when it stands.
CREATE FUNCTION standing_for(asked uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  WITH RECURSIVE aside(id, merged_into) AS (
    SELECT id, merged_into FROM person WHERE id = asked
    UNION SELECT p.id, p.merged_into FROM aside a JOIN person p ON p.id = a.merged_into)
  SELECT coalesce((SELECT id FROM aside WHERE merged_into IS NULL), asked)
$$;
-- The commonest values and their shares, as ANALYZE last counted them. Values alone: whose they are is not in it.
CREATE FUNCTION match_frequencies() RETURNS TABLE (term text, share real, people real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT t.term, t.share, c.reltuples
    FROM pg_stats s JOIN pg_class c ON c.oid = 'person_match'::regclass,
         unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS t(term, share)
   WHERE s.schemaname = current_schema() AND s.tablename = 'person_match' AND s.attname = 'terms' AND t.term IS NOT NULL
$$;
-- The name by which lists show a case, after one of its people has changed.
CREATE FUNCTION refresh_case_names(changed uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = records AS $$
  UPDATE case_file f SET subject_name = coalesce((
      SELECT nullif(concat_ws(' ', p.content #>> '{name,given}', p.content #>> '{name,family}'), '')
        FROM case_person c JOIN person p ON p.id = c.person_id WHERE c.case_id = f.id
       ORDER BY 'subject' = ANY (c.roles) DESC, c.place LIMIT 1), 'Name not known')
   WHERE f.id IN (SELECT c.case_id FROM case_person c WHERE c.person_id = changed) AND in_shared_case(changed)
$$;

CREATE FUNCTION merge_places(survivor uuid, merged uuid) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE moved jsonb;
BEGIN
  IF NOT (in_shared_case(survivor) AND in_shared_case(merged)) THEN
    RAISE insufficient_privilege;
  END IF;
  SELECT jsonb_build_object(
    'cases', (SELECT coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object('survivorRoles',
                (SELECT to_jsonb(s.roles) FROM case_person s WHERE s.case_id = c.case_id AND s.person_id = survivor))), '[]')
                FROM case_person c WHERE c.person_id = merged),
    'relationships', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM relationship r WHERE merged IN (r.person_id, r.other_id)),
    'organisations', (SELECT coalesce(jsonb_agg(DISTINCT p.org_id), '[]') FROM case_person c JOIN participation p ON p.case_id = c.case_id
                       WHERE c.person_id IN (survivor, merged) AND p.until IS NULL AND p.level <> 'preview')) INTO moved;
  UPDATE case_person s SET roles = ARRAY(SELECT DISTINCT r FROM unnest(s.roles || c.roles) r ORDER BY r)
    FROM case_person c WHERE c.person_id = merged AND s.person_id = survivor AND c.case_id = s.case_id;
  DELETE FROM case_person c WHERE c.person_id = merged
     AND EXISTS (SELECT 1 FROM case_person s WHERE s.case_id = c.case_id AND s.person_id = survivor);
  UPDATE case_person SET person_id = survivor WHERE person_id = merged;
  DELETE FROM relationship WHERE (person_id = merged AND other_id = survivor) OR (person_id = survivor AND other_id = merged);
  UPDATE relationship SET person_id = survivor WHERE person_id = merged;
  UPDATE relationship SET other_id = survivor WHERE other_id = merged;
  RETURN moved;
END $$;

CREATE FUNCTION unmerge_places(merge_id uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
DECLARE m person_merge;
BEGIN
  SELECT * INTO m FROM person_merge WHERE id = merge_id;
  IF m IS NULL OR NOT in_shared_case(m.survivor_id) THEN
    RAISE insufficient_privilege;
  END IF;
  INSERT INTO case_person (case_id, person_id, place, roles)
  SELECT (c->>'case_id')::uuid, m.merged_id, (c->>'place')::smallint, ARRAY(SELECT jsonb_array_elements_text(c->'roles'))
    FROM jsonb_array_elements(m.places->'cases') c;
  UPDATE case_person s SET roles = ARRAY(SELECT jsonb_array_elements_text(c->'survivorRoles'))
    FROM jsonb_array_elements(m.places->'cases') c
   WHERE s.case_id = (c->>'case_id')::uuid AND s.person_id = m.survivor_id AND jsonb_typeof(c->'survivorRoles') = 'array';
  DELETE FROM case_person s USING jsonb_array_elements(m.places->'cases') c
   WHERE s.case_id = (c->>'case_id')::uuid AND s.person_id = m.survivor_id AND jsonb_typeof(c->'survivorRoles') = 'null';
  INSERT INTO relationship SELECT r.* FROM jsonb_populate_recordset(NULL::relationship, m.places->'relationships') r
  ON CONFLICT (id) DO UPDATE SET person_id = EXCLUDED.person_id, other_id = EXCLUDED.other_id;
END $$;

REVOKE ALL ON FUNCTION standing_for(uuid), match_candidates(text[], int), match_frequencies(), refresh_case_names(uuid), merge_places(uuid, uuid),
  unmerge_places(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION standing_for(uuid), match_candidates(text[], int), match_frequencies(), refresh_case_names(uuid), merge_places(uuid, uuid),
  unmerge_places(uuid) TO concordat_records;
`;
