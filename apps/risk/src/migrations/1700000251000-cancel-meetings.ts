import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings that are cancelled, or held on another day, with the reason; their cases go to the next. */
export class CancelMeetings1700000251000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CANCELLED);
    await runner.query(PRACTICE);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}

const CANCELLED = `
-- Why, and on which day, when and where it was to be before: of a meeting that is cancelled or rearranged.
ALTER TABLE meeting_step ADD COLUMN words text, ADD COLUMN was jsonb,
  ADD CHECK ((step IN ('cancel', 'rearrange')) = (coalesce(words, '') <> '') AND (step = 'rearrange') = (was IS NOT NULL));
-- A forum may meet on a day on which another meeting of it was cancelled.
DROP INDEX meeting_ordinary_day;
CREATE UNIQUE INDEX meeting_ordinary_day ON meeting (forum_id, held_on) WHERE emergency_reason IS NULL AND state <> 'cancelled';

-- Takes every case off an agenda that is not heard, those among them that whoever leads has no part in: they wait for the next.
CREATE FUNCTION clear_agenda(asked uuid, reason text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = risk AS $$
DECLARE cleared int;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM meeting m WHERE m.id = asked AND leads_forum(m.forum_id) AND m.state = 'cancelled') THEN
    RETURN 0;
  END IF;
  WITH off AS (
    UPDATE agenda_item SET state = 'deferred', defer_reason = reason, version = version + 1, changed_by = acting_user(),
           changed_at = clock_timestamp()
     WHERE meeting_id = asked AND state = 'listed' RETURNING referral_id)
  UPDATE forum_referral r SET waiting = true FROM off WHERE r.id = off.referral_id AND r.standing = 'submitted';
  GET DIAGNOSTICS cleared = ROW_COUNT;
  RETURN cleared;
END $$;
REVOKE ALL ON FUNCTION clear_agenda(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION clear_agenda(uuid, text) TO concordat_risk;
`;

/** As before, but a meeting that was cancelled has no minutes to be late. */
const PRACTICE = `
CREATE OR REPLACE FUNCTION practice_counts(asked uuid, first_day date, last_day date, today date)
RETURNS TABLE (minutes_met int, minutes_missed int, minutes_running int, research_met int, research_missed int,
  contact_met int, contact_missed int, actions_done int, actions_not_possible int, actions_not_done int, actions_open int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
  WITH met AS (
    SELECT m.id, m.minutes_by, (m.issued_at AT TIME ZONE 'Europe/London')::date AS issued_on FROM meeting m
     WHERE leads_forum(asked) AND m.forum_id = asked AND m.held_on BETWEEN first_day AND last_day AND m.minutes_by IS NOT NULL
       AND m.state <> 'cancelled'),
  heard AS (
    SELECT i.id, i.referral_id, i.heard_at, i.meeting_id FROM agenda_item i JOIN meeting m ON m.id = i.meeting_id
     WHERE leads_forum(asked) AND m.forum_id = asked AND m.held_on BETWEEN first_day AND last_day AND i.state = 'heard'),
  spoken AS (
    SELECT EXISTS (SELECT 1 FROM advocate_attempt a WHERE a.contact_id = c.id AND a.outcome = 'reached' AND a.at <= h.heard_at) AS in_time
      FROM heard h JOIN advocate_contact c ON c.referral_id = h.referral_id),
  done AS (SELECT a.state FROM conference_action a JOIN heard h ON h.id = a.item_id)
  SELECT (SELECT count(*)::int FROM met WHERE issued_on <= minutes_by),
         (SELECT count(*)::int FROM met WHERE coalesce(issued_on, today) > minutes_by),
         (SELECT count(*)::int FROM met WHERE issued_on IS NULL AND minutes_by >= today),
         (SELECT count(*)::int FROM research x JOIN heard h ON h.id = x.item_id WHERE NOT x.late),
         (SELECT count(*)::int FROM research x JOIN heard h ON h.id = x.item_id WHERE x.late),
         (SELECT count(*)::int FROM spoken WHERE in_time), (SELECT count(*)::int FROM spoken WHERE NOT in_time),
         (SELECT count(*)::int FROM done WHERE state = 'done'),
         (SELECT count(*)::int FROM done WHERE state = 'not-possible'),
         (SELECT count(*)::int FROM done WHERE state IN ('not-done', 'escalated')),
         (SELECT count(*)::int FROM done WHERE state IN ('proposed', 'accepted', 'in-progress'))
$$;
`;
