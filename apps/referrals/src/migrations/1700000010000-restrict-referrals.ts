import { RESTRICTION_TABLES } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is open to named staff only is closed to all others here as well: in lists, searches, numbers and by its address. */
export class RestrictReferrals1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESTRICTION_TABLES);
    await runner.query(
      `ALTER POLICY seen ON referral USING (${SEEN}); ALTER POLICY changed ON referral USING (${SEEN});`,
    );
    await runner.query(`SELECT public.word_similarity('', '')`); // loads the library, whose setting a function below has
    await runner.query(SEARCH);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}

const OPEN_PART = `c.until IS NULL AND c.level <> 'preview'
  AND (NOT c.restricted OR c.case_id = ANY ((SELECT open_by_name())::uuid[]))`;

/** Whether the caller's organisation takes part in a case, looked up by its key: there may be very many that it does. */
const takesPart = (caseId: string): string => `EXISTS (
  SELECT 1 FROM case_access c WHERE c.case_id = ${caseId} AND c.org_id = (SELECT acting_org()) AND ${OPEN_PART})`;

/** Whether a referral names somebody, or opened a case, that is closed to the caller. */
const closed = (r: string): string => `(${r}.people && (SELECT closed_to_caller(false))
  OR coalesce(${r}.case_id = ANY ((SELECT closed_to_caller(false))::uuid[]), false))`;

/** The same grounds as before, but for what is restricted. */
const SEEN = `
  (SELECT acting_as('system'))
  OR ((SELECT acting_as('service')) AND case_id IS NOT NULL)
  OR ((SELECT acting_as('user')) AND NOT ${closed('referral')} AND (
       (receiving_org = (SELECT acting_org()) AND status NOT IN ('draft', 'discarded')
         AND ((SELECT acting_areas()) = '{}' OR area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (referring_org = (SELECT acting_org()) AND referred_by = (SELECT acting_user()))
    OR (referring_org = (SELECT acting_org()) AND status NOT IN ('draft', 'discarded') AND (SELECT acting_widely()))
    OR (case_id IS NOT NULL AND ${takesPart('referral.case_id')})))`;

/** While nothing is restricted, nothing is looked up for it. */
const UNCLOSED = `(cardinality((SELECT closed_to_caller(false))) = 0
    OR NOT EXISTS (SELECT 1 FROM referral x WHERE x.id = s.referral_id AND ${closed('x')}))`;

/** What the caller may find, over a row \`s\` of the search table. */
const FOUND = `(
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))
    OR EXISTS (SELECT 1 FROM referral r WHERE r.id = s.referral_id AND r.case_id IS NOT NULL AND ${takesPart('r.case_id')}))
  AND ${UNCLOSED}`;

const SEARCH = `
CREATE OR REPLACE FUNCTION open_apart() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT r.id FROM case_access c JOIN referral r USING (case_id) WHERE c.org_id = acting_org() AND c.apart AND ${OPEN_PART} $$;
CREATE OR REPLACE FUNCTION found_by_words(query tsquery, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT referral_id FROM (
    SELECT s.referral_id, s.received_at FROM referral_search s
     WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND ${FOUND}
     UNION
    SELECT s.referral_id, s.received_at FROM open_apart() o(id) JOIN referral_search s ON s.referral_id = o.id
     WHERE s.words @@ query AND ${UNCLOSED}
  ) f ORDER BY received_at DESC LIMIT at_most
$$;
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
`;
