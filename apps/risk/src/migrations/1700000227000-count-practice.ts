import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How a forum keeps to its clocks, and what became of its actions, as numbers for whoever leads it. */
export class CountPractice1700000227000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of meetings between two civil days, cases among them that whoever leads has no part in. Numbers only.
      CREATE FUNCTION practice_counts(asked uuid, first_day date, last_day date, today date)
      RETURNS TABLE (minutes_met int, minutes_missed int, minutes_running int, research_met int, research_missed int,
        contact_met int, contact_missed int, actions_done int, actions_not_possible int, actions_not_done int, actions_open int)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = risk AS $$
        WITH met AS (
          SELECT m.id, m.minutes_by, (m.issued_at AT TIME ZONE 'Europe/London')::date AS issued_on FROM meeting m
           WHERE leads_forum(asked) AND m.forum_id = asked AND m.held_on BETWEEN first_day AND last_day AND m.minutes_by IS NOT NULL),
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
      REVOKE ALL ON FUNCTION practice_counts(uuid, date, date, date) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION practice_counts(uuid, date, date, date) TO concordat_risk`);
  }

  async down(): Promise<void> {
    throw new Error('conferences are never migrated away');
  }
}
