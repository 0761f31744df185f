import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Documents of a case. Their bytes are in the object store; here is what they are, by whom, and their digests. */
export class KeepDocuments1700000020030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('records are never migrated away');
  }
}

const TABLES = `
CREATE TABLE document (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  title text NOT NULL,
  note text,
  sensitive boolean NOT NULL,
  -- The document of which this is a redacted copy.
  redaction_of uuid REFERENCES document,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX document_case ON document (case_id, recorded_at DESC);

CREATE TABLE document_version (
  document_id uuid NOT NULL REFERENCES document,
  version int NOT NULL,
  case_id uuid NOT NULL REFERENCES case_file,
  key uuid NOT NULL UNIQUE,
  type text NOT NULL,
  ending text NOT NULL,
  size int NOT NULL,
  digest text NOT NULL,
  scan text NOT NULL CHECK (scan IN ('clean', 'not-scanned')),
  reason text,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (document_id, version)
);

-- Files that belong to no document yet: their uploader's alone, and gone within the hour.
CREATE TABLE document_upload (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  user_id uuid NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size int NOT NULL,
  digest text NOT NULL,
  scan text NOT NULL CHECK (scan IN ('clean', 'not-scanned')),
  expires_at timestamptz NOT NULL
);
CREATE INDEX document_upload_expiry ON document_upload (expires_at);
`;

const WALL = ['document', 'document_version']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON ${table} FOR SELECT
  USING (current_setting('concordat.scope', true) = 'system' OR reads_case(case_id));
CREATE POLICY add ON ${table} FOR INSERT
  WITH CHECK (current_setting('concordat.scope', true) = 'system' OR works_on_case(case_id));`,
  )
  .concat(
    `
ALTER TABLE document_upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON document_upload USING (current_setting('concordat.scope', true) = 'system'
  OR user_id = nullif(current_setting('concordat.user', true), '')::uuid);`,
  )
  .join('\n');
