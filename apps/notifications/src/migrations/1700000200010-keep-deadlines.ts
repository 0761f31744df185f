import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The register of what is due, whom it is told, and who stands in for whom. */
export class KeepDeadlines1700000200010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REGISTER);
    await runner.query(PEOPLE);
    await runner.query(TELLING);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('the register of deadlines is never migrated away');
  }
}

const REGISTER = `
CREATE TABLE deadline (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  record_id uuid NOT NULL,
  case_id uuid,
  org_id uuid NOT NULL,
  -- Whose it is to see within the agency, by role; null: all of its staff.
  for_roles text[],
  due_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'fired', 'met', 'cancelled')),
  -- Raised with each other time, agency or beginning anew: a job or a sweep of before then fires nothing.
  version int NOT NULL,
  -- The pack and the version of the ladder that it is told by.
  rule text NOT NULL,
  fired_at timestamptz,
  ended_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  UNIQUE (kind, record_id),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);
CREATE INDEX deadline_pending ON deadline (due_at) WHERE status = 'pending';
CREATE INDEX deadline_org ON deadline (org_id, due_at, id);
CREATE INDEX deadline_case ON deadline (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX deadline_record ON deadline (record_id);

CREATE TABLE deadline_rung (
  deadline_id uuid NOT NULL,
  version int NOT NULL,
  n int NOT NULL,
  to_whom text NOT NULL,
  roles text[] NOT NULL,
  at timestamptz NOT NULL,
  even_acknowledged boolean NOT NULL,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'fired')),
  fired_at timestamptz,
  PRIMARY KEY (deadline_id, n)
);
CREATE INDEX deadline_rung_pending ON deadline_rung (at) WHERE status = 'pending';

-- That the sweep goes round, by the database's clock, and how many it found later than it can explain.
CREATE TABLE sweep_heartbeat (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at timestamptz NOT NULL,
  late int NOT NULL
);
`;

const PEOPLE = `
-- Who owns a record for an agency: a case, a referral, or what was offered to them.
CREATE TABLE record_owner (
  record_id uuid NOT NULL,
  org_id uuid NOT NULL,
  user_id uuid NOT NULL,
  PRIMARY KEY (record_id, org_id)
);
CREATE INDEX record_owner_user ON record_owner (user_id, org_id);

CREATE TABLE stand_in (
  id uuid PRIMARY KEY,
  version int NOT NULL,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  -- Of the same agency.
  to_id uuid NOT NULL,
  from_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  ended_at timestamptz,
  CHECK (until > from_at AND to_id <> user_id)
);
CREATE INDEX stand_in_user ON stand_in (user_id, org_id, until);
CREATE INDEX stand_in_to ON stand_in (to_id, org_id, until);
-- Which deadlines come to whom is asked of every row of a list.
CREATE FUNCTION owner_of(asked_record uuid, asked_case uuid, asked_org uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT o.user_id FROM record_owner o WHERE o.org_id = asked_org AND o.record_id IN (asked_record, asked_case)
   ORDER BY (o.record_id = asked_record) DESC LIMIT 1
$$;
`;

const TELLING = `
-- One message to somebody about one deadline, however often it is told again: then it is unread once more.
CREATE TABLE message (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  deadline_id uuid NOT NULL REFERENCES deadline ON DELETE CASCADE,
  kind text NOT NULL,
  to_whom text NOT NULL,
  times int NOT NULL,
  told_at timestamptz NOT NULL,
  read_at timestamptz,
  UNIQUE (user_id, org_id, deadline_id)
);
CREATE INDEX message_inbox ON message (user_id, org_id, told_at DESC, id DESC);
CREATE INDEX message_unread ON message (user_id, org_id) WHERE read_at IS NULL;

-- The secret is kept as its hash: who reads the database cannot read anybody's calendar.
CREATE TABLE calendar_feed (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  secret_hash bytea NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE UNIQUE INDEX calendar_feed_live ON calendar_feed (user_id, org_id) WHERE revoked_at IS NULL;
`;

/**
 * What is due of an agency is for its staff: of a case, for those who may look into it (an offer also before it is answered); of
 * anything else, for those whose work it is. Whoever takes part in a case sees what is due of the others in it. What is open to
 * named staff only is closed to all others here as well.
 */
const WALL = `
CREATE FUNCTION holds_role(wanted text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM member m WHERE m.user_id = acting_user() AND m.org_id = acting_org() AND m.active AND m.roles && wanted)
$$;
CREATE FUNCTION is_offered(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM case_access c
   WHERE acting_as('user') AND c.case_id = asked AND c.org_id = acting_org() AND c.until IS NULL AND c.level = 'preview'
     AND NOT c.restricted AND c.case_id <> ALL (closed_to_caller(false)))
$$;
ALTER TABLE deadline ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON deadline FOR SELECT USING (acting_as('system') OR (acting_as('user') AND CASE
  WHEN case_id IS NULL THEN org_id = acting_org() AND (for_roles IS NULL OR holds_role(for_roles))
  ELSE may_look_into(case_id) OR (kind = 'onward-referral' AND org_id = acting_org() AND is_offered(case_id)) END));
CREATE POLICY kept ON deadline FOR INSERT WITH CHECK (acting_as('system'));
CREATE POLICY changed ON deadline FOR UPDATE USING (acting_as('system') OR (acting_as('user') AND org_id = acting_org()
  AND CASE WHEN case_id IS NULL THEN for_roles IS NULL OR holds_role(for_roles)
      ELSE may_look_into(case_id) OR (kind = 'onward-referral' AND is_offered(case_id)) END));
CREATE POLICY erased ON deadline FOR DELETE USING (acting_as('system'));
ALTER TABLE deadline_rung ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON deadline_rung USING (acting_as('system'));

ALTER TABLE stand_in ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON stand_in USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
CREATE POLICY stood_in ON stand_in FOR SELECT USING (acting_as('user') AND to_id = acting_user() AND org_id = acting_org());
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON message USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON calendar_feed
  USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));

-- How much is due and late, by agency and kind: nothing of what is open to named staff only.
CREATE FUNCTION due_by_agency() RETURNS TABLE (org_id uuid, kind text, open int, overdue int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = notifications, public AS $$
  SELECT d.org_id, d.kind, count(*)::int, count(*) FILTER (WHERE d.status = 'fired' OR d.due_at < statement_timestamp())::int
    FROM deadline d WHERE acting_as('user') AND d.status IN ('pending', 'fired')
     AND NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = d.case_id)
     AND NOT EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = d.case_id AND c.restricted)
   GROUP BY 1, 2 ORDER BY 1, 2
$$;
REVOKE ALL ON FUNCTION due_by_agency() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_by_agency() TO concordat_notifications;
`;
