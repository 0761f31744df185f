import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Applications for ASB case reviews, as they were sent by anybody or told to a coordinator. */
export class TakeApplications1700000060020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APPLICATIONS);
  }

  async down(): Promise<void> {
    throw new Error('applications are never migrated away');
  }
}

const APPLICATIONS = `
CREATE SEQUENCE asb_application_number;
-- What was sent is never changed. What became of it is put beside it, once.
CREATE TABLE asb_application (
  id uuid PRIMARY KEY,
  version int NOT NULL,
  reference text COLLATE "C" NOT NULL UNIQUE,
  owner_org uuid NOT NULL,
  channel text COLLATE "C" NOT NULL,
  document jsonb NOT NULL,
  received_at timestamptz NOT NULL,
  review_id uuid REFERENCES review,
  set_aside text,
  CHECK (review_id IS NULL OR set_aside IS NULL)
);
CREATE INDEX asb_application_open ON asb_application (owner_org, received_at) WHERE review_id IS NULL AND set_aside IS NULL;
REVOKE UPDATE, DELETE, TRUNCATE ON asb_application FROM concordat_reviews;
GRANT UPDATE (version, review_id, set_aside) ON asb_application TO concordat_reviews;
ALTER TABLE asb_application ENABLE ROW LEVEL SECURITY;
-- The public form may send one, and sees none.
CREATE POLICY sent ON asb_application FOR INSERT WITH CHECK (acting_as('service') OR coordinates(owner_org));
CREATE POLICY seen ON asb_application FOR SELECT USING (coordinates(owner_org));
CREATE POLICY taken ON asb_application FOR UPDATE USING (coordinates(owner_org));
`;
