import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is put right in minutes after they were issued: beside them, with what it said before and who agreed. */
export class AmendMinutes1700000225200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE minute_amendment (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
        meeting_id uuid NOT NULL REFERENCES meeting,
        -- The first of a case is 1.
        ordinal int NOT NULL,
        version int NOT NULL,
        part text NOT NULL CHECK (part IN ('harm', 'contributory', 'protective', 'rationale')),
        before text NOT NULL,
        after text NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        state text NOT NULL CHECK (state IN ('proposed', 'agreed', 'refused')),
        proposed_by uuid NOT NULL,
        proposed_at timestamptz NOT NULL,
        answered_by uuid,
        answered_at timestamptz,
        answered_words text,
        UNIQUE (item_id, ordinal),
        CHECK (before <> after),
        CHECK ((state = 'proposed') = (answered_by IS NULL) AND (answered_by IS NULL) = (answered_at IS NULL)),
        -- Nobody agrees with themselves.
        CHECK (answered_by <> proposed_by)
      );
      CREATE UNIQUE INDEX minute_amendment_open ON minute_amendment (item_id) WHERE state = 'proposed';
      CREATE INDEX minute_amendment_meeting ON minute_amendment (meeting_id);
      REVOKE DELETE, TRUNCATE ON minute_amendment FROM concordat_risk;
      CREATE FUNCTION keep_amendment() RETURNS trigger LANGUAGE plpgsql SET search_path = risk AS $$
      BEGIN
        IF OLD.state <> 'proposed' OR (NEW.part, NEW.before, NEW.after, NEW.reason, NEW.proposed_by, NEW.item_id)
            IS DISTINCT FROM (OLD.part, OLD.before, OLD.after, OLD.reason, OLD.proposed_by, OLD.item_id) THEN
          RAISE EXCEPTION 'an amendment is answered once and never rewritten';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER amendment_stays BEFORE UPDATE ON minute_amendment FOR EACH ROW EXECUTE FUNCTION keep_amendment();

      ALTER TABLE minute_amendment ENABLE ROW LEVEL SECURITY;
      -- What is only proposed, or was refused, is of whoever leads.
      CREATE POLICY seen ON minute_amendment FOR SELECT USING (acting_as('system')
        OR (sees_item(item_id) AND (state = 'agreed' OR leads_forum(forum_of(meeting_id)))));
      CREATE POLICY proposed ON minute_amendment FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)) AND sees_item(item_id)
        AND proposed_by = acting_user() AND state = 'proposed'
        AND EXISTS (SELECT 1 FROM meeting m WHERE m.id = meeting_id AND m.state IN ('minutes-issued', 'closed')));
      CREATE POLICY answered ON minute_amendment FOR UPDATE USING (leads_forum(forum_of(meeting_id)) AND sees_item(item_id))
        WITH CHECK (answered_by = acting_user());

      -- A part of the minutes of a case as it reads now. Of whoever may call what calls it.
      CREATE FUNCTION amended(asked uuid, asked_part text, issued text) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT coalesce((SELECT a.after FROM minute_amendment a WHERE a.item_id = asked AND a.part = asked_part AND a.state = 'agreed'
          ORDER BY a.ordinal DESC LIMIT 1), issued)
      $$`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
