import { CASE_ACCESS_TABLES, MEMBER_TABLES, waistTables } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Referrals, what may be searched in them, searches that were asked for; closed to everybody who has no ground to see. */
export class CreateReferrals1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('referrals'));
    await runner.query(MEMBER_TABLES);
    await runner.query(CASE_ACCESS_TABLES);
    await runner.query(TABLES);
    await runner.query(SEARCH);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('referrals are never migrated away');
  }
}

const TABLES = `
-- Serials of references, taken by each process a block at a time.
CREATE SEQUENCE reference_block INCREMENT BY 100;

-- One row per referral, drafts included. What happened since it was received is in entries, which only grows; the columns
-- after it repeat what lists filter and sort by.
CREATE TABLE referral (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  status text NOT NULL,
  referring_org uuid NOT NULL,
  referred_by uuid NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  discarded_at timestamptz,
  reference text COLLATE "C" UNIQUE,
  pathway text,
  area_id uuid,
  receiving_org uuid,
  received_at timestamptz,
  subject_name text,
  -- Ids of the people in content, the subject first: whom the audit entries name.
  people uuid[] NOT NULL DEFAULT '{}',
  content jsonb NOT NULL,
  pack text,
  entries jsonb NOT NULL DEFAULT '[]',
  colour text,
  colour_rank smallint NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT 'infinity',
  assigned_to uuid,
  case_id uuid,
  -- The triage clock is this row (events.md D1): pending until it fires once, or is stopped by a decision.
  clock text CHECK (clock IN ('pending', 'fired', 'stopped')),
  clock_version int NOT NULL DEFAULT 0,
  CONSTRAINT received_whole CHECK (status IN ('draft', 'discarded') OR (reference IS NOT NULL AND pathway IS NOT NULL
    AND area_id IS NOT NULL AND receiving_org IS NOT NULL AND received_at IS NOT NULL AND pack IS NOT NULL))
);
CREATE INDEX referral_received ON referral (receiving_org, received_at, id);
CREATE INDEX referral_made ON referral (referring_org, received_at, id);
CREATE INDEX referral_author ON referral (referred_by, received_at, id);
-- What waits for triage: few of many, and what is asked for most.
CREATE INDEX referral_open ON referral (receiving_org, due_at, id)
  WHERE status IN ('received', 'rated', 'information-requested', 'returned', 'reopened');
CREATE INDEX referral_case ON referral (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX referral_clock ON referral (due_at) WHERE clock = 'pending';
`;

/**
 * Search reads a table of its own, fed from the outbox's events: an inline GIN index would cost intake its tail
 * (performance.md 2). Words are normalised before they come here.
 */
const SEARCH = `
CREATE TABLE referral_search (
  referral_id uuid PRIMARY KEY,
  received_at timestamptz NOT NULL,
  reference text COLLATE "C" NOT NULL,
  -- Who may find it, as far as that never changes.
  receiving_org uuid NOT NULL,
  referring_org uuid NOT NULL,
  referred_by uuid NOT NULL,
  area_id uuid NOT NULL,
  names text NOT NULL,
  -- Words of the referral, and as 'org:<id>' the two organisations that it concerns, so that one index answers both.
  words tsvector NOT NULL
);
CREATE INDEX referral_search_words ON referral_search USING gin (words);
CREATE INDEX referral_search_names ON referral_search USING gin (names public.gin_trgm_ops);
CREATE INDEX referral_search_reference ON referral_search (reference);

-- What somebody searched for: theirs alone, and gone within the hour (user-interface.md §6).
CREATE TABLE search (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  asked jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX search_expiry ON search (expires_at);
`;

/**
 * The second wall: whatever a query forgets, the database shows a referral only to who has a ground to see it. Sub-selects
 * keep the questions about the caller out of the loop over rows.
 *
 * Operators of full-text search are not leak-proof, so under a policy their index could not be used. Search therefore goes
 * through functions that run as the owner and apply the same grounds themselves; the table itself shows a caller nothing.
 */
const WALL = `
CREATE FUNCTION acting_user() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.user', true), '')::uuid $$;
CREATE FUNCTION acting_org() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('concordat.org', true), '')::uuid $$;
CREATE FUNCTION acting_as(scope text) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT current_setting('concordat.scope', true) = scope $$;
-- Areas that the caller's membership covers; none named means all.
CREATE FUNCTION acting_areas() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT areas FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active $$;
-- Whether the caller sees all that their organisation has referred, not only their own.
CREATE FUNCTION acting_widely() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT roles && '{safeguarding-lead,panel-coordinator,panel-chair}'::text[]
                     FROM member WHERE user_id = acting_user() AND org_id = acting_org() AND active), false) $$;

ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON referral FOR SELECT USING (${seen()});
CREATE POLICY made ON referral FOR INSERT WITH CHECK (
  acting_as('user') AND referring_org = acting_org() AND referred_by = acting_user());
CREATE POLICY changed ON referral FOR UPDATE USING (${seen()}) WITH CHECK (
  (SELECT acting_as('system')) OR ((SELECT acting_as('user'))
    AND (receiving_org = (SELECT acting_org()) OR referring_org = (SELECT acting_org()))));

ALTER TABLE search ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON search USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));

ALTER TABLE referral_search ENABLE ROW LEVEL SECURITY;
CREATE POLICY fed ON referral_search USING (acting_as('system'));

CREATE FUNCTION open_to_caller() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT r.id FROM case_access c JOIN referral r USING (case_id)
   WHERE c.org_id = acting_org() AND c.until IS NULL AND NOT c.restricted AND c.level <> 'preview' $$;
-- The newest that the caller may see, at most so many: a word that is in everything finds no more than can be read.
CREATE FUNCTION found_by_words(query tsquery, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT referral_id FROM (
    SELECT s.referral_id, s.received_at FROM referral_search s
     WHERE s.words @@ (query && ('''org:' || acting_org()::text || '''')::tsquery) AND (${findable()})
     UNION
    SELECT s.referral_id, s.received_at FROM open_to_caller() o(id) JOIN referral_search s ON s.referral_id = o.id WHERE s.words @@ query
  ) f ORDER BY received_at DESC LIMIT at_most
$$;
-- Names alike, by trigrams: every word must be like some name. The longest comes first, and is looked up.
CREATE FUNCTION found_by_likeness(asked text[], at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 100 SECURITY DEFINER
  SET search_path = referrals, public SET pg_trgm.word_similarity_threshold = 0.4 AS $$
  SELECT s.referral_id FROM referral_search s
   WHERE asked[1] <% s.names AND ((${findable()}) OR s.referral_id IN (SELECT * FROM open_to_caller()))
     AND NOT EXISTS (SELECT 1 FROM unnest(asked) a WHERE word_similarity(a, s.names) < 0.4)
   ORDER BY s.received_at DESC LIMIT at_most
$$;
CREATE FUNCTION found_by_reference(asked text, at_most int) RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 1 SECURITY DEFINER
  SET search_path = referrals, public AS $$
  SELECT s.referral_id FROM referral_search s
   WHERE s.reference = asked AND ((${findable()}) OR s.referral_id IN (SELECT * FROM open_to_caller())) LIMIT at_most
$$;
REVOKE ALL ON FUNCTION found_by_words(tsquery, int), found_by_likeness(text[], int), found_by_reference(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION found_by_words(tsquery, int), found_by_likeness(text[], int), found_by_reference(text, int) TO concordat_referrals;
`;

/** Grounds on which a row may be seen: by its author, by who triages it, by who referred it, by who takes part in its case. */
function seen(): string {
  return `
  (SELECT acting_as('system'))
  OR ((SELECT acting_as('service')) AND case_id IS NOT NULL)
  OR ((SELECT acting_as('user')) AND (
       (receiving_org = (SELECT acting_org()) AND status NOT IN ('draft', 'discarded')
         AND ((SELECT acting_areas()) = '{}' OR area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (referring_org = (SELECT acting_org()) AND referred_by = (SELECT acting_user()))
    OR (referring_org = (SELECT acting_org()) AND status NOT IN ('draft', 'discarded') AND (SELECT acting_widely()))
    OR (case_id IS NOT NULL AND case_id IN (SELECT c.case_id FROM case_access c WHERE c.org_id = (SELECT acting_org())
         AND c.until IS NULL AND NOT c.restricted AND c.level <> 'preview'))))`;
}

/** The grounds that never change, over a row `s` of the search table. */
function findable(): string {
  return `
       (s.receiving_org = acting_org() AND ((SELECT acting_areas()) = '{}' OR s.area_id = ANY ((SELECT acting_areas())::uuid[])))
    OR (s.referring_org = acting_org() AND (s.referred_by = acting_user() OR (SELECT acting_widely())))`;
}
