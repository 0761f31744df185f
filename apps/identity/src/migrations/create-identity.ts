import { MEMBER_TABLES, waistTables } from '@concordat/messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Which partnership this is, and the digest of the file that it was last loaded from.
CREATE TABLE partnership (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id uuid NOT NULL,
  name text NOT NULL,
  digest text NOT NULL,
  loaded_at timestamptz NOT NULL
);

-- The registers. The tables organisation, area and member are the waist's copies, as every context has them.
CREATE TABLE organisation_detail (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  agency_type text NOT NULL,
  active boolean NOT NULL DEFAULT true
);

CREATE TABLE area_detail (
  id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE,
  name text NOT NULL,
  lead_org uuid NOT NULL REFERENCES organisation_detail,
  active boolean NOT NULL DEFAULT true
);

-- A person, or a system account. The only place that holds their name.
CREATE TABLE staff (
  user_id uuid PRIMARY KEY,
  username text NOT NULL UNIQUE,
  subject text NOT NULL UNIQUE,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'system')),
  created_at timestamptz NOT NULL
);

CREATE TABLE membership (
  user_id uuid NOT NULL REFERENCES staff,
  org_id uuid NOT NULL REFERENCES organisation_detail,
  roles text[] NOT NULL,
  areas uuid[] NOT NULL,
  active boolean NOT NULL,
  may_receive boolean NOT NULL,
  job_title text,
  team text,
  manager uuid,
  version integer NOT NULL CHECK (version > 0),
  -- Who decided last. What an administrator has decided, no file that is loaded later undoes.
  decided_by text NOT NULL CHECK (decided_by IN ('file', 'administrator')),
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, org_id)
);
CREATE INDEX membership_org ON membership (org_id, user_id);

-- Second wall: outside the waist nobody is seen, and a service may look but not write.
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff_read ON staff FOR SELECT USING (current_setting('concordat.scope', true) IN ('user', 'service', 'system'));
CREATE POLICY staff_add ON staff FOR INSERT WITH CHECK (current_setting('concordat.scope', true) IN ('user', 'system'));
CREATE POLICY staff_change ON staff FOR UPDATE USING (current_setting('concordat.scope', true) IN ('user', 'system'));
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_read ON membership FOR SELECT USING (current_setting('concordat.scope', true) IN ('user', 'service', 'system'));
CREATE POLICY membership_add ON membership FOR INSERT WITH CHECK (current_setting('concordat.scope', true) IN ('user', 'system'));
CREATE POLICY membership_change ON membership FOR UPDATE USING (current_setting('concordat.scope', true) IN ('user', 'system'));
`;

export class CreateIdentity1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(waistTables('identity') + MEMBER_TABLES + TABLES);
  }

  /** There is no way back from the first migration: an installation without it is an empty schema. */
  async down(): Promise<void> {
    throw new Error('The first migration is not undone: drop the schema instead');
  }
}
