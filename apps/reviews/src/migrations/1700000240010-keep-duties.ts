import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a community safety partnership has to do again and again, and each time that it was done (decision 45). */
export class KeepDuties1700000240010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DUTIES);
  }

  async down(): Promise<void> {
    throw new Error('registers of duties are never migrated away');
  }
}

const DUTIES = `
CREATE TABLE partnership_duty (
  id uuid PRIMARY KEY,
  owner_org uuid NOT NULL,
  code text COLLATE "C" NOT NULL,
  version int NOT NULL,
  UNIQUE (owner_org, code)
);
-- Only added to: what was recorded last counts.
CREATE TABLE partnership_duty_entry (
  duty_id uuid NOT NULL REFERENCES partnership_duty,
  number int NOT NULL,
  what text NOT NULL CHECK (what IN ('done', 'copy')),
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (duty_id, number)
);
REVOKE UPDATE, DELETE, TRUNCATE ON partnership_duty, partnership_duty_entry FROM concordat_reviews;
GRANT UPDATE (version) ON partnership_duty TO concordat_reviews;
ALTER TABLE partnership_duty ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON partnership_duty FOR SELECT USING (coordinates(owner_org) OR audits(owner_org));
CREATE POLICY kept ON partnership_duty FOR INSERT WITH CHECK (coordinates(owner_org));
CREATE POLICY changed ON partnership_duty FOR UPDATE USING (coordinates(owner_org));
ALTER TABLE partnership_duty_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON partnership_duty_entry FOR SELECT USING (EXISTS (SELECT 1 FROM partnership_duty d WHERE d.id = duty_id));
CREATE POLICY kept ON partnership_duty_entry FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM partnership_duty d WHERE d.id = duty_id AND coordinates(d.owner_org)));
`;
