import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BEYOND } from './hold-conferences/beyond';

/** Forums, referrals of cases to them, their meetings, and the actions that follow. */
export class HoldConferences1700000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FORUMS);
    await runner.query(MEETINGS);
    await runner.query(WALL);
    await runner.query(ITEM_WALL);
    await runner.query(BEYOND);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const FORUMS = `
CREATE TABLE forum (
  id uuid PRIMARY KEY,
  version int NOT NULL,
  kind text COLLATE "C" NOT NULL,
  lead_org uuid NOT NULL,
  settings jsonb NOT NULL,
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL
);
-- Every version, so that what a meeting was planned by can be shown.
CREATE TABLE forum_version (
  forum_id uuid NOT NULL REFERENCES forum,
  version int NOT NULL,
  settings jsonb NOT NULL,
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (forum_id, version)
);
-- Who may see its meetings, for which agency.
CREATE TABLE forum_member (
  forum_id uuid NOT NULL REFERENCES forum,
  org_id uuid NOT NULL,
  user_id uuid NOT NULL,
  lead boolean NOT NULL,
  PRIMARY KEY (forum_id, org_id, user_id)
);
REVOKE UPDATE, DELETE, TRUNCATE ON forum_version FROM concordat_risk;

CREATE TABLE forum_referral (
  id uuid PRIMARY KEY,
  forum_id uuid NOT NULL REFERENCES forum,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  other_ids uuid[] NOT NULL,
  child_ids uuid[] NOT NULL,
  org_id uuid NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  criteria jsonb NOT NULL,
  incident jsonb,
  consent jsonb NOT NULL,
  repeat jsonb,
  pack text NOT NULL,
  forum_version int NOT NULL,
  -- The civil day on which it was last heard.
  heard_on date,
  -- Whether it is to be put on the agenda of the next meeting that is planned.
  waiting boolean NOT NULL
);
CREATE INDEX forum_referral_waiting ON forum_referral (forum_id) WHERE waiting;
CREATE INDEX forum_referral_case ON forum_referral (case_id);
CREATE INDEX forum_referral_subject ON forum_referral (forum_id, subject_id);
`;

const MEETINGS = `
CREATE TABLE meeting (
  id uuid PRIMARY KEY,
  forum_id uuid NOT NULL REFERENCES forum,
  forum_version int NOT NULL,
  pack text NOT NULL,
  version int NOT NULL,
  state text NOT NULL,
  held_on date NOT NULL,
  starts_at text NOT NULL,
  place text NOT NULL,
  cut_off_on date NOT NULL,
  research_by date NOT NULL,
  minutes_by date,
  statement text NOT NULL,
  read_by uuid,
  read_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  issued_at timestamptz,
  UNIQUE (forum_id, held_on),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  CHECK ((read_by IS NULL) = (read_at IS NULL)),
  CHECK (state NOT IN ('in-session', 'minutes-draft', 'minutes-issued', 'closed') OR read_at IS NOT NULL),
  CHECK (state NOT IN ('minutes-issued', 'closed') OR (approved_at IS NOT NULL AND issued_at IS NOT NULL))
);
CREATE TABLE meeting_step (
  meeting_id uuid NOT NULL REFERENCES meeting,
  version int NOT NULL,
  step text NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (meeting_id, version)
);
REVOKE UPDATE, DELETE, TRUNCATE ON meeting_step FROM concordat_risk;
-- Whoever signed the confidentiality statement. A signature is never taken back.
CREATE TABLE meeting_signature (
  meeting_id uuid NOT NULL REFERENCES meeting,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (meeting_id, user_id)
);
REVOKE UPDATE, DELETE, TRUNCATE ON meeting_signature FROM concordat_risk;

CREATE TABLE agenda_item (
  id uuid PRIMARY KEY,
  meeting_id uuid NOT NULL REFERENCES meeting,
  referral_id uuid NOT NULL REFERENCES forum_referral ON DELETE CASCADE,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version int NOT NULL,
  place int NOT NULL,
  state text NOT NULL CHECK (state IN ('listed', 'open', 'heard', 'deferred')),
  defer_reason text,
  opened_at timestamptz,
  heard_at timestamptz,
  harm text NOT NULL DEFAULT '',
  contributory text NOT NULL DEFAULT '',
  protective text NOT NULL DEFAULT '',
  decision text,
  rationale text NOT NULL DEFAULT '',
  changed_by uuid NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (meeting_id, referral_id),
  CHECK ((state = 'deferred') = (defer_reason IS NOT NULL)),
  CHECK ((state = 'heard') = (heard_at IS NOT NULL AND decision IS NOT NULL))
);
CREATE INDEX agenda_item_case ON agenda_item (case_id);
CREATE UNIQUE INDEX agenda_one_open ON agenda_item (meeting_id) WHERE state = 'open';

CREATE TABLE item_conflict (
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  meeting_id uuid NOT NULL REFERENCES meeting,
  user_id uuid NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (item_id, user_id)
);
CREATE TABLE item_presence (
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  present boolean NOT NULL,
  PRIMARY KEY (item_id, user_id)
);

CREATE TABLE research (
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  org_id uuid NOT NULL,
  version int NOT NULL,
  answer text NOT NULL CHECK (answer IN ('known', 'not-known', 'nil')),
  words text NOT NULL,
  informs text[] NOT NULL,
  late boolean NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (item_id, org_id),
  CHECK ((answer = 'known') = (words <> ''))
);
-- What the decision point said of showing it to another member. Without a permission in its version nobody else sees it.
CREATE TABLE research_share (
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  from_org uuid NOT NULL,
  to_org uuid NOT NULL,
  research_version int NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('PERMIT', 'DENY', 'REVIEW')),
  decision_id uuid NOT NULL,
  isa text,
  reasons text[] NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (item_id, from_org, to_org),
  CHECK (outcome <> 'PERMIT' OR isa IS NOT NULL)
);

CREATE TABLE conference_action (
  id uuid PRIMARY KEY,
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  meeting_id uuid NOT NULL REFERENCES meeting,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version int NOT NULL,
  -- What, by whom and until when: an action that lacks one of them is none.
  what text NOT NULL CHECK (what <> ''),
  owner_org uuid NOT NULL,
  due_on date NOT NULL,
  state text NOT NULL,
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX conference_action_owner ON conference_action (owner_org, due_on);
CREATE INDEX conference_action_meeting ON conference_action (meeting_id);
CREATE TABLE conference_action_step (
  action_id uuid NOT NULL REFERENCES conference_action ON DELETE CASCADE,
  version int NOT NULL,
  state text NOT NULL,
  words text NOT NULL,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (action_id, version)
);
REVOKE UPDATE, TRUNCATE ON conference_action_step FROM concordat_risk;

-- Minutes that were issued are the minutes: what they were made from stays as it is. That an action moves on is no part of them.
CREATE FUNCTION keep_minuted() RETURNS trigger LANGUAGE plpgsql SET search_path = risk AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM meeting m WHERE m.id = OLD.meeting_id AND m.state IN ('minutes-issued', 'closed')) THEN
    RAISE EXCEPTION 'what was minuted is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER minuted_stays BEFORE UPDATE ON agenda_item FOR EACH ROW EXECUTE FUNCTION keep_minuted();
-- An approval is of the minutes as they were read: what changes afterwards has to be approved anew.
CREATE FUNCTION drop_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
BEGIN
  UPDATE meeting SET approved_by = NULL, approved_at = NULL, version = version + 1
   WHERE id = NEW.meeting_id AND state = 'minutes-draft' AND approved_at IS NOT NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_drops AFTER UPDATE ON agenda_item FOR EACH ROW EXECUTE FUNCTION drop_approval();
CREATE TRIGGER approval_drops AFTER INSERT ON conference_action FOR EACH ROW EXECUTE FUNCTION drop_approval();
`;

/**
 * Forums are open to every member of staff: who sits on them is no secret, and whoever refers has to find them. Their meetings
 * are of the people who are named in them. A case on an agenda is besides of agencies only that take part in it, and of nobody who
 * has declared a conflict in it.
 */
const WALL = `
CREATE FUNCTION sits_on(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM forum_member f WHERE f.forum_id = asked AND f.org_id = acting_org() AND f.user_id = acting_user())
$$;
CREATE FUNCTION leads_forum(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT acting_as('user') AND EXISTS (
    SELECT 1 FROM forum_member f
     WHERE f.forum_id = asked AND f.org_id = acting_org() AND f.user_id = acting_user() AND f.lead)
$$;
CREATE FUNCTION forum_of(asked uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT forum_id FROM meeting WHERE id = asked
$$;
CREATE FUNCTION has_signed(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM meeting_signature s WHERE s.meeting_id = asked AND s.user_id = acting_user())
$$;

ALTER TABLE forum ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON forum FOR SELECT USING (acting_as('user') OR acting_as('system'));
CREATE POLICY made ON forum FOR INSERT WITH CHECK (acting_as('user') AND lead_org = acting_org());
CREATE POLICY changed ON forum FOR UPDATE USING (acting_as('user') AND lead_org = acting_org())
  WITH CHECK (lead_org = acting_org());
ALTER TABLE forum_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON forum_version FOR SELECT USING (acting_as('user') OR acting_as('system'));
CREATE POLICY made ON forum_version FOR INSERT WITH CHECK (acting_as('user') AND changed_by = acting_user()
  AND EXISTS (SELECT 1 FROM forum f WHERE f.id = forum_id AND f.lead_org = acting_org()));
ALTER TABLE forum_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON forum_member FOR SELECT USING (acting_as('user') OR acting_as('system'));
CREATE POLICY named ON forum_member FOR INSERT WITH CHECK (acting_as('user')
  AND EXISTS (SELECT 1 FROM forum f WHERE f.id = forum_id AND f.lead_org = acting_org()));
CREATE POLICY released ON forum_member FOR DELETE USING (acting_as('user')
  AND EXISTS (SELECT 1 FROM forum f WHERE f.id = forum_id AND f.lead_org = acting_org()));

ALTER TABLE meeting ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON meeting FOR SELECT USING (acting_as('system') OR sits_on(forum_id));
CREATE POLICY planned ON meeting FOR INSERT WITH CHECK (leads_forum(forum_id));
CREATE POLICY changed ON meeting FOR UPDATE USING (leads_forum(forum_id)) WITH CHECK (leads_forum(forum_id));
ALTER TABLE meeting_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON meeting_step FOR SELECT USING (sits_on(forum_of(meeting_id)));
CREATE POLICY taken ON meeting_step FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)) AND by_id = acting_user());
ALTER TABLE meeting_signature ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON meeting_signature FOR SELECT USING (sits_on(forum_of(meeting_id)));
CREATE POLICY signed ON meeting_signature FOR INSERT
  WITH CHECK (sits_on(forum_of(meeting_id)) AND user_id = acting_user() AND org_id = acting_org());
`;

const ITEM_WALL = `
ALTER TABLE forum_referral ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON forum_referral FOR SELECT USING (acting_as('system')
  OR (part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND (org_id = acting_org() OR sits_on(forum_id))));
CREATE POLICY made ON forum_referral FOR INSERT WITH CHECK (acting_as('user') AND org_id = acting_org() AND by_id = acting_user()
  AND part_in(case_id) IN ('lead', 'contributor') AND NOT is_closed(subject_id));
CREATE POLICY heard ON forum_referral FOR UPDATE USING (part_in(case_id) IS NOT NULL AND leads_forum(forum_id))
  WITH CHECK (leads_forum(forum_id));
CREATE POLICY erased ON forum_referral FOR DELETE USING (acting_as('system'));

ALTER TABLE item_conflict ENABLE ROW LEVEL SECURITY;
CREATE POLICY declared ON item_conflict FOR INSERT WITH CHECK (sits_on(forum_of(meeting_id)) AND user_id = acting_user());
-- By the owner's rights: what it looks at is behind a wall that asks it.
CREATE FUNCTION conflicted_in(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT EXISTS (SELECT 1 FROM item_conflict c WHERE c.item_id = asked AND c.user_id = acting_user())
$$;

ALTER TABLE agenda_item ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON agenda_item FOR SELECT USING (acting_as('system')
  OR (sits_on(forum_of(meeting_id)) AND part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND NOT conflicted_in(id)));
CREATE POLICY changed ON agenda_item FOR UPDATE
  USING (leads_forum(forum_of(meeting_id)) AND part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND NOT conflicted_in(id))
  WITH CHECK (leads_forum(forum_of(meeting_id)));
CREATE POLICY erased ON agenda_item FOR DELETE USING (acting_as('system'));

CREATE FUNCTION sees_item(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM agenda_item i WHERE i.id = asked)
$$;
-- What somebody said of a conflict tells of the case: it is of whoever sees that, and of themselves.
CREATE POLICY seen ON item_conflict FOR SELECT USING (user_id = acting_user() OR sees_item(item_id));
ALTER TABLE item_presence ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON item_presence FOR SELECT USING (sees_item(item_id));
CREATE POLICY kept ON item_presence FOR INSERT WITH CHECK (sees_item(item_id));
CREATE POLICY changed ON item_presence FOR UPDATE USING (sees_item(item_id)) WITH CHECK (sees_item(item_id));

-- An agency's research is its own; another member sees it by a permission of its present version, after signing.
ALTER TABLE research_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON research_share FOR SELECT USING (sees_item(item_id) AND acting_org() IN (from_org, to_org));
CREATE POLICY asked ON research_share FOR INSERT WITH CHECK (sees_item(item_id) AND from_org = acting_org());
CREATE POLICY changed ON research_share FOR UPDATE USING (sees_item(item_id) AND from_org = acting_org())
  WITH CHECK (from_org = acting_org());
ALTER TABLE research ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON research FOR SELECT USING (sees_item(item_id) AND (org_id = acting_org() OR (
  EXISTS (SELECT 1 FROM research_share s WHERE s.item_id = research.item_id AND s.from_org = research.org_id
     AND s.to_org = acting_org() AND s.research_version = research.version AND s.outcome = 'PERMIT')
  AND has_signed((SELECT i.meeting_id FROM agenda_item i WHERE i.id = research.item_id)))));
CREATE POLICY returned ON research FOR INSERT WITH CHECK (sees_item(item_id) AND org_id = acting_org() AND by_id = acting_user());
CREATE POLICY changed ON research FOR UPDATE USING (sees_item(item_id) AND org_id = acting_org()) WITH CHECK (org_id = acting_org());

ALTER TABLE conference_action ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON conference_action FOR SELECT USING (acting_as('system')
  OR (part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND NOT conflicted_in(item_id)
      AND (owner_org = acting_org() OR sits_on(forum_of(meeting_id)))));
CREATE POLICY proposed ON conference_action FOR INSERT WITH CHECK (sees_item(item_id) AND proposed_by = acting_user());
CREATE POLICY changed ON conference_action FOR UPDATE
  USING (part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND NOT conflicted_in(item_id)
    AND (owner_org = acting_org() OR leads_forum(forum_of(meeting_id))))
  WITH CHECK (owner_org = acting_org() OR leads_forum(forum_of(meeting_id)));
ALTER TABLE conference_action_step ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON conference_action_step FOR SELECT
  USING (EXISTS (SELECT 1 FROM conference_action a WHERE a.id = action_id));
CREATE POLICY taken ON conference_action_step FOR INSERT WITH CHECK (acting_as('user') AND by_id = acting_user()
  AND org_id = acting_org() AND EXISTS (SELECT 1 FROM conference_action a WHERE a.id = action_id));
`;
