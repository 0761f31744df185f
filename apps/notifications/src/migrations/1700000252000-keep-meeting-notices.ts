import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody is told of a meeting that they are named for: nothing of it is due, so it is no deadline. */
export class KeepMeetingNotices1700000252000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One to somebody about one meeting, however often something of it changes: then it is unread once more.
      CREATE TABLE meeting_notice (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL,
        org_id uuid NOT NULL,
        meeting_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('meeting-cancelled', 'meeting-rearranged', 'meeting-called')),
        starts_at timestamptz NOT NULL,
        -- When it happened: heard again, it is told once.
        happened_at timestamptz NOT NULL,
        times int NOT NULL,
        told_at timestamptz NOT NULL,
        read_at timestamptz,
        UNIQUE (user_id, org_id, meeting_id)
      );
      CREATE INDEX meeting_notice_inbox ON meeting_notice (user_id, org_id, told_at DESC, id DESC);
      ALTER TABLE meeting_notice ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON meeting_notice
        USING (acting_as('system') OR (acting_as('user') AND user_id = acting_user() AND org_id = acting_org()))`);
  }

  async down(): Promise<void> {
    throw new Error('what somebody was told is never migrated away');
  }
}
