export const TABLES = `
-- None for a case that was brought in from another system: it has a row in case_origin instead.
ALTER TABLE case_file ALTER COLUMN referral_id DROP NOT NULL;
ALTER TABLE erasure ALTER COLUMN referral_id DROP NOT NULL;

-- Where a case comes from that was brought in. An agency brings a record of one system in once, whatever file it stands in.
CREATE TABLE case_origin (
  case_id uuid PRIMARY KEY REFERENCES case_file,
  org_id uuid NOT NULL,
  source text NOT NULL,
  -- What the other system calls it; and so that a search may use an index behind the wall, in small letters.
  record text NOT NULL,
  called text NOT NULL GENERATED ALWAYS AS (lower(record)) STORED,
  -- What the file said: days, who wrote it, agencies that it named. They are words there and take no part here.
  said jsonb NOT NULL,
  -- The last day on which it may have been opened, and the last that the file names: keeping is counted from these.
  opened date NOT NULL,
  latest date NOT NULL,
  import_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (org_id, source, record)
);
CREATE INDEX case_origin_called ON case_origin (called);

-- The same of somebody in it. One who is in several cases of the other system is one person here.
CREATE TABLE person_origin (
  org_id uuid NOT NULL,
  source text NOT NULL,
  record text NOT NULL,
  called text NOT NULL GENERATED ALWAYS AS (lower(record)) STORED,
  case_id uuid NOT NULL REFERENCES case_file,
  person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
  -- Who wrote it and when, the part in the case, and a digest of each part of what was said: enough to tell what differs.
  said jsonb NOT NULL,
  import_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (org_id, source, record, case_id)
);
CREATE INDEX person_origin_called ON person_origin (called);
CREATE INDEX person_origin_case ON person_origin (case_id);
CREATE INDEX person_origin_person ON person_origin (person_id);

ALTER TABLE import_work ADD COLUMN kind text NOT NULL DEFAULT 'chronology' CHECK (kind IN ('cases', 'people', 'chronology')),
  ADD COLUMN source text, ADD COLUMN area_id uuid,
  DROP CONSTRAINT import_work_state_check,
  -- matching: its people are being compared with those on record.
  ADD CONSTRAINT import_work_state_check CHECK (state IN ('matching', 'checked', 'running', 'done', 'lapsed')),
  ADD CHECK (kind = 'chronology' OR source IS NOT NULL);
DROP INDEX import_work_open;
CREATE INDEX import_work_open ON import_work (made_at) WHERE state IN ('matching', 'checked', 'running');
-- Of a row of people: who may be the same, once that was looked for; and what somebody said to it. No key: they may be merged away.
ALTER TABLE import_row ADD COLUMN candidates jsonb, ADD COLUMN decided boolean NOT NULL DEFAULT false, ADD COLUMN same_as uuid,
  ADD CHECK (same_as IS NULL OR decided);
`;
