import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A transfer says anew why a case that another kind of forum is for goes on to the same kind; whoever asks what is held is told. */
export class DivertTransfers1700000361000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE forum_transfer ADD COLUMN diverts jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(REFER);
    await runner.query(HELD);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const REFER = `
-- As before, with what was said at its sending of such cases.
CREATE OR REPLACE FUNCTION refer_transferred(asked uuid, made uuid, used_pack text, used_version int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
BEGIN
  INSERT INTO forum_referral (id, forum_id, case_id, subject_id, other_ids, child_ids, org_id, by_id, at, criteria, incident,
       consent, repeat, pack, forum_version, waiting, from_forum, diverts)
  SELECT made, t.to_forum, r.case_id, r.subject_id, r.other_ids, r.child_ids, acting_org(), acting_user(), clock_timestamp(),
         r.criteria, r.incident, r.consent, NULL, used_pack, used_version, true, t.from_forum, t.diverts
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
   WHERE t.id = asked AND t.acknowledged_at IS NULL AND leads_forum(t.to_forum) AND part_in(t.case_id) IS NOT NULL
     AND NOT is_closed(t.subject_id) AND (t.sent_org = acting_org() OR permitted_transfer(t.id));
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO referral_characteristic (referral_id, code, answer)
  SELECT made, c.code, c.answer FROM forum_transfer t JOIN referral_characteristic c ON c.referral_id = t.referral_id WHERE t.id = asked;
  RETURN true;
END $$;
`;

const HELD = `
-- As before, and why a referral was made nevertheless. That of a transfer is on the referral that came of it.
CREATE OR REPLACE FUNCTION referral_steps_about(asked uuid) RETURNS TABLE (title text, at timestamptz, words text, advice text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT f.settings ->> 'title', s.at, s.words, s.advice
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id JOIN forum_referral_step s ON s.referral_id = r.id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
  UNION ALL
  SELECT f.settings ->> 'title', r.at, d ->> 'reason', NULL
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id, jsonb_array_elements(r.diverts) d
   WHERE acting_as('service') AND d ->> 'reason' <> '' AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
  UNION ALL
  SELECT f.settings ->> 'title', a.at, a.words, NULL
    FROM advocate_contact c JOIN forum f ON f.id = c.forum_id JOIN advocate_attempt a ON a.contact_id = c.id
   WHERE acting_as('service') AND standing_person(c.subject_id) = standing_person(asked) AND a.words <> ''
  UNION ALL
  SELECT f.settings ->> 'title', t.sent_at, t.reason, t.acknowledged_words
    FROM forum_transfer t JOIN forum f ON f.id = t.to_forum
   WHERE acting_as('service') AND standing_person(t.subject_id) = standing_person(asked)
  UNION ALL
  SELECT f.settings ->> 'title', m.answered_at, m.after, m.reason
    FROM minute_amendment m JOIN agenda_item i ON i.id = m.item_id JOIN forum_referral r ON r.id = i.referral_id
    JOIN forum f ON f.id = r.forum_id
   WHERE acting_as('service') AND m.state = 'agreed' AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
   ORDER BY 2
$$;
`;
