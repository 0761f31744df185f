import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- Secrets that an agency's system holds as well, for software that checks no signature but v1; sealed as the keys are. A table of
-- its own: a process of the version before takes whatever is among the keys for a private key.
CREATE TABLE webhook_shared_secret (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhook,
  sealed bytea NOT NULL,
  made_at timestamptz NOT NULL,
  ends_at timestamptz
);
CREATE INDEX webhook_shared_secret_webhook ON webhook_shared_secret (webhook_id, made_at);
ALTER TABLE webhook_shared_secret ENABLE ROW LEVEL SECURITY;
CREATE POLICY webhook_shared_secret_own ON webhook_shared_secret USING (EXISTS (SELECT 1 FROM webhook w WHERE w.id = webhook_id));
`;

export class ShareWebhookSecrets1700000420000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('what is signed goes on being signed');
  }
}
