import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an agency sees only because it takes part in the case is little beside what it triages and refers. It is kept apart,
 * so that lists and searches do not go through every case of an agency that leads a hundred thousand.
 */
export class ListByPart1700000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APART);
    await runner.query(INDEXES);
    await runner.query(WALL);
    await runner.query(`SELECT public.word_similarity('', '')`); // loads the library, whose setting a function below has
    await runner.query(SEARCH);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}

/** Neither organisation of a referral ever changes, and it has its case before anybody hears of who takes part in that. */
const APART = `
ALTER TABLE case_access ADD COLUMN apart boolean;
CREATE FUNCTION tell_apart() RETURNS trigger LANGUAGE plpgsql SET search_path = referrals AS $$
BEGIN
  NEW.apart := NOT EXISTS (SELECT 1 FROM referral r WHERE r.case_id = NEW.case_id AND NEW.org_id IN (r.receiving_org, r.referring_org));
  RETURN NEW;
END $$;
CREATE TRIGGER told_apart BEFORE INSERT ON case_access FOR EACH ROW WHEN (NEW.apart IS NULL) EXECUTE FUNCTION tell_apart();
UPDATE case_access c SET apart = NOT EXISTS (
  SELECT 1 FROM referral r WHERE r.case_id = c.case_id AND c.org_id IN (r.receiving_org, r.referring_org));
`;

const INDEXES = `
CREATE INDEX case_access_apart ON case_access (org_id, case_id) WHERE until IS NULL AND apart;
-- A list of one state, such as what was signposted, in the order of time.
CREATE INDEX referral_status ON referral (receiving_org, status, received_at, id);
-- What an agency received for areas that the caller does not cover.
CREATE INDEX referral_area ON referral (receiving_org, area_id, received_at, id);
`;

/** Whether the caller's organisation takes part in a case, looked up by its key: there may be very many that it does. */
const takesPart = (caseId: string): string => `EXISTS (
  SELECT 1 FROM case_access c WHERE c.case_id = ${caseId} AND c.org_id = (SELECT acting_org()) AND c.until IS NULL
     AND NOT c.restricted AND c.level <> 'preview')`;

/** The same grounds as before; only the last is asked otherwise. */
const SEEN = `
  (SELECT acting_as('system'))
  OR ((SELECT acting_as('service')) AND case_id IS NOT NULL)
  OR ((SELECT acting_as('user')) AND (
       (receiving_org = (SELECT acting_org()) AND status NOT IN ('draft', 'discarded')
         AND ((SELECT acting_areas()) = '{}' OR area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (referring_org = (SELECT acting_org()) AND referred_by = (SELECT acting_user()))
    OR (referring_org = (SELECT acting_org()) AND status NOT IN ('draft', 'discarded') AND (SELECT acting_widely()))
    OR (case_id IS NOT NULL AND ${takesPart('referral.case_id')})))`;
const WALL = `
ALTER POLICY seen ON referral USING (${SEEN});
ALTER POLICY changed ON referral USING (${SEEN});
`;

/** The grounds that never change, over a row \`s\` of the search table, or that its case is open to the caller. */
const FOUND = `
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r WHERE r.id = s.referral_id AND r.case_id IS NOT NULL AND ${takesPart('r.case_id')})`;

/** Words carry the two organisations of a referral, so one look into the index finds theirs; the rest is what is apart. */
const SEARCH = `
CREATE FUNCTION open_apart() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT r.id FROM case_access c JOIN referral r USING (case_id)
   WHERE c.org_id = acting_org() AND c.apart AND c.until IS NULL AND NOT c.restricted AND c.level <> 'preview' $$;
CREATE OR REPLACE FUNCTION found_by_words(query tsquery, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT referral_id FROM (
    SELECT s.referral_id, s.received_at FROM referral_search s
     WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND (${FOUND})
     UNION
    SELECT s.referral_id, s.received_at FROM open_apart() o(id) JOIN referral_search s ON s.referral_id = o.id WHERE s.words @@ query
  ) f ORDER BY received_at DESC LIMIT at_most
$$;
CREATE OR REPLACE FUNCTION found_by_likeness(asked text[], at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public SET pg_trgm.word_similarity_threshold = 0.4 AS $$
  SELECT s.referral_id FROM referral_search s
   WHERE asked[1] <% s.names AND (${FOUND})
     AND NOT EXISTS (SELECT 1 FROM unnest(asked) a WHERE word_similarity(a, s.names) < 0.4)
   ORDER BY s.received_at DESC LIMIT at_most
$$;
CREATE OR REPLACE FUNCTION found_by_reference(asked text, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT s.referral_id FROM referral_search s WHERE s.reference = asked AND (${FOUND}) LIMIT at_most
$$;
DROP FUNCTION open_to_caller();
`;
