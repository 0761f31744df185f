import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings that a forum holds out of its rhythm, about one case each. */
export class CallEmergencies1700000225000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE meeting
        ADD COLUMN emergency_reason text CHECK (emergency_reason <> ''),
        ADD COLUMN called_by uuid,
        ADD COLUMN called_at timestamptz,
        -- Of the pack; of the forum's own setting where there is none.
        ADD COLUMN quorum int,
        ADD CHECK ((emergency_reason IS NULL) = (called_by IS NULL) AND (called_by IS NULL) = (called_at IS NULL)
          AND (called_by IS NULL) = (quorum IS NULL)),
        DROP CONSTRAINT meeting_forum_id_held_on_key;
      -- A forum meets once a day, beside emergencies.
      CREATE UNIQUE INDEX meeting_ordinary_day ON meeting (forum_id, held_on) WHERE emergency_reason IS NULL;
      CREATE INDEX meeting_forum_day ON meeting (forum_id, held_on);

      -- Puts the case that an emergency meeting is called for on its agenda, of which it is all.
      CREATE FUNCTION list_for_emergency(asked uuid, asked_referral uuid) RETURNS uuid
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
      DECLARE item uuid;
      BEGIN
        INSERT INTO agenda_item (id, meeting_id, referral_id, case_id, subject_id, version, place, state, changed_by, changed_at)
        SELECT gen_random_uuid(), m.id, r.id, r.case_id, r.subject_id, 1, 0, 'listed', acting_user(), clock_timestamp()
          FROM meeting m JOIN forum_referral r ON r.forum_id = m.forum_id
         WHERE m.id = asked AND r.id = asked_referral AND m.emergency_reason IS NOT NULL AND m.called_by = acting_user()
           AND leads_forum(m.forum_id) AND part_in(r.case_id) IS NOT NULL AND NOT is_closed(r.subject_id)
           AND NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.meeting_id = m.id)
        RETURNING id INTO item;
        UPDATE forum_referral SET waiting = false WHERE id = asked_referral AND item IS NOT NULL;
        RETURN item;
      END $$;
      REVOKE ALL ON FUNCTION list_for_emergency(uuid, uuid) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION list_for_emergency(uuid, uuid) TO concordat_risk`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
