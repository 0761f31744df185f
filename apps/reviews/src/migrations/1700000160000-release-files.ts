import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is protected in a review, its files before they leave it, and what is published. */
export class ReleaseFiles1700000160000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RELEASES);
    await runner.query(WALL);
    await runner.query(PUBLISHED);
  }

  async down(): Promise<void> {
    throw new Error('what was released is never migrated away');
  }
}

const RELEASES = `
-- Somebody who is protected, with what could identify them. A changed entry is another row with a higher number.
CREATE TABLE protected_person (
  id uuid NOT NULL,
  number int NOT NULL,
  review_id uuid NOT NULL REFERENCES review,
  record jsonb NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (id, number)
);
CREATE INDEX protected_person_review ON protected_person (review_id);

-- Files that were not looked through yet: their uploader's alone, and gone within the hour.
CREATE TABLE release_upload (
  id uuid PRIMARY KEY,
  review_id uuid NOT NULL REFERENCES review,
  user_id uuid NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size int NOT NULL,
  digest text NOT NULL,
  scan text NOT NULL CHECK (scan IN ('clean', 'not-scanned')),
  expires_at timestamptz NOT NULL
);
CREATE INDEX release_upload_expiry ON release_upload (expires_at);

-- A file that is to leave. Its bytes never change: a better one is another file.
CREATE TABLE release_file (
  id uuid PRIMARY KEY,
  review_id uuid NOT NULL REFERENCES review,
  artefact text NOT NULL,
  name text NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size int NOT NULL,
  digest text NOT NULL,
  malware text NOT NULL CHECK (malware IN ('clean', 'not-scanned')),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX release_file_review ON release_file (review_id);

-- What was found in it, each time that it was looked through.
CREATE TABLE release_scan (
  file_id uuid NOT NULL REFERENCES release_file,
  mapped int NOT NULL,
  found jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (file_id, mapped)
);
CREATE TABLE release_clearing (
  file_id uuid NOT NULL REFERENCES release_file,
  key text NOT NULL,
  reason text NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (file_id, key)
);
CREATE TABLE release_verdict (
  file_id uuid NOT NULL,
  mapped int NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (file_id, mapped),
  FOREIGN KEY (file_id, mapped) REFERENCES release_scan
);
-- Never by whoever brought the file, whatever the service says.
CREATE FUNCTION second_reader() RETURNS trigger LANGUAGE plpgsql SET search_path = reviews, public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM release_file f WHERE f.id = NEW.file_id AND f.by_id = NEW.by_id) THEN
    RAISE EXCEPTION 'somebody else must look at the file' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER by_another BEFORE INSERT ON release_clearing FOR EACH ROW EXECUTE FUNCTION second_reader();
CREATE TRIGGER by_another BEFORE INSERT ON release_verdict FOR EACH ROW EXECUTE FUNCTION second_reader();
REVOKE UPDATE, DELETE, TRUNCATE ON protected_person, release_file, release_scan, release_clearing, release_verdict
  FROM concordat_reviews;
`;

const OF_FILE = ['release_scan', 'release_clearing', 'release_verdict']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON ${table} FOR SELECT USING (EXISTS (SELECT 1 FROM release_file f WHERE f.id = file_id));
CREATE POLICY added ON ${table} FOR INSERT WITH CHECK (EXISTS (SELECT 1 FROM release_file f WHERE f.id = file_id));`,
  )
  .join('\n');

/** For coordinators and for those who draft: chair, deputy, author. Members of the panel do not see who is who (§8). */
const WALL = `
CREATE FUNCTION drafts(review uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM review r WHERE r.id = review AND (coordinates(r.owner_org) OR EXISTS (
      SELECT 1 FROM jsonb_array_elements(coalesce(r.document->'panel', '[]')) m
       WHERE m->>'userId' = acting_user()::text AND m->>'role' <> 'member' AND m->>'endedOn' IS NULL))) $$;

ALTER TABLE protected_person ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON protected_person FOR SELECT USING (drafts(review_id));
CREATE POLICY added ON protected_person FOR INSERT WITH CHECK (drafts(review_id));
ALTER TABLE release_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY drafting ON release_file FOR SELECT USING (drafts(review_id));
CREATE POLICY added ON release_file FOR INSERT WITH CHECK (drafts(review_id));
ALTER TABLE release_upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON release_upload USING (acting_as('system') OR user_id = acting_user());
${OF_FILE}
`;

const PUBLISHED = `
-- What anybody may read. A later edition is shown in place of the one before, which stays.
CREATE TABLE publication (
  id uuid PRIMARY KEY,
  review_id uuid NOT NULL REFERENCES review,
  edition int NOT NULL,
  owner_org uuid NOT NULL,
  label text NOT NULL,
  title text NOT NULL,
  learning text NOT NULL,
  whole boolean NOT NULL,
  by_id uuid NOT NULL,
  published_at timestamptz NOT NULL,
  UNIQUE (review_id, edition)
);
CREATE TABLE publication_file (
  publication_id uuid NOT NULL REFERENCES publication,
  number int NOT NULL,
  file_id uuid NOT NULL,
  mapped int NOT NULL,
  artefact text NOT NULL,
  type text NOT NULL,
  ending text NOT NULL,
  size int NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (publication_id, number),
  -- Nothing is published that nobody released.
  FOREIGN KEY (file_id, mapped) REFERENCES release_verdict
);
REVOKE UPDATE, DELETE, TRUNCATE ON publication, publication_file FROM concordat_reviews;
ALTER TABLE publication ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON publication FOR SELECT USING (true);
CREATE POLICY publishing ON publication FOR INSERT WITH CHECK (coordinates(owner_org));
ALTER TABLE publication_file ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON publication_file FOR SELECT USING (true);
CREATE POLICY publishing ON publication_file FOR INSERT
  WITH CHECK (EXISTS (SELECT 1 FROM publication p WHERE p.id = publication_id AND coordinates(p.owner_org)));
`;
