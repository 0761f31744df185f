import type { MigrationInterface, QueryRunner } from 'typeorm';
import { indexEverything } from '../search/search-index';

/** By what people are found and what was written in cases, fed by records' own events; and what somebody searched for. */
export class SearchRecords1700000060100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
    await indexEverything((sql, params) => runner.query(sql, params) as Promise<never[]>);
    await runner.query(CAUGHT_UP);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
-- What a person is found by. Beside it stands, as 'a:<id>', every agency that takes part in a case of theirs: a first sieve
-- only, who may see them is asked of the cases themselves.
CREATE TABLE search_person (
  person_id uuid PRIMARY KEY REFERENCES person ON DELETE CASCADE,
  terms tsvector NOT NULL
);
CREATE INDEX search_person_terms ON search_person USING gin (terms);
-- Agencies and sounds are in many records: how many, a search is planned by.
ALTER TABLE search_person ALTER COLUMN terms SET STATISTICS 1000;

-- Words of what was written in cases, as it stands: what an entry said before it was corrected, or before it was withdrawn, is
-- not searched. With the agencies as above.
CREATE TABLE search_text (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('entry', 'note', 'document')),
  case_id uuid NOT NULL REFERENCES case_file ON DELETE CASCADE,
  at timestamptz NOT NULL,
  terms tsvector NOT NULL
);
CREATE INDEX search_text_terms ON search_text USING gin (terms);
CREATE INDEX search_text_newest ON search_text (at DESC, id DESC);
CREATE INDEX search_text_case ON search_text (case_id);
ALTER TABLE search_text ALTER COLUMN terms SET STATISTICS 1000;

-- What somebody searched for: theirs alone, and gone within the hour (user-interface.md §6).
CREATE TABLE record_search (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  asked text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX record_search_expiry ON record_search (expires_at);
`;

/**
 * The second wall. Nobody reads the index but by these functions, which ask who may see each row before it is one: an agency
 * that takes part in a case beyond a preview, and of it whom no restriction keeps out. An emergency opens one case to be read,
 * and nothing to be found. Each plans its statement anew, as the best plan depends on how common the words are, and never reads
 * the whole index for a few rows.
 */
const WALL = `
ALTER TABLE search_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY fed ON search_person USING (current_setting('concordat.scope', true) = 'system');
ALTER TABLE search_text ENABLE ROW LEVEL SECURITY;
CREATE POLICY fed ON search_text USING (current_setting('concordat.scope', true) = 'system');
ALTER TABLE record_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON record_search USING (current_setting('concordat.scope', true) = 'system'
  OR (user_id = nullif(current_setting('concordat.user', true), '')::uuid AND org_id = nullif(current_setting('concordat.org', true), '')::uuid));

-- What is erased is found no more, from the moment that it is: no event is waited for.
CREATE FUNCTION forget_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  DELETE FROM search_text WHERE id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER text_forgotten AFTER DELETE ON chronology_entry FOR EACH ROW WHEN (OLD.superseded_at IS NULL) EXECUTE FUNCTION forget_text();
CREATE TRIGGER text_forgotten AFTER DELETE ON case_note FOR EACH ROW EXECUTE FUNCTION forget_text();
CREATE TRIGGER text_forgotten AFTER DELETE ON document FOR EACH ROW EXECUTE FUNCTION forget_text();

-- People who are found, with what explains it; leads says whether the caller is told of confidential addresses.
CREATE FUNCTION people_found(asked tsquery, at_most int)
RETURNS TABLE (id uuid, content jsonb, aside jsonb, leads boolean)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = records SET enable_seqscan = off AS $$
BEGIN
  IF acting_org() IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE '
    WITH found AS MATERIALIZED (
      SELECT s.person_id FROM search_person s
       WHERE s.terms @@ $1 AND (SELECT true FROM case_person c JOIN participation p ON p.case_id = c.case_id
               WHERE c.person_id = s.person_id AND p.org_id = $2 AND p.until IS NULL AND p.level <> ''preview''
                 AND c.case_id <> ALL ($3) LIMIT 1)
       LIMIT $5)
    SELECT p.id, p.content, (
             WITH RECURSIVE aside AS (
               SELECT m.id, m.content FROM person m WHERE m.merged_into = p.id
               UNION ALL SELECT m.id, m.content FROM aside a JOIN person m ON m.merged_into = a.id)
             SELECT coalesce(jsonb_agg(a.content), ''[]'') FROM aside a),
           EXISTS (SELECT 1 FROM case_person c JOIN case_file f ON f.id = c.case_id
                    WHERE c.person_id = p.id AND f.lead_org = $2 AND f.id <> ALL ($4))
      FROM found JOIN person p ON p.id = found.person_id WHERE p.merged_into IS NULL'
  USING asked && format('''a:%s''', acting_org())::tsquery, acting_org(), hidden_cases(true), hidden_cases(false), at_most;
END $$;

-- The newest of what was written in which these words are, after a place in the list where one is given.
CREATE FUNCTION texts_found(asked tsquery, after_at timestamptz, after_id uuid, at_most int)
RETURNS TABLE (id uuid, kind text, case_id uuid, at timestamptz)
LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = records SET enable_seqscan = off AS $$
BEGIN
  IF acting_org() IS NULL THEN RETURN; END IF;
  RETURN QUERY EXECUTE '
    SELECT s.id, s.kind, s.case_id, s.at FROM search_text s
     WHERE s.terms @@ $1 AND ($4::timestamptz IS NULL OR (s.at, s.id) < ($4, $5)) AND s.case_id <> ALL ($3)
       AND (SELECT true FROM participation p WHERE p.case_id = s.case_id AND p.org_id = $2 AND p.until IS NULL AND p.level <> ''preview'')
     ORDER BY s.at DESC, s.id DESC LIMIT $6'
  USING asked && format('''a:%s''', acting_org())::tsquery, acting_org(), hidden_cases(true), after_at, after_id, at_most;
END $$;
REVOKE ALL ON FUNCTION forget_text(), people_found(tsquery, int), texts_found(tsquery, timestamptz, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_found(tsquery, int), texts_found(tsquery, timestamptz, uuid, int) TO concordat_records;
`;

/** What was published before is in the index already: records begins to hear of itself with what comes next. */
const CAUGHT_UP = `
INSERT INTO stream_cursor (source, stream_id, last_version) SELECT 'records', id, version FROM stream WHERE version > 0
ON CONFLICT DO NOTHING;
`;
