import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who shares a key with somebody is read from an index alone, where a look at each of them took most of the time: among a million
 * people one or two thousand share a key, and three hundred are compared. A key is kept as its hash; that two have one hash makes
 * them compared, and nothing else.
 */
export class MatchByKey1700000440300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEYS);
    await runner.query(CANDIDATES);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const KEYS = `
CREATE TABLE person_match_key (key bigint NOT NULL, person_id uuid NOT NULL, PRIMARY KEY (key, person_id));
INSERT INTO person_match_key SELECT DISTINCT hashtextextended(k, 0), m.person_id FROM person_match m, unnest(m.keys) k;
-- Nobody reads it but the function below, and nobody writes it but the trigger.
ALTER TABLE person_match_key ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION keep_match_keys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = records AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM person_match_key WHERE person_id = OLD.person_id AND key IN (SELECT hashtextextended(k, 0) FROM unnest(OLD.keys) k);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO person_match_key SELECT DISTINCT hashtextextended(k, 0), NEW.person_id FROM unnest(NEW.keys) k;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_match_keys() FROM PUBLIC;
CREATE TRIGGER keyed AFTER INSERT OR DELETE OR UPDATE OF keys ON person_match FOR EACH ROW EXECUTE FUNCTION keep_match_keys();
REVOKE ALL ON person_match_key FROM concordat_records;
`;

/** The same people in the same order as before: those who share most first, until there are enough whom the caller may see. */
const CANDIDATES = `
CREATE OR REPLACE FUNCTION match_candidates(wanted text[], at_most int)
RETURNS TABLE (person_id uuid, facts jsonb, digest text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = records AS $$
  SELECT m.person_id, m.facts, m.digest
    FROM (SELECT k.person_id, count(*) AS shared FROM person_match_key k
           WHERE k.key = ANY (ARRAY(SELECT hashtextextended(w, 0) FROM unnest(wanted) w))
           GROUP BY k.person_id ORDER BY shared DESC, k.person_id) s
   CROSS JOIN LATERAL (
         SELECT f.person_id, f.facts, f.digest FROM person_match f WHERE f.person_id = s.person_id AND EXISTS (
           SELECT 1 FROM case_person c JOIN participation p ON p.case_id = c.case_id AND p.until IS NULL
            WHERE c.person_id = f.person_id AND p.level <> 'preview' AND c.case_id <> ALL ((SELECT hidden_cases(false))::uuid[])
              AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid OFFSET 0) OFFSET 0) m
   ORDER BY s.shared DESC, s.person_id LIMIT at_most
$$;
`;
