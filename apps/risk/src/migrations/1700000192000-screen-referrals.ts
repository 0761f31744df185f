import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What becomes of a referral to a forum before it is heard: returned as incomplete, not accepted, challenged. */
export class ScreenReferrals1700000192000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const TABLES = `
ALTER TABLE forum_referral ADD COLUMN standing text NOT NULL DEFAULT 'submitted', ADD COLUMN version int NOT NULL DEFAULT 1,
  ADD CHECK (standing IN ('submitted', 'returned', 'not-accepted', 'challenged', 'refused')),
  ADD CHECK (standing = 'submitted' OR NOT waiting);
CREATE TABLE forum_referral_step (
  referral_id uuid NOT NULL REFERENCES forum_referral ON DELETE CASCADE,
  version int NOT NULL,
  step text NOT NULL,
  words text NOT NULL CHECK (words <> ''),
  -- What to do instead, of one that is not accepted.
  advice text,
  by_id uuid NOT NULL,
  org_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (referral_id, version),
  CHECK ((step = 'not-accept') = (advice IS NOT NULL))
);
REVOKE UPDATE, DELETE, TRUNCATE ON forum_referral_step FROM concordat_risk;
ALTER TABLE forum_referral_step ENABLE ROW LEVEL SECURITY;
-- Whoever sees the referral sees what became of it.
CREATE POLICY seen ON forum_referral_step FOR SELECT
  USING (EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id));
CREATE POLICY taken ON forum_referral_step FOR INSERT WITH CHECK (acting_as('user') AND by_id = acting_user()
  AND org_id = acting_org() AND EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id));
-- The agency that referred completes it, or challenges a refusal.
CREATE POLICY answered ON forum_referral FOR UPDATE
  USING (acting_as('user') AND org_id = acting_org() AND part_in(case_id) IN ('lead', 'contributor') AND NOT is_closed(subject_id)
    AND standing IN ('returned', 'not-accepted'))
  WITH CHECK (org_id = acting_org());
`;

const FUNCTIONS = `
-- Takes a referral off an agenda that is not issued yet, on which nothing is written of it. Answers whether it is on no other that
-- is still to come: what others prepare for is deferred and not taken away.
CREATE FUNCTION unlist_referral(asked uuid) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = asked AND leads_forum(r.forum_id) AND part_in(r.case_id) IS NOT NULL
      AND NOT is_closed(r.subject_id)) THEN
    RETURN false;
  END IF;
  DELETE FROM agenda_item i USING meeting m
   WHERE i.referral_id = asked AND m.id = i.meeting_id AND i.state = 'listed' AND m.state IN ('planned', 'referrals-closed')
     AND NOT conflicted_in(i.id);
  RETURN NOT EXISTS (SELECT 1 FROM agenda_item i WHERE i.referral_id = asked AND i.state <> 'deferred');
END $$;
REVOKE ALL ON FUNCTION unlist_referral(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unlist_referral(uuid) TO concordat_risk;

-- As before, but a referral that was returned or not accepted is none that another could repeat.
CREATE OR REPLACE FUNCTION earlier_referrals(asked_forum uuid, asked uuid)
RETURNS TABLE (id uuid, subject_id uuid, other_ids uuid[], at timestamptz, heard_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT r.id, asked, ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o), r.at, r.heard_on FROM forum_referral r
   WHERE acting_as('user') AND r.forum_id = asked_forum AND standing_person(r.subject_id) = standing_person(asked)
     AND r.standing = 'submitted'
$$;

-- What was said of a referral, for whom it is about when they ask: for the records service alone.
CREATE FUNCTION referral_steps_about(asked uuid) RETURNS TABLE (title text, at timestamptz, words text, advice text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT f.settings ->> 'title', s.at, s.words, s.advice
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id JOIN forum_referral_step s ON s.referral_id = r.id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
   ORDER BY s.at
$$;
REVOKE ALL ON FUNCTION referral_steps_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION referral_steps_about(uuid) TO concordat_risk;
`;
