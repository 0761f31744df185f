import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Flags: what each agency marks its file with once a case was heard, until when, and whether it has. */
export class FlagCases1700000191000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE forum_flag (
        id uuid PRIMARY KEY,
        forum_id uuid NOT NULL REFERENCES forum,
        case_id uuid NOT NULL,
        subject_id uuid NOT NULL,
        org_id uuid NOT NULL,
        -- The hearing that it follows.
        referral_id uuid NOT NULL REFERENCES forum_referral ON DELETE CASCADE,
        item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
        version int NOT NULL,
        anchor date NOT NULL,
        expires_on date NOT NULL,
        requested_at timestamptz NOT NULL,
        confirmed_by uuid,
        confirmed_at timestamptz,
        removed_by uuid,
        removed_at timestamptz,
        UNIQUE (forum_id, case_id, subject_id, org_id),
        CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
        CHECK ((removed_by IS NULL) = (removed_at IS NULL))
      );
      CREATE INDEX forum_flag_org ON forum_flag (org_id, expires_on) WHERE removed_at IS NULL;
      CREATE INDEX forum_flag_forum ON forum_flag (forum_id, expires_on);
      CREATE INDEX forum_flag_item ON forum_flag (item_id);
      CREATE INDEX forum_flag_referral ON forum_flag (referral_id);

      -- A flag outlives its agency's part in the case: the file is still marked, and has to be unmarked. It is of nobody to whom the
      -- case or whom it is about is closed, or who has declared a conflict.
      CREATE FUNCTION may_know_flag(asked_case uuid, asked_person uuid, asked_item uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT acting_as('user') AND NOT is_closed(asked_case) AND NOT is_closed(asked_person) AND NOT conflicted_in(asked_item)
           AND NOT EXISTS (SELECT 1 FROM case_access c WHERE c.case_id = asked_case AND c.org_id = acting_org()
             AND c.restricted AND c.case_id <> ALL (open_by_name()))
      $$;
      ALTER TABLE forum_flag ENABLE ROW LEVEL SECURITY;
      CREATE POLICY seen ON forum_flag FOR SELECT USING (acting_as('system') OR (may_know_flag(case_id, subject_id, item_id)
        AND (org_id = acting_org() OR (sits_on(forum_id) AND part_in(case_id) IS NOT NULL))));
      CREATE POLICY asked ON forum_flag FOR INSERT WITH CHECK (leads_forum(forum_id) AND part_in(case_id) IS NOT NULL);
      CREATE POLICY changed ON forum_flag FOR UPDATE
        USING (may_know_flag(case_id, subject_id, item_id)
          AND (org_id = acting_org() OR (leads_forum(forum_id) AND part_in(case_id) IS NOT NULL)))
        WITH CHECK (org_id = acting_org() OR leads_forum(forum_id));
      CREATE POLICY erased ON forum_flag FOR DELETE USING (acting_as('system'));

      -- Whether the same agency has another flag on the same person by the same forum that still runs: its file stays marked.
      CREATE FUNCTION flagged_besides(asked uuid, today date) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
        SELECT EXISTS (SELECT 1 FROM forum_flag f JOIN forum_flag o ON o.forum_id = f.forum_id AND o.org_id = f.org_id AND o.id <> f.id
          WHERE f.id = asked AND o.removed_at IS NULL AND o.expires_on >= today
            AND standing_person(o.subject_id) = standing_person(f.subject_id))
      $$;
      REVOKE ALL ON FUNCTION flagged_besides(uuid, date) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION flagged_besides(uuid, date) TO concordat_risk`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
