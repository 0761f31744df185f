import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Observers of a meeting: named for one, they sign, and are there for a case when a chair lets them. They see none on a screen. */
export class ObserveMeetings1700000253000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const TABLES = `
CREATE TABLE meeting_observer (
  meeting_id uuid NOT NULL REFERENCES meeting,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  -- As whom they come: a new colleague, somebody of the steering group.
  why text NOT NULL CHECK (why <> ''),
  named_by uuid NOT NULL,
  named_at timestamptz NOT NULL,
  -- Apart from the signatures of members, by which a meeting is quorate and who is there may be.
  signed_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (meeting_id, user_id)
);
CREATE TABLE item_observer (
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  present boolean NOT NULL,
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (item_id, user_id)
);
REVOKE DELETE, TRUNCATE ON meeting_observer, item_observer FROM concordat_risk;
`;

const WALL = `
-- By the owner's rights: the wall of a meeting asks it, and its own wall asks that of the meeting.
CREATE FUNCTION observes(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT acting_as('user') AND EXISTS (SELECT 1 FROM meeting_observer o
   WHERE o.meeting_id = asked AND o.user_id = acting_user() AND o.org_id = acting_org() AND o.withdrawn_at IS NULL)
$$;
REVOKE ALL ON FUNCTION observes(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION observes(uuid) TO concordat_risk;
-- When and where it is, and what is read aloud. Nothing that stands beside it asks this.
DROP POLICY seen ON meeting;
CREATE POLICY seen ON meeting FOR SELECT USING (acting_as('system') OR sits_on(forum_id) OR observes(id));

ALTER TABLE meeting_observer ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON meeting_observer FOR SELECT USING (sits_on(forum_of(meeting_id))
  OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()));
CREATE POLICY named ON meeting_observer FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)) AND named_by = acting_user()
  AND signed_at IS NULL AND withdrawn_at IS NULL);
CREATE POLICY changed ON meeting_observer FOR UPDATE USING (leads_forum(forum_of(meeting_id))) WITH CHECK (named_by = acting_user());
CREATE POLICY signed ON meeting_observer FOR UPDATE USING (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()
  AND withdrawn_at IS NULL) WITH CHECK (user_id = acting_user() AND org_id = acting_org() AND signed_at IS NOT NULL);
ALTER TABLE item_observer ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON item_observer FOR SELECT USING (sees_item(item_id));
CREATE POLICY admitted ON item_observer FOR INSERT WITH CHECK (leads_item(item_id) AND by_id = acting_user());
CREATE POLICY changed ON item_observer FOR UPDATE USING (leads_item(item_id)) WITH CHECK (by_id = acting_user());
`;
