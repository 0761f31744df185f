import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case that moves to the forum of another area: what goes with it, by which decision, and that it was acknowledged there. */
export class TransferBetweenForums1700000226000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WALL);
    await runner.query(FUNCTIONS);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const TABLES = `
ALTER TABLE forum_referral
  -- The forum that it was transferred from.
  ADD COLUMN from_forum uuid REFERENCES forum,
  DROP CONSTRAINT forum_referral_standing_check,
  ADD CHECK (standing IN ('submitted', 'returned', 'not-accepted', 'challenged', 'refused', 'transferred'));
CREATE TABLE forum_transfer (
  id uuid PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES forum_referral ON DELETE CASCADE,
  from_forum uuid NOT NULL REFERENCES forum,
  to_forum uuid NOT NULL REFERENCES forum,
  case_id uuid NOT NULL,
  subject_id uuid NOT NULL,
  version int NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  -- What it tells of, as agreements call it.
  informs text[] NOT NULL CHECK (cardinality(informs) > 0),
  sent_org uuid NOT NULL,
  sent_by uuid NOT NULL,
  sent_at timestamptz NOT NULL,
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  acknowledged_words text,
  -- What was referred anew where it went.
  new_referral uuid REFERENCES forum_referral ON DELETE SET NULL,
  CHECK (from_forum <> to_forum),
  CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL) AND (acknowledged_by IS NULL) = (acknowledged_words IS NULL)),
  UNIQUE (referral_id, to_forum)
);
CREATE INDEX forum_transfer_to ON forum_transfer (to_forum, sent_at);
CREATE INDEX forum_transfer_from ON forum_transfer (from_forum, sent_at);
CREATE INDEX forum_transfer_case ON forum_transfer (case_id);
-- By which decision each other agency may have it.
CREATE TABLE forum_transfer_permit (
  transfer_id uuid NOT NULL REFERENCES forum_transfer ON DELETE CASCADE,
  to_org uuid NOT NULL,
  decision_id uuid NOT NULL,
  isa text NOT NULL,
  PRIMARY KEY (transfer_id, to_org)
);
REVOKE UPDATE, DELETE, TRUNCATE ON forum_transfer_permit FROM concordat_risk;
`;

const WALL = `
ALTER TABLE forum_transfer ENABLE ROW LEVEL SECURITY;
-- Of whoever leads the one forum or the other, and takes part in the case. Beyond the agency that sent it a permit is needed.
CREATE FUNCTION permitted_transfer(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT EXISTS (SELECT 1 FROM forum_transfer_permit p WHERE p.transfer_id = asked AND p.to_org = acting_org())
$$;
REVOKE ALL ON FUNCTION permitted_transfer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION permitted_transfer(uuid) TO concordat_risk;
CREATE POLICY seen ON forum_transfer FOR SELECT USING (acting_as('system')
  OR (part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id) AND NOT conflicted_on(referral_id)
      AND (leads_forum(from_forum) OR (leads_forum(to_forum) AND (sent_org = acting_org() OR permitted_transfer(id))))));
CREATE POLICY sent ON forum_transfer FOR INSERT WITH CHECK (leads_forum(from_forum) AND part_in(case_id) IS NOT NULL
  AND sent_by = acting_user() AND sent_org = acting_org());
CREATE POLICY acknowledged ON forum_transfer FOR UPDATE
  USING (leads_forum(to_forum) AND part_in(case_id) IS NOT NULL AND NOT is_closed(subject_id)
    AND (sent_org = acting_org() OR permitted_transfer(id)))
  WITH CHECK (leads_forum(to_forum));
CREATE POLICY erased ON forum_transfer FOR DELETE USING (acting_as('system'));
ALTER TABLE forum_transfer_permit ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON forum_transfer_permit FOR SELECT
  USING (EXISTS (SELECT 1 FROM forum_transfer t WHERE t.id = transfer_id));
CREATE POLICY asked ON forum_transfer_permit FOR INSERT WITH CHECK (acting_as('user')
  AND EXISTS (SELECT 1 FROM forum_transfer t WHERE t.id = transfer_id AND t.sent_by = acting_user()));
`;

const FUNCTIONS = `
-- As before, and what was said of a transfer, and put right in minutes, of whoever asks.
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
-- What goes with a transfer: what was minuted where it was heard, and its actions. For whoever may see the transfer, who need not sit
-- on the forum that it came from. Nothing that an agency returned as its research, which is that agency's to show.
CREATE FUNCTION transferred_with(asked uuid)
RETURNS TABLE (held_on date, criteria jsonb, harm text, contributory text, protective text, rationale text, actions jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT m.held_on, r.criteria, amended(i.id, 'harm', i.harm), amended(i.id, 'contributory', i.contributory),
         amended(i.id, 'protective', i.protective), amended(i.id, 'rationale', i.rationale),
         (SELECT jsonb_agg(jsonb_build_object('what', a.what, 'ownerOrg', a.owner_org, 'dueOn', a.due_on, 'state', a.state)
            ORDER BY a.proposed_at) FROM conference_action a WHERE a.item_id = i.id)
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id AND i.state = 'heard'
    LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE t.id = asked AND part_in(t.case_id) IS NOT NULL AND NOT is_closed(t.subject_id) AND NOT conflicted_on(t.referral_id)
     AND (leads_forum(t.from_forum) OR (leads_forum(t.to_forum) AND (t.sent_org = acting_org() OR permitted_transfer(t.id))))
   ORDER BY m.held_on
$$;
-- Whom it is about and on which consent: what is asked of the sharing context before it is shown.
CREATE FUNCTION transferred_about(asked uuid) RETURNS TABLE (subject_id uuid, other_ids uuid[], child_ids uuid[], consent jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT standing_person(r.subject_id), ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o),
         ARRAY(SELECT standing_person(o) FROM unnest(r.child_ids) o), r.consent
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
   WHERE t.id = asked AND part_in(t.case_id) IS NOT NULL AND NOT is_closed(t.subject_id) AND NOT conflicted_on(t.referral_id)
     AND (leads_forum(t.from_forum) OR (leads_forum(t.to_forum) AND (t.sent_org = acting_org() OR permitted_transfer(t.id))))
$$;
-- Refers the case anew where it went: linked, of the same people, and never as a repeat. Answers nothing to whoever does not lead there.
CREATE FUNCTION refer_transferred(asked uuid, made uuid, used_pack text, used_version int) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
BEGIN
  INSERT INTO forum_referral (id, forum_id, case_id, subject_id, other_ids, child_ids, org_id, by_id, at, criteria, incident,
       consent, repeat, pack, forum_version, waiting, from_forum)
  SELECT made, t.to_forum, r.case_id, r.subject_id, r.other_ids, r.child_ids, acting_org(), acting_user(), clock_timestamp(),
         r.criteria, r.incident, r.consent, NULL, used_pack, used_version, true, t.from_forum
    FROM forum_transfer t JOIN forum_referral r ON r.id = t.referral_id
   WHERE t.id = asked AND t.acknowledged_at IS NULL AND leads_forum(t.to_forum) AND part_in(t.case_id) IS NOT NULL
     AND NOT is_closed(t.subject_id) AND (t.sent_org = acting_org() OR permitted_transfer(t.id));
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO referral_characteristic (referral_id, code, answer)
  SELECT made, c.code, c.answer FROM forum_transfer t JOIN referral_characteristic c ON c.referral_id = t.referral_id WHERE t.id = asked;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION transferred_with(uuid), transferred_about(uuid), refer_transferred(uuid, uuid, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transferred_with(uuid), transferred_about(uuid), refer_transferred(uuid, uuid, text, int) TO concordat_risk;
`;
