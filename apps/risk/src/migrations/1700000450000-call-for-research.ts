import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which agency is asked about which case before a meeting, and until when: so that it is told, and ends with what it is about. */
export class CallForResearch1700000450000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE research_call (
        id uuid PRIMARY KEY,
        item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
        meeting_id uuid NOT NULL REFERENCES meeting,
        case_id uuid NOT NULL,
        org_id uuid NOT NULL,
        due_on date NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'returned', 'ended')),
        UNIQUE (item_id, org_id)
      );
      CREATE INDEX research_call_meeting ON research_call (meeting_id) WHERE state = 'asked';
      CREATE INDEX research_call_case ON research_call (case_id);
      REVOKE DELETE, TRUNCATE ON research_call FROM concordat_risk;

      -- Of whoever leads, also where they may not see the case itself: whom it is about is not in it.
      ALTER TABLE research_call ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON research_call FOR SELECT
        USING (leads_forum(forum_of(meeting_id)) OR (org_id = acting_org() AND sees_item(item_id)));
      CREATE POLICY called ON research_call FOR INSERT WITH CHECK (leads_forum(forum_of(meeting_id)));
      CREATE POLICY changed ON research_call FOR UPDATE
        USING (leads_forum(forum_of(meeting_id)) OR (org_id = acting_org() AND sees_item(item_id)))
        WITH CHECK (leads_forum(forum_of(meeting_id)) OR (org_id = acting_org() AND state = 'returned'));

      -- Who takes part in the cases of a meeting and has not answered: nobody is forgotten because whoever issues the agenda may not
      -- see their case.
      CREATE FUNCTION unanswered_at(asked uuid) RETURNS TABLE (item_id uuid, case_id uuid, org_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
        SELECT DISTINCT i.id, i.case_id, a.org_id
          FROM agenda_item i JOIN case_access a ON a.case_id = i.case_id AND a.until IS NULL AND a.level <> 'preview'
         WHERE i.meeting_id = asked AND i.state IN ('listed', 'open') AND leads_forum(forum_of(asked))
           AND NOT EXISTS (SELECT 1 FROM research x WHERE x.item_id = i.id AND x.org_id = a.org_id)
      $$;
      REVOKE ALL ON FUNCTION unanswered_at(uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION unanswered_at(uuid) TO concordat_risk`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
