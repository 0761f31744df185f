import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a partnership with 300,000 cases needs of its lists and searches: what an agency sees only because it takes part in a
 * case lies in the order in which it is listed, and its words lead to it as they do for the two agencies of a referral.
 */
export class ListAtScale1700000440000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The library, whose setting a function below has.
    for (const part of [APART, STATISTICS, ELSEWHERE, `SELECT public.word_similarity('', '')`, SEARCH])
      await runner.query(part);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}

/**
 * The referral is held while its words are changed, as it is by whoever writes them anew: neither can miss what the other did.
 * An agency's word stays when its part ends; who may find something is decided over what was found.
 */
const APART = `
ALTER TABLE case_access ADD COLUMN referral_id uuid, ADD COLUMN received_at timestamptz;
CREATE OR REPLACE FUNCTION tell_apart() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = referrals, public AS $$
DECLARE r record;
BEGIN
  SELECT id, received_at, receiving_org, referring_org INTO r FROM referral WHERE case_id = NEW.case_id FOR NO KEY UPDATE;
  NEW.apart := r.id IS NULL OR NEW.org_id NOT IN (r.receiving_org, r.referring_org);
  IF NEW.apart AND r.id IS NOT NULL THEN
    NEW.referral_id := r.id;
    NEW.received_at := r.received_at;
    UPDATE referral_search SET words = words || array_to_tsvector(ARRAY['org:' || NEW.org_id])
     WHERE referral_id = r.id AND NOT words @@ ('''org:' || NEW.org_id || '''')::tsquery;
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION tell_apart() FROM PUBLIC;
UPDATE case_access c SET referral_id = r.id, received_at = r.received_at FROM referral r WHERE r.case_id = c.case_id AND c.apart;
UPDATE referral_search s SET words = s.words || c.words
  FROM (SELECT referral_id, array_to_tsvector(array_agg('org:' || org_id)) AS words FROM case_access WHERE referral_id IS NOT NULL GROUP BY 1) c
 WHERE s.referral_id = c.referral_id;
CREATE INDEX case_access_apart_received ON case_access (org_id, received_at, referral_id) WHERE until IS NULL AND apart;
-- What somebody works on, in the order in which it is due: the home page.
CREATE INDEX referral_assigned ON referral (receiving_org, assigned_to, due_at, id) WHERE assigned_to IS NOT NULL;
CREATE INDEX referral_assigned_open ON referral (receiving_org, assigned_to, due_at, id)
  WHERE status IN ('received', 'rated', 'information-requested', 'returned', 'reopened');
`;

/** Areas belong to agencies: taken for independent, an agency's areas look like a few of its referrals and are all of them. */
const STATISTICS = `
CREATE STATISTICS IF NOT EXISTS referral_org_area (ndistinct, dependencies, mcv) ON receiving_org, area_id FROM referral;
ANALYZE referral, case_access;
`;

/** Whether the caller's organisation received anything for other areas than these: mostly not, and nothing is looked for then. */
const ELSEWHERE = `
CREATE FUNCTION received_elsewhere(areas uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = referrals AS $$
  SELECT EXISTS (SELECT 1 FROM area a WHERE a.area_id <> ALL (areas) AND (
    SELECT x.receiving_org = acting_org() AND x.area_id = a.area_id FROM referral x
     WHERE (x.receiving_org, x.area_id) >= (acting_org(), a.area_id) ORDER BY x.receiving_org, x.area_id LIMIT 1))
$$;
REVOKE ALL ON FUNCTION received_elsewhere(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION received_elsewhere(uuid[]) TO concordat_referrals;
`;

/** What the caller may find, over a row \`s\` of the search table: the grounds of before. OFFSET 0 keeps PostgreSQL from collecting every case of theirs. */
const FOUND = `(
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r JOIN case_access c ON c.case_id = r.case_id AND c.org_id = acting_org()
                WHERE r.id = s.referral_id AND c.until IS NULL AND c.level <> 'preview'
                  AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[])) OFFSET 0))
  AND (cardinality((SELECT closed_to_caller(false))) = 0
    OR NOT EXISTS (SELECT 1 FROM referral x WHERE x.id = s.referral_id AND (x.people && (SELECT closed_to_caller(false))
         OR coalesce(x.case_id = ANY ((SELECT closed_to_caller(false))::uuid[]), false)) OFFSET 0))`;

/** One look into the index for everything, as before for what an agency triages and refers. */
const SEARCH = `
CREATE OR REPLACE FUNCTION found_by_words(query tsquery, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT s.referral_id FROM referral_search s
   WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND ${FOUND}
   ORDER BY s.received_at DESC LIMIT at_most
$$;
-- Whether there is anything, without putting all of it in order.
CREATE FUNCTION finds_by_words(query tsquery) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = referrals, public AS $$
  SELECT EXISTS (SELECT 1 FROM referral_search s
   WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND ${FOUND})
$$;
REVOKE ALL ON FUNCTION finds_by_words(tsquery) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION finds_by_words(tsquery) TO concordat_referrals;
CREATE OR REPLACE FUNCTION found_by_likeness(asked text[], at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public SET pg_trgm.word_similarity_threshold = 0.4 AS $$
  SELECT s.referral_id FROM referral_search s
   WHERE asked[1] <% s.names AND ${FOUND}
     AND NOT EXISTS (SELECT 1 FROM unnest(asked) a WHERE word_similarity(a, s.names) < 0.4)
   ORDER BY s.received_at DESC LIMIT at_most
$$;
CREATE OR REPLACE FUNCTION found_by_reference(asked text, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT s.referral_id FROM referral_search s WHERE s.reference = asked AND ${FOUND} LIMIT at_most
$$;
DROP FUNCTION open_apart();
`;
