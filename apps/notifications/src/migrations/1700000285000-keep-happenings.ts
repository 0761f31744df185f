import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
-- What somebody is told of that happened and wants them, though nothing is due by it: one to somebody about one record, of what
-- happened to it last. Then it is unread once more.
CREATE TABLE happening (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  org_id uuid NOT NULL,
  kind text NOT NULL,
  record_id uuid NOT NULL,
  case_id uuid,
  -- The time that goes with it: when a meeting begins, or an action is to be done.
  at timestamptz,
  -- When it happened: heard again, it is told once.
  happened_at timestamptz NOT NULL,
  times int NOT NULL,
  told_at timestamptz NOT NULL,
  read_at timestamptz,
  -- Since when it wants nobody any more: it was done, or is somebody else's.
  ended_at timestamptz,
  UNIQUE (user_id, org_id, record_id)
);
CREATE INDEX happening_inbox ON happening (user_id, org_id, told_at DESC, id DESC);
CREATE INDEX happening_record ON happening (record_id);
CREATE INDEX happening_case ON happening (case_id) WHERE case_id IS NOT NULL;

-- As notice_about is of messages about deadlines: which happenings a notice tells of, each once by a channel.
CREATE TABLE notice_happening (
  happening_id uuid NOT NULL REFERENCES happening ON DELETE CASCADE,
  channel text NOT NULL,
  stage text NOT NULL,
  notice_id uuid NOT NULL REFERENCES notice ON DELETE CASCADE,
  PRIMARY KEY (happening_id, channel, stage)
);
CREATE INDEX notice_happening_notice ON notice_happening (notice_id);

-- Whether somebody may hear of a record, and of the case that it is about: nothing of it is open to named staff only, but to them.
CREATE FUNCTION may_hear_of(who uuid, org uuid, of_record uuid, of_case uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT may_be_told(who, org, of_case, '')
     AND NOT EXISTS (SELECT 1 FROM restricted_record r WHERE r.record_id = of_record AND NOT who = ANY (r.named))
$$;
ALTER TABLE happening ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON happening USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()
  AND may_hear_of(user_id, org_id, record_id, case_id)));
ALTER TABLE notice_happening ENABLE ROW LEVEL SECURITY;
CREATE POLICY told ON notice_happening USING (acting_as('system'));

-- How much of what a notice tells of still needs its reader: not read, not done, and theirs to see now.
CREATE OR REPLACE FUNCTION what_needs(asked uuid) RETURNS TABLE (things int, late int) LANGUAGE sql STABLE AS $$
  SELECT count(*)::int, count(*) FILTER (WHERE t.late)::int FROM (
    SELECT DISTINCT m.id, d.due_at <= statement_timestamp() AS late
      FROM notice_about a JOIN message m ON m.id = a.message_id JOIN deadline d ON d.id = m.deadline_id
      JOIN member x ON x.user_id = m.user_id AND x.org_id = m.org_id AND x.active
     WHERE a.notice_id = asked AND m.read_at IS NULL AND d.status IN ('pending', 'fired')
       AND may_be_told(m.user_id, m.org_id, d.case_id, d.kind)
    UNION ALL
    SELECT DISTINCT h.id, false FROM notice_happening a JOIN happening h ON h.id = a.happening_id
      JOIN member x ON x.user_id = h.user_id AND x.org_id = h.org_id AND x.active
     WHERE a.notice_id = asked AND h.read_at IS NULL AND h.ended_at IS NULL
       AND may_hear_of(h.user_id, h.org_id, h.record_id, h.case_id)) t
$$;

-- What was told of meetings is of the same kind; the table of before is not read any more.
INSERT INTO happening (id, user_id, org_id, kind, record_id, at, happened_at, times, told_at, read_at)
SELECT id, user_id, org_id, kind, meeting_id, starts_at, happened_at, times, told_at, read_at FROM meeting_notice;
`;

/** What people are told of that happened, beside what is due: referrals and cases given to them, actions, questions, meetings. */
export class KeepHappenings1700000285000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('what somebody was told is never migrated away');
  }
}
