/** What has to be known beyond what the caller may see: counts, and who has answered. Never what a case is about. */
export const BEYOND = `
-- Puts what waits for a forum on the agenda of its next planned meeting that is not past its cut-off. Nothing that waits is lost
-- because whoever plans a meeting has no part in its case.
CREATE FUNCTION list_waiting(asked uuid, today date, first_place int, other_place int) RETURNS int
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

-- On which day a referral is to be heard, for whoever made it: a meeting itself is of its members.
CREATE FUNCTION referral_standing(asked uuid) RETURNS TABLE (held_on date, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT m.held_on, i.state FROM forum_referral r JOIN agenda_item i ON i.referral_id = r.id JOIN meeting m ON m.id = i.meeting_id
   WHERE r.id = asked AND part_in(r.case_id) IS NOT NULL AND NOT is_closed(r.subject_id)
     AND (r.org_id = acting_org() OR sits_on(r.forum_id)) AND NOT conflicted_in(i.id)
   ORDER BY m.held_on DESC LIMIT 1
$$;

-- Keeps a meeting where it stands until the end of the unit of work: nothing is noted in what is being issued.
CREATE FUNCTION held_state(asked uuid) RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = risk AS $$
  SELECT state FROM meeting WHERE id = asked AND sits_on(forum_id) FOR SHARE
$$;

CREATE FUNCTION meeting_facts(asked uuid) RETURNS TABLE (items int, left_over int, actions_open int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT (SELECT count(*)::int FROM agenda_item i WHERE i.meeting_id = asked AND i.state <> 'deferred'),
         (SELECT count(*)::int FROM agenda_item i WHERE i.meeting_id = asked AND i.state IN ('listed', 'open')),
         (SELECT count(*)::int FROM conference_action a WHERE a.meeting_id = asked AND a.state NOT IN ('done', 'not-possible', 'escalated'))
   WHERE sits_on(forum_of(asked))
$$;

-- Earlier referrals of somebody to a forum, by whichever agency: whether this one is a repeat. Ids and days only.
CREATE FUNCTION earlier_referrals(asked_forum uuid, asked uuid)
RETURNS TABLE (id uuid, subject_id uuid, other_ids uuid[], at timestamptz, heard_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT r.id, asked, ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o), r.at, r.heard_on FROM forum_referral r
   WHERE acting_as('user') AND r.forum_id = asked_forum AND standing_person(r.subject_id) = standing_person(asked)
$$;

-- Who has answered is no secret among members who see the case; what they answered is.
CREATE FUNCTION research_returned(asked uuid) RETURNS TABLE (org_id uuid, late boolean, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT r.org_id, r.late, r.at FROM research r JOIN agenda_item i ON i.id = r.item_id
   WHERE i.id = asked AND sits_on(forum_of(i.meeting_id)) AND part_in(i.case_id) IS NOT NULL AND NOT is_closed(i.subject_id)
     AND NOT conflicted_in(i.id)
$$;

-- What forums hold about somebody who asks for it, as the person a case is about or a child in it: for the records service alone.
-- Never about somebody as the alleged perpetrator: they must not learn of it, and whoever answers them asks the coordinator.
CREATE FUNCTION conferences_about(asked uuid)
RETURNS TABLE (id uuid, at timestamptz, title text, held_on date, criteria jsonb, consent jsonb, harm text, contributory text,
  protective text, rationale text, research jsonb, actions jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  SELECT coalesce(i.id, r.id), r.at, f.settings ->> 'title', m.held_on, r.criteria, r.consent, i.harm, i.contributory, i.protective, i.rationale,
         (SELECT jsonb_agg(s.words ORDER BY s.at) FROM research s WHERE s.item_id = i.id AND s.words <> ''),
         (SELECT jsonb_agg(a.what ORDER BY a.proposed_at) FROM conference_action a WHERE a.item_id = i.id)
    FROM forum_referral r JOIN forum f ON f.id = r.forum_id
    LEFT JOIN agenda_item i ON i.referral_id = r.id LEFT JOIN meeting m ON m.id = i.meeting_id
   WHERE acting_as('service') AND (standing_person(r.subject_id) = standing_person(asked)
      OR EXISTS (SELECT 1 FROM unnest(r.child_ids) c WHERE standing_person(c) = standing_person(asked)))
   ORDER BY r.at, m.held_on
$$;
REVOKE ALL ON FUNCTION conferences_about(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION conferences_about(uuid) TO concordat_risk;
`;
