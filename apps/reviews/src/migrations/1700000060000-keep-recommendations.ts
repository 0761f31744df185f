import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Recommendations of reviews, their actions with every date that was set for them, and what was done. */
export class KeepRecommendations1700000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RECOMMENDATIONS);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('recommendations are never migrated away');
  }
}

const RECOMMENDATIONS = `
-- Reference, kind and owner of the review are repeated: whoever leads an action need not be able to see the review.
CREATE TABLE recommendation (
  id uuid PRIMARY KEY,
  version int NOT NULL,
  review_id uuid NOT NULL REFERENCES review,
  review_reference text COLLATE "C" NOT NULL,
  review_owner uuid NOT NULL,
  kind_code text COLLATE "C" NOT NULL,
  number int NOT NULL,
  level text COLLATE "C" NOT NULL,
  theme text NOT NULL,
  owner_org uuid,
  response text COLLATE "C",
  responded boolean NOT NULL,
  document jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (review_id, number)
);

CREATE TABLE review_action (
  id uuid PRIMARY KEY,
  recommendation_id uuid NOT NULL REFERENCES recommendation,
  number int NOT NULL,
  state text COLLATE "C" NOT NULL,
  lead_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  due date NOT NULL,
  document jsonb NOT NULL,
  UNIQUE (recommendation_id, number)
);
CREATE INDEX review_action_lead ON review_action (lead_id, lead_org);

-- Every date that was set for an action: a revised one is added, and none is ever changed.
CREATE TABLE action_target (
  action_id uuid NOT NULL REFERENCES review_action,
  number int NOT NULL,
  due date NOT NULL,
  reason text,
  approver text,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (action_id, number)
);

CREATE TABLE recommendation_repeat (
  recommendation_id uuid NOT NULL REFERENCES recommendation,
  earlier_id uuid NOT NULL REFERENCES recommendation,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (recommendation_id, earlier_id),
  CHECK (recommendation_id <> earlier_id)
);
CREATE INDEX recommendation_repeated ON recommendation_repeat (earlier_id);

CREATE TABLE recommendation_step (
  recommendation_id uuid NOT NULL REFERENCES recommendation,
  version int NOT NULL,
  what text NOT NULL,
  action_id uuid,
  action_state text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (recommendation_id, version)
);
REVOKE UPDATE, DELETE, TRUNCATE ON action_target, recommendation_repeat, recommendation_step FROM concordat_reviews;
REVOKE DELETE, TRUNCATE ON recommendation, review_action FROM concordat_reviews;
`;

/**
 * A recommendation is seen by whoever sees its review and by those who lead one of its actions, while they work for the
 * agency that they lead it for. Only the coordinators of the review add to it.
 */
const WALL = `
-- Past the wall, so that the wall itself can ask.
CREATE FUNCTION leads_action_of(recommendation uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = reviews, public AS $$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM review_action a JOIN member m ON m.user_id = a.lead_id AND m.org_id = a.lead_org AND m.active
     WHERE a.recommendation_id = recommendation AND a.lead_id = acting_user() AND a.lead_org = acting_org()) $$;
REVOKE ALL ON FUNCTION leads_action_of(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leads_action_of(uuid) TO concordat_reviews;

ALTER TABLE recommendation ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON recommendation FOR SELECT
  USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id) OR leads_action_of(id));
CREATE POLICY proposed ON recommendation FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id AND coordinates(r.owner_org)));
CREATE POLICY changed ON recommendation FOR UPDATE
  USING (EXISTS (SELECT 1 FROM review r WHERE r.id = review_id) OR leads_action_of(id));

ALTER TABLE review_action ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON review_action FOR SELECT
  USING (EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id));
CREATE POLICY added ON review_action FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id AND coordinates(r.review_owner)));
CREATE POLICY moved ON review_action FOR UPDATE
  USING (EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id));

ALTER TABLE action_target ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON action_target FOR SELECT USING (EXISTS (SELECT 1 FROM review_action a WHERE a.id = action_id));
CREATE POLICY added ON action_target FOR INSERT WITH CHECK (EXISTS (
  SELECT 1 FROM review_action a JOIN recommendation r ON r.id = a.recommendation_id
   WHERE a.id = action_id AND coordinates(r.review_owner)));

ALTER TABLE recommendation_repeat ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON recommendation_repeat FOR SELECT
  USING (EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id));
CREATE POLICY linked ON recommendation_repeat FOR INSERT WITH CHECK (
  EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id AND coordinates(r.review_owner))
  AND EXISTS (SELECT 1 FROM recommendation r WHERE r.id = earlier_id));

ALTER TABLE recommendation_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON recommendation_step FOR SELECT
  USING (EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id));
CREATE POLICY added ON recommendation_step FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM recommendation r WHERE r.id = recommendation_id));
`;
