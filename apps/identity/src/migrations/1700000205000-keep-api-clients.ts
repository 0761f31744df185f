import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Systems of agencies that use the API. Each is a system account (staff, membership) with secrets of its own.
CREATE TABLE api_client (
  id uuid PRIMARY KEY REFERENCES staff,
  org_id uuid NOT NULL REFERENCES organisation_detail,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  registered_by uuid NOT NULL,
  registered_at timestamptz NOT NULL,
  ended_at timestamptz,
  version integer NOT NULL CHECK (version > 0)
);
CREATE INDEX api_client_org ON api_client (org_id, registered_at);

-- Only a salted hash of a secret is kept.
CREATE TABLE api_client_secret (
  id uuid PRIMARY KEY,
  client_id uuid NOT NULL REFERENCES api_client,
  hint text NOT NULL CHECK (length(hint) = 4),
  hash text NOT NULL CHECK (hash LIKE 'scrypt$%'),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_client_secret_client ON api_client_secret (client_id, made_at);

-- The keys that tokens of API clients are signed with. The private half is sealed under a key that is not in the database.
CREATE TABLE token_key (
  id text PRIMARY KEY,
  public_key jsonb NOT NULL,
  sealed bytea NOT NULL,
  made_at timestamptz NOT NULL
);

-- Second wall: for administrators and for the system that checks a secret, and for no service.
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_read ON api_client FOR SELECT USING (current_setting('concordat.scope', true) IN ('user', 'system'));
CREATE POLICY api_client_add ON api_client FOR INSERT WITH CHECK (current_setting('concordat.scope', true) = 'user' AND ended_at IS NULL);
CREATE POLICY api_client_change ON api_client FOR UPDATE USING (current_setting('concordat.scope', true) = 'user');
ALTER TABLE api_client_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_secret_read ON api_client_secret FOR SELECT USING (current_setting('concordat.scope', true) IN ('user', 'system'));
CREATE POLICY api_client_secret_add ON api_client_secret FOR INSERT WITH CHECK (current_setting('concordat.scope', true) = 'user' AND ended_at IS NULL);
CREATE POLICY api_client_secret_change ON api_client_secret FOR UPDATE USING (current_setting('concordat.scope', true) IN ('user', 'system'));
`;

export class KeepApiClients1700000205000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('clients that agencies use are not forgotten');
  }
}
