import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contact with the person harmed before a meeting: whom an advocate's agency is asked to speak with, and what came of it. */
export class ContactBeforeMeetings1700000225100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
    await runner.query(WALL);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const TABLES = `
CREATE TABLE advocate_contact (
  id uuid PRIMARY KEY,
  referral_id uuid NOT NULL UNIQUE REFERENCES forum_referral ON DELETE CASCADE,
  forum_id uuid NOT NULL REFERENCES forum,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  -- The agency of the advocate.
  org_id uuid NOT NULL,
  version int NOT NULL,
  state text NOT NULL CHECK (state IN ('asked', 'tried', 'reached')),
  asked_at timestamptz NOT NULL,
  last_at timestamptz,
  CHECK ((state = 'asked') = (last_at IS NULL))
);
CREATE INDEX advocate_contact_org ON advocate_contact (org_id) WHERE state <> 'reached';
CREATE INDEX advocate_contact_case ON advocate_contact (case_id);
CREATE TABLE advocate_attempt (
  contact_id uuid NOT NULL REFERENCES advocate_contact ON DELETE CASCADE,
  version int NOT NULL,
  at timestamptz NOT NULL,
  way text NOT NULL,
  safe text NOT NULL,
  message_allowed boolean NOT NULL,
  outcome text NOT NULL,
  words text NOT NULL,
  by_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (contact_id, version),
  -- Nobody is contacted by a way that is not known to be safe.
  CHECK (safe = 'yes' OR outcome = 'not-tried'),
  CHECK (outcome <> 'message-left' OR message_allowed),
  CHECK (outcome NOT IN ('reached', 'not-tried') OR words <> '')
);
REVOKE UPDATE, DELETE, TRUNCATE ON advocate_attempt FROM concordat_risk;
`;

const FUNCTIONS = `
-- Whether the caller has declared a conflict in what was referred, at whichever meeting.
CREATE FUNCTION conflicted_on(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT EXISTS (SELECT 1 FROM agenda_item i JOIN item_conflict c ON c.item_id = i.id
    WHERE i.referral_id = asked AND c.user_id = acting_user())
$$;
-- Whether the caller has signed the statement of a meeting that a referral is before.
CREATE FUNCTION signed_for(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM agenda_item i WHERE i.referral_id = asked AND has_signed(i.meeting_id))
$$;
-- On which day whoever is to be contacted is spoken of, and where that stands, for the advocate's agency: days and codes.
CREATE FUNCTION contact_standing(asked uuid) RETURNS TABLE (held_on date, state text, standing text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT m.held_on, i.state, r.standing FROM advocate_contact c JOIN forum_referral r ON r.id = c.referral_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE c.id = asked AND c.org_id = acting_org() AND part_in(c.case_id) IS NOT NULL AND NOT is_closed(c.subject_id)
     AND NOT conflicted_on(c.referral_id)
   ORDER BY m.held_on DESC NULLS LAST LIMIT 1
$$;
REVOKE ALL ON FUNCTION conflicted_on(uuid), contact_standing(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conflicted_on(uuid), contact_standing(uuid) TO concordat_risk;

-- As before, and what an advocate wrote down of whoever asks.
CREATE OR REPLACE FUNCTION referral_steps_about(asked uuid) RETURNS TABLE (title text, at timestamptz, words text, advice text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT f.settings ->> 'title', s.at, s.words, s.advice
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id JOIN forum_referral_step s ON s.referral_id = r.id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
  UNION ALL
  SELECT f.settings ->> 'title', a.at, a.words, NULL
    FROM advocate_contact c JOIN forum f ON f.id = c.forum_id JOIN advocate_attempt a ON a.contact_id = c.id
   WHERE acting_as('service') AND standing_person(c.subject_id) = standing_person(asked) AND a.words <> ''
   ORDER BY 2
$$;
`;

const WALL = `
ALTER TABLE advocate_contact ENABLE ROW LEVEL SECURITY;
-- The advocate's agency, members of the forum and whoever referred, as far as they take part in the case.
CREATE POLICY seen ON advocate_contact FOR SELECT USING (acting_as('system')
  OR (part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND NOT conflicted_on(referral_id)
      AND (org_id = acting_org() OR EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id))));
CREATE POLICY asked ON advocate_contact FOR INSERT WITH CHECK (acting_as('user')
  AND EXISTS (SELECT 1 FROM forum_referral r WHERE r.id = referral_id AND r.org_id = acting_org() AND r.by_id = acting_user()));
CREATE POLICY tried ON advocate_contact FOR UPDATE
  USING (acting_as('user') AND org_id = acting_org() AND part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id)
    AND NOT conflicted_on(referral_id))
  WITH CHECK (org_id = acting_org());
CREATE POLICY erased ON advocate_contact FOR DELETE USING (acting_as('system'));
ALTER TABLE advocate_attempt ENABLE ROW LEVEL SECURITY;
-- What was said is the advocate's agency's own, and of a member who has signed: to them it is besides decided at each look.
CREATE POLICY seen ON advocate_attempt FOR SELECT USING (EXISTS (SELECT 1 FROM advocate_contact c
  WHERE c.id = contact_id AND (c.org_id = acting_org() OR signed_for(c.referral_id))));
CREATE POLICY tried ON advocate_attempt FOR INSERT WITH CHECK (acting_as('user') AND by_id = acting_user()
  AND EXISTS (SELECT 1 FROM advocate_contact c WHERE c.id = contact_id AND c.org_id = acting_org()));
`;
