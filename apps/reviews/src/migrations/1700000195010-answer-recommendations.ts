import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The agency that a recommendation is addressed to sees it and answers it, once it is asked. */
export class AnswerRecommendations1700000195010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OWNERS);
  }

  async down(): Promise<void> {
    throw new Error('recommendations are never migrated away');
  }
}

const OWNERS = `
ALTER TABLE recommendation ADD COLUMN answer_due date;
CREATE INDEX recommendation_owner ON recommendation (owner_org) WHERE answer_due IS NOT NULL;
-- Those who answer for their agency.
CREATE FUNCTION answers_for(org uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT acting_as('user') AND org = acting_org() AND EXISTS (
    SELECT 1 FROM member WHERE user_id = acting_user() AND org_id = org AND active
       AND roles && ARRAY['safeguarding-lead', 'review-coordinator']) $$;
DROP POLICY seen ON recommendation;
CREATE POLICY seen ON recommendation FOR SELECT USING (
  EXISTS (SELECT 1 FROM review r WHERE r.id = review_id) OR leads_action_of(id)
  OR (answer_due IS NOT NULL AND answers_for(owner_org)));
DROP POLICY changed ON recommendation;
CREATE POLICY changed ON recommendation FOR UPDATE USING (
  EXISTS (SELECT 1 FROM review r WHERE r.id = review_id) OR leads_action_of(id)
  OR (answer_due IS NOT NULL AND answers_for(owner_org)));
`;
