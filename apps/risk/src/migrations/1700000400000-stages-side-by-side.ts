import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stages of a case at a forum that run side by side, from when a case is looked at again, referrals that are withdrawn, and what
 * was put on record, put right. */
export class StagesSideBySide1700000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(WITHDRAWN);
    await runner.query(AMENDED);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const COLUMNS = `
ALTER TABLE forum_referral_stage
  -- Of a stage that runs beside others: that it ended on that day, and not that it began.
  ADD COLUMN ends boolean NOT NULL DEFAULT false;
ALTER TABLE agenda_item
  -- Of a case that is decided to come back: not before this civil day.
  ADD COLUMN again_from date,
  ADD CHECK (state = 'heard' OR again_from IS NULL);
`;

const AMENDED = `
ALTER TABLE minute_amendment
  DROP CONSTRAINT minute_amendment_part_check,
  ADD CHECK (part IN ('harm', 'contributory', 'protective', 'rationale', 'recorded'));
-- As before, with what was put on record as it reads now.
CREATE OR REPLACE FUNCTION transferred_with(asked uuid)
RETURNS TABLE (held_on date, criteria jsonb, harm text, contributory text, protective text, rationale text, actions jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT m.held_on, r.criteria, amended(i.id, 'harm', i.harm), amended(i.id, 'contributory', i.contributory),
         amended(i.id, 'protective', i.protective),
         nullif(concat_ws(E'\\n', nullif(amended(i.id, 'rationale', i.rationale), ''),
           nullif(amended(i.id, 'recorded', i.recorded), '')), ''),
         (SELECT jsonb_agg(jsonb_build_object('what', a.what, 'ownerOrg', a.owner_org, 'dueOn', a.due_on, 'state', a.state)
            ORDER BY a.proposed_at) FROM conference_action a WHERE a.item_id = i.id)
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id AND i.state = 'heard'
    LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE t.id = asked AND part_in(t.case_id) IS NOT NULL AND NOT is_closed(t.subject_id) AND NOT conflicted_on(t.referral_id)
     AND (leads_forum(t.from_forum) OR (leads_forum(t.to_forum) AND (t.sent_org = acting_org() OR permitted_transfer(t.id))))
   ORDER BY m.held_on
$$;
`;

const WITHDRAWN = `
ALTER TABLE forum_referral
  DROP CONSTRAINT forum_referral_standing_check,
  ADD CHECK (standing IN ('submitted', 'returned', 'not-accepted', 'challenged', 'refused', 'transferred', 'withdrawn'));
-- As before; besides, the agency that referred withdraws what was not heard.
DROP POLICY answered ON forum_referral;
CREATE POLICY answered ON forum_referral FOR UPDATE
  USING (acting_as('user') AND org_id = acting_org() AND part_in(case_id) IN ('lead', 'contributor') AND NOT is_closed(subject_id)
    AND (standing IN ('returned', 'not-accepted', 'challenged') OR (standing = 'submitted' AND heard_on IS NULL)))
  WITH CHECK (org_id = acting_org());
-- As before, also for the agency that referred: it takes its own referral off an agenda that is not issued yet.
CREATE OR REPLACE FUNCTION unlist_referral(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = asked AND NOT is_closed(r.subject_id)
      AND ((leads_forum(r.forum_id) AND part_in(r.case_id) IS NOT NULL)
        OR (acting_as('user') AND r.org_id = acting_org() AND part_in(r.case_id) IN ('lead', 'contributor')))) THEN
    RETURN false;
  END IF;
  DELETE FROM agenda_item i USING meeting m
   WHERE i.referral_id = asked AND m.id = i.meeting_id AND i.state = 'listed' AND m.state IN ('planned', 'referrals-closed')
     AND NOT conflicted_in(i.id);
  RETURN NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.referral_id = asked AND i.state <> 'deferred');
END $$;
`;
