import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Panels that vote: what is put to the vote, how each member votes, and which agency must be there for a case. */
export class VoteOnCases1700000250000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(BALLOTS);
    await runner.query(WALL);
    await runner.query(LISTING);
    await runner.query(RECORDED);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const COLUMNS = `
ALTER TABLE forum_referral
  -- The agency for the area where the person lives, where the kind of forum demands that it is there.
  ADD COLUMN home_org uuid,
  -- The civil day before which it is on no agenda again.
  ADD COLUMN waits_until date;
ALTER TABLE agenda_item
  ADD COLUMN recorded text NOT NULL DEFAULT '',
  ADD COLUMN consent_by text CHECK (consent_by IN ('subject', 'parent-or-guardian')),
  ADD COLUMN decided_how text CHECK (decided_how IN ('unanimous', 'majority', 'chair')),
  ADD CHECK (state = 'heard' OR decided_how IS NULL);
`;

const BALLOTS = `
CREATE TABLE item_ballot (
  id uuid PRIMARY KEY,
  item_id uuid NOT NULL REFERENCES agenda_item ON DELETE CASCADE,
  -- The first of a case is 1.
  ordinal int NOT NULL,
  decision text NOT NULL,
  put_by uuid NOT NULL,
  put_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('unanimous', 'majority', 'rejected', 'no-majority', 'withdrawn')),
  -- Agencies that were there when it was counted: a majority is of them.
  present uuid[],
  closed_at timestamptz,
  UNIQUE (item_id, ordinal),
  CHECK ((outcome IS NULL) = (closed_at IS NULL) AND (outcome IS NULL) = (present IS NULL))
);
CREATE UNIQUE INDEX item_one_ballot ON item_ballot (item_id) WHERE outcome IS NULL;
-- One vote for each agency, by whoever of it is there or whoever takes notes for it.
CREATE TABLE item_vote (
  ballot_id uuid NOT NULL REFERENCES item_ballot ON DELETE CASCADE,
  org_id uuid NOT NULL,
  choice text NOT NULL CHECK (choice IN ('for', 'against', 'abstain')),
  by_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (ballot_id, org_id)
);
REVOKE DELETE, TRUNCATE ON item_ballot, item_vote FROM concordat_risk;
-- What was counted stays as it was counted.
CREATE FUNCTION keep_ballot() RETURNS trigger LANGUAGE plpgsql SET search_path = risk AS $$
BEGIN
  IF OLD.outcome IS NOT NULL OR (NEW.item_id, NEW.decision, NEW.put_by) IS DISTINCT FROM (OLD.item_id, OLD.decision, OLD.put_by) THEN
    RAISE EXCEPTION 'a vote is counted once and never rewritten';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ballot_stays BEFORE UPDATE ON item_ballot FOR EACH ROW EXECUTE FUNCTION keep_ballot();
`;

const WALL = `
CREATE FUNCTION leads_item(asked uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM agenda_item i WHERE i.id = asked AND leads_forum(forum_of(i.meeting_id)))
$$;
ALTER TABLE item_ballot ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON item_ballot FOR SELECT USING (sees_item(item_id));
CREATE POLICY put ON item_ballot FOR INSERT WITH CHECK (leads_item(item_id) AND put_by = acting_user() AND outcome IS NULL);
CREATE POLICY counted ON item_ballot FOR UPDATE USING (leads_item(item_id)) WITH CHECK (leads_item(item_id));
ALTER TABLE item_vote ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON item_vote FOR SELECT USING (EXISTS (SELECT 1 FROM item_ballot b WHERE b.id = ballot_id));
CREATE POLICY cast_one ON item_vote FOR INSERT WITH CHECK (by_id = acting_user() AND EXISTS (SELECT 1 FROM item_ballot b
  WHERE b.id = ballot_id AND b.outcome IS NULL AND (org_id = acting_org() OR leads_item(b.item_id))));
CREATE POLICY changed ON item_vote FOR UPDATE USING (EXISTS (SELECT 1 FROM item_ballot b
    WHERE b.id = ballot_id AND b.outcome IS NULL AND (org_id = acting_org() OR leads_item(b.item_id))))
  WITH CHECK (by_id = acting_user());

-- Keeps what is put to the vote open until the end of the unit of work: no vote is cast while it is counted.
CREATE FUNCTION held_ballot(asked uuid) RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = risk AS $$
  SELECT b.id FROM item_ballot b JOIN agenda_item i ON i.id = b.item_id
   WHERE b.item_id = asked AND b.outcome IS NULL AND i.state = 'open' AND sits_on(forum_of(i.meeting_id))
     AND part_in(i.case_id) IS NOT NULL AND NOT is_closed(i.subject_id) AND NOT conflicted_in(i.id)
   FOR SHARE OF b
$$;
REVOKE ALL ON FUNCTION held_ballot(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION held_ballot(uuid) TO concordat_risk;
`;

/** As before, but what is to be looked at again after some months waits until then. */
const LISTING = `
CREATE OR REPLACE FUNCTION list_waiting(asked uuid, today date, first_place int, other_place int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
DECLARE listed int;
BEGIN
  IF NOT acting_as('user') THEN RETURN 0; END IF;
  WITH made AS (
    INSERT INTO agenda_item (id, meeting_id, referral_id, case_id, subject_id, version, place, state, changed_by, changed_at)
    SELECT gen_random_uuid(), m.id, r.id, r.case_id, r.subject_id, 1,
           CASE WHEN cardinality(r.child_ids) > 0 THEN first_place ELSE other_place END, 'listed', acting_user(), clock_timestamp()
      FROM forum_referral r CROSS JOIN LATERAL (
        SELECT p.id FROM meeting p WHERE p.forum_id = r.forum_id AND p.state = 'planned' AND p.cut_off_on >= today
           AND (r.waits_until IS NULL OR p.held_on >= r.waits_until)
           AND NOT EXISTS (SELECT 1 FROM agenda_item x WHERE x.meeting_id = p.id AND x.referral_id = r.id)
         ORDER BY p.held_on LIMIT 1) m
     WHERE r.forum_id = asked AND r.waiting
    -- Somebody else may be listing the same at this moment.
    ON CONFLICT (meeting_id, referral_id) DO NOTHING
    RETURNING referral_id)
  UPDATE forum_referral SET waiting = false WHERE id IN (SELECT referral_id FROM made);
  GET DIAGNOSTICS listed = ROW_COUNT;
  RETURN listed;
END $$;
`;

/** As before, with what was put on record beside the reasons: it is told to whom it is about, and goes where the case goes. */
const RECORDED = `
CREATE OR REPLACE FUNCTION conferences_about(asked uuid)
RETURNS TABLE (id uuid, at timestamptz, title text, held_on date, criteria jsonb, consent jsonb, harm text, contributory text,
  protective text, rationale text, research jsonb, actions jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT coalesce(i.id, r.id), r.at, f.settings ->> 'title', m.held_on, r.criteria, r.consent, i.harm, i.contributory, i.protective,
         nullif(concat_ws(E'\\n', nullif(i.rationale, ''), nullif(i.recorded, '')), ''),
         (SELECT jsonb_agg(s.words ORDER BY s.at) FROM research s WHERE s.item_id = i.id AND s.words <> ''),
         (SELECT jsonb_agg(a.what ORDER BY a.proposed_at) FROM conference_action a WHERE a.item_id = i.id)
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
   ORDER BY r.at, m.held_on
$$;
CREATE OR REPLACE FUNCTION transferred_with(asked uuid)
RETURNS TABLE (held_on date, criteria jsonb, harm text, contributory text, protective text, rationale text, actions jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT m.held_on, r.criteria, amended(i.id, 'harm', i.harm), amended(i.id, 'contributory', i.contributory),
         amended(i.id, 'protective', i.protective),
         nullif(concat_ws(E'\\n', nullif(amended(i.id, 'rationale', i.rationale), ''), nullif(i.recorded, '')), ''),
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
