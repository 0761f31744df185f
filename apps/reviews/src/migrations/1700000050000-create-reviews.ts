import { ACTING, MEMBER_PLACES, MEMBER_TABLES, waistTables } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reviews, their decision records, who may see them, what was done, and the kinds that they are pinned to. */
export class CreateReviews1700000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('reviews'));
    await runner.query(MEMBER_TABLES);
    await runner.query(MEMBER_PLACES);
    await runner.query(REVIEWS);
    await runner.query(ACTING);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('reviews are never migrated away');
  }
}

const REVIEWS = `
-- A version of a kind as it was when the first review was pinned to it: that review follows it for life.
CREATE TABLE kind_pin (
  code text COLLATE "C" NOT NULL,
  version int NOT NULL,
  digest text NOT NULL,
  definition jsonb NOT NULL,
  pinned_at timestamptz NOT NULL,
  PRIMARY KEY (code, version)
);

CREATE SEQUENCE review_number;
-- The document is what is written down about it; it only grows. Columns beside it repeat what lists and walls need.
CREATE TABLE review (
  id uuid PRIMARY KEY,
  version int NOT NULL,
  reference text COLLATE "C" NOT NULL UNIQUE,
  owner_org uuid NOT NULL,
  kind_code text COLLATE "C" NOT NULL,
  kind_version int NOT NULL,
  kind_digest text NOT NULL,
  state text COLLATE "C" NOT NULL,
  document jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  FOREIGN KEY (kind_code, kind_version) REFERENCES kind_pin
);
CREATE INDEX review_changed ON review (owner_org, changed_at DESC, id DESC);

-- A decision record is never changed and never taken away: a later one supersedes it.
CREATE TABLE review_decision (
  review_id uuid NOT NULL REFERENCES review,
  number int NOT NULL,
  record jsonb NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (review_id, number)
);

-- Who is named to see a review, beside the coordinators of its agency.
CREATE TABLE review_member (
  review_id uuid NOT NULL REFERENCES review,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  seat text NOT NULL,
  named_at timestamptz NOT NULL,
  PRIMARY KEY (review_id, user_id, org_id)
);
CREATE INDEX review_member_user ON review_member (user_id, org_id, review_id);

-- What was done to it. It only grows.
CREATE TABLE review_step (
  review_id uuid NOT NULL REFERENCES review,
  version int NOT NULL,
  what text NOT NULL,
  from_state text,
  to_state text NOT NULL,
  reason text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (review_id, version)
);
REVOKE UPDATE, DELETE, TRUNCATE ON kind_pin, review_decision, review_step FROM concordat_reviews;
REVOKE DELETE, TRUNCATE ON review FROM concordat_reviews;
REVOKE UPDATE, TRUNCATE ON review_member FROM concordat_reviews;
`;

/**
 * A review is seen by the coordinators of the agency that commissions it and by those who are named, while they work there
 * for the organisation that they act for; changed by the same, and the service says by whom of them and how.
 */
const WALL = `
CREATE FUNCTION coordinates(org uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT acting_as('user') AND org = acting_org() AND EXISTS (
    SELECT 1 FROM member WHERE user_id = acting_user() AND org_id = org AND active AND 'review-coordinator' = ANY (roles)) $$;
-- Past the wall, so that the wall itself can ask.
CREATE FUNCTION is_named(review uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = reviews, public AS $$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM review_member n JOIN member m ON m.user_id = n.user_id AND m.org_id = n.org_id AND m.active
     WHERE n.review_id = review AND n.user_id = acting_user() AND n.org_id = acting_org()) $$;
REVOKE ALL ON FUNCTION is_named(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_named(uuid) TO concordat_reviews;

ALTER TABLE review ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON review FOR SELECT USING (coordinates(owner_org) OR is_named(id));
CREATE POLICY registered ON review FOR INSERT WITH CHECK (coordinates(owner_org));
CREATE POLICY changed ON review FOR UPDATE USING (coordinates(owner_org) OR is_named(id));

ALTER TABLE review_decision ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON review_decision FOR SELECT USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
CREATE POLICY taken ON review_decision FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id AND coordinates(r.owner_org)));

ALTER TABLE review_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON review_member FOR SELECT USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
CREATE POLICY named ON review_member FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id AND coordinates(r.owner_org)));
CREATE POLICY released ON review_member FOR DELETE
  USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id AND coordinates(r.owner_org)));

ALTER TABLE review_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON review_step FOR SELECT USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
CREATE POLICY added ON review_step FOR INSERT WITH CHECK (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id));
`;
