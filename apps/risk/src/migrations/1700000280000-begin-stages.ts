import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When stages of a case at a forum begin, and who put it on record. */
export class BeginStages1700000280000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STAGES);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const STAGES = `
-- Only added to: the next that begins ends the one before.
CREATE TABLE forum_referral_stage (
  referral_id uuid NOT NULL REFERENCES forum_referral ON DELETE CASCADE,
  number int NOT NULL,
  stage text COLLATE "C" NOT NULL,
  began_on date NOT NULL,
  -- The kind of forum and its version by which the stage was known.
  rule text NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (referral_id, number)
);
REVOKE UPDATE, DELETE, TRUNCATE ON forum_referral_stage FROM concordat_risk;
ALTER TABLE forum_referral_stage ENABLE ROW LEVEL SECURITY;
-- Whoever sees the referral sees its stages; whoever leads the forum begins them.
CREATE POLICY seen ON forum_referral_stage FOR SELECT
  USING (EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id));
CREATE POLICY begun ON forum_referral_stage FOR INSERT WITH CHECK (acting_as('user') AND by_id = acting_user()
  AND org_id = acting_org() AND EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id AND leads_forum(r.forum_id)));
`;
