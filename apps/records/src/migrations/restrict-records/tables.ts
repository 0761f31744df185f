export const RESTRICTIONS = `
-- A case, or a person with every case that they are in, is open to named staff only. It stays here after it was lifted.
CREATE TABLE restriction (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  case_id uuid REFERENCES case_file,
  person_id uuid REFERENCES person,
  -- The record that stands for the person since a merge; their own when there was none.
  applies_to uuid REFERENCES person,
  kind text NOT NULL,
  trace text NOT NULL CHECK (trace IN ('stub', 'nothing')),
  reason text NOT NULL,
  review_on date NOT NULL,
  pack text NOT NULL,
  since timestamptz NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  lifted_at timestamptz,
  CHECK ((case_id IS NULL) <> (person_id IS NULL) AND (person_id IS NULL) = (applies_to IS NULL))
);
CREATE INDEX restriction_case ON restriction (case_id);
CREATE INDEX restriction_applies ON restriction (applies_to);
CREATE INDEX restriction_person ON restriction (person_id);

-- Who is named, over time. by_rule: a safeguarding lead of a case that would otherwise be open to nobody of its lead agency.
CREATE TABLE restriction_named (
  restriction_id uuid NOT NULL REFERENCES restriction,
  user_id uuid NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  by_rule boolean NOT NULL DEFAULT false,
  PRIMARY KEY (restriction_id, user_id, since)
);
CREATE UNIQUE INDEX restriction_named_now ON restriction_named (restriction_id, user_id) WHERE until IS NULL;

-- Everything that was done to a restriction, and why.
CREATE TABLE restriction_step (
  restriction_id uuid NOT NULL REFERENCES restriction,
  version int NOT NULL,
  at timestamptz NOT NULL,
  what text NOT NULL CHECK (what IN ('set', 'changed', 'lifted')),
  reason text NOT NULL,
  named uuid[] NOT NULL,
  review_on date,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  PRIMARY KEY (restriction_id, version)
);

-- Emergency access of one person to one case: reading only, until its time is up. An attempt that was refused is kept as well.
-- What a notice says of the case is kept here, because whoever is told of it may not see the case.
CREATE TABLE break_glass (
  id uuid PRIMARY KEY,
  version int NOT NULL DEFAULT 1,
  case_id uuid NOT NULL REFERENCES case_file,
  reference text NOT NULL,
  lead_org uuid NOT NULL,
  area_id uuid NOT NULL,
  restricted boolean NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  refused boolean NOT NULL,
  ground text,
  reason text,
  pack text NOT NULL,
  since timestamptz NOT NULL,
  until timestamptz,
  ended_at timestamptz,
  outcome text,
  review_note text,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_org uuid,
  CHECK (refused = (until IS NULL))
);
CREATE INDEX break_glass_live ON break_glass (user_id, until) WHERE until IS NOT NULL;
CREATE INDEX break_glass_ending ON break_glass (until) WHERE until IS NOT NULL AND ended_at IS NULL;
CREATE INDEX break_glass_newest ON break_glass (since DESC, id DESC);
CREATE INDEX break_glass_case ON break_glass (case_id);
`;
