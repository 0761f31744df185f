export const TABLES = `
-- A row for each case: when its time is up, by which rule, and what was decided. The first columns repeat what a queue shows
-- to those who do not see the case.
CREATE TABLE retention (
  case_id uuid PRIMARY KEY REFERENCES case_file,
  version int NOT NULL DEFAULT 1,
  reference text NOT NULL,
  kind text NOT NULL,
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  -- The end by the rule, or the day to which it was put off when that is later.
  due_on date NOT NULL,
  rule text NOT NULL,
  rule_version int NOT NULL,
  pack text NOT NULL,
  moratorium text,
  calculated_at timestamptz NOT NULL,
  kept_until date,
  state text NOT NULL DEFAULT 'kept' CHECK (state IN ('kept', 'proposed', 'confirmed')),
  decision_id uuid,
  proposed_by uuid,
  proposed_at timestamptz,
  confirmed_by uuid,
  confirmed_at timestamptz,
  CHECK ((state = 'kept') = (proposed_by IS NULL)),
  CHECK ((state = 'confirmed') = (confirmed_by IS NOT NULL)),
  CONSTRAINT two_people CHECK (proposed_by <> confirmed_by)
);
CREATE INDEX retention_due ON retention (due_on, case_id);
CREATE INDEX retention_reference ON retention (reference);
CREATE INDEX retention_calculated ON retention (calculated_at);
CREATE INDEX retention_confirmed ON retention (confirmed_at) WHERE state = 'confirmed';

-- What keeps a case whatever its rule says. It stays here after it was released.
CREATE TABLE retention_hold (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES case_file,
  reason text NOT NULL,
  since timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  released_at timestamptz,
  released_by uuid,
  released_org uuid,
  release_reason text
);
CREATE INDEX retention_hold_case ON retention_hold (case_id);
CREATE INDEX retention_hold_live ON retention_hold (case_id) WHERE released_at IS NULL;

-- Everything that was decided of a case, and why.
CREATE TABLE retention_step (
  case_id uuid NOT NULL REFERENCES case_file,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  what text NOT NULL,
  reason text,
  until date,
  by_id uuid NOT NULL,
  org_id uuid,
  PRIMARY KEY (case_id, seq)
);

-- What is left of a case that was erased: that there was one, by which rule it went, and who decided so. Nothing of what was in it.
CREATE TABLE erasure (
  case_id uuid PRIMARY KEY,
  reference text NOT NULL,
  referral_id uuid NOT NULL,
  kind text NOT NULL,
  area_id uuid NOT NULL,
  lead_org uuid NOT NULL,
  restricted boolean NOT NULL,
  rule text NOT NULL,
  rule_version int NOT NULL,
  pack text NOT NULL,
  due_on date NOT NULL,
  decision_id uuid NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  confirmed_by uuid NOT NULL,
  confirmed_at timestamptz NOT NULL,
  erased_at timestamptz NOT NULL,
  people int NOT NULL,
  documents int NOT NULL
);
CREATE INDEX erasure_newest ON erasure (erased_at DESC, case_id DESC);

-- What belongs to a case is looked for when it is erased.
CREATE INDEX document_version_case ON document_version (case_id);
CREATE INDEX chronology_same_other ON chronology_same (other_case);
CREATE INDEX note_mention_case ON note_mention (case_id);

-- Keys of files whose documents were erased, until the object store has removed them.
CREATE TABLE object_to_remove (key uuid PRIMARY KEY, since timestamptz NOT NULL);
`;
