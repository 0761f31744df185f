import type { TestApp } from '@concordat/testing';
import { org, staff } from '../assessments/told.testing';

/** Days on which the forum of a year met: twelve meetings of twenty-five cases each. */
export const MEETINGS = [
  ...['2025-04-16', '2025-05-21', '2025-06-18', '2025-07-16', '2025-08-20', '2025-09-17'],
  ...['2025-10-15', '2025-11-19', '2025-12-17', '2026-01-21', '2026-02-18', '2026-03-18'],
];
const REFERRERS = ['northbank-police', 'eastvale-nhs', 'harbour-housing', 'safe-harbour', 'northbank-probation'];

/** Loads what a forum did in a year straight into its tables: 300 cases, 12 meetings, 1,800 actions. The council sees every third case. */
export async function loadYear(app: Pick<TestApp, 'sql'>, forumId: string): Promise<void> {
  const [gwen, idris] = [staff('gwen'), staff('idris')];
  await app.sql(
    `INSERT INTO risk.meeting (id, forum_id, forum_version, pack, version, state, held_on, starts_at, place, cut_off_on, research_by,
       statement, read_by, read_at, approved_by, approved_at, issued_at)
     SELECT gen_random_uuid(), $1, 1, 'test', 9, 'minutes-issued', d, '09:30', 'Hall', d, d, 'Confidential', $3, d, $3, d, d
       FROM unnest($2::date[]) d`,
    [forumId, MEETINGS, gwen],
  );
  await app.sql(
    `WITH made AS (
       SELECT m.id AS meeting_id, m.held_on, n, gen_random_uuid() AS referral_id, gen_random_uuid() AS case_id
         FROM risk.meeting m, generate_series(1, 25) n WHERE m.forum_id = $1),
     referred AS (
       INSERT INTO risk.forum_referral (id, forum_id, case_id, subject_id, other_ids, child_ids, org_id, by_id, at, criteria, consent,
         repeat, pack, forum_version, heard_on, waiting)
       SELECT referral_id, $1, case_id, gen_random_uuid(), '{}', array_fill(gen_random_uuid(), ARRAY[n % 3]),
              ($2::uuid[])[CASE WHEN n = 25 THEN 4 WHEN n = 24 AND held_on = '2025-04-16' THEN 5 ELSE 1 + n % 3 END], $3,
              held_on - 10, '[]', '{"answer":"given"}',
              CASE WHEN n % 4 = 0 THEN jsonb_build_object('repeat', true) WHEN n % 4 = 1 THEN jsonb_build_object('repeat', false) END,
              'test', 1, held_on, false FROM made),
     part AS (
       INSERT INTO risk.case_access (case_id, org_id, level, restricted, since)
       SELECT case_id, $4, 'lead', false, held_on FROM made WHERE n % 3 = 0),
     listed AS (
       INSERT INTO risk.agenda_item (id, meeting_id, referral_id, case_id, subject_id, version, place, state, opened_at, heard_at,
         decision, changed_by, changed_at)
       SELECT gen_random_uuid(), meeting_id, referral_id, case_id, gen_random_uuid(), 3, n, 'heard', held_on, held_on, 'plan-agreed',
              $3, held_on FROM made RETURNING id, meeting_id, case_id, subject_id, heard_at)
     INSERT INTO risk.conference_action (id, item_id, meeting_id, case_id, subject_id, version, what, owner_org, due_on, state, proposed_by,
       proposed_at, changed_at)
     SELECT gen_random_uuid(), id, meeting_id, case_id, subject_id, 1, 'Ring her', $4, heard_at::date + 30, 'proposed', $3, heard_at,
            heard_at FROM listed, generate_series(1, 6)`,
    [forumId, REFERRERS.map(org), idris, org('northbank-council')],
  );
  // Characteristics: many, two altogether, none, and one where one is not.
  await app.sql(
    `INSERT INTO risk.referral_characteristic (referral_id, code, answer)
     SELECT r.id, g.code, CASE g.code WHEN 'disabled' THEN CASE WHEN r.n % 5 = 0 THEN 'yes' WHEN r.n % 5 = 1 THEN 'declined' ELSE 'no' END
                                      WHEN 'lgbt' THEN CASE WHEN r.n <= 2 THEN 'yes' ELSE 'no' END
                                      WHEN 'minoritised' THEN CASE WHEN r.n = 7 THEN 'no' ELSE 'yes' END
                                      ELSE 'no' END
       FROM (SELECT id, row_number() OVER (ORDER BY at, id) AS n FROM risk.forum_referral WHERE forum_id = $1) r,
            unnest(ARRAY['male', 'lgbt', 'disabled', 'minoritised']) g(code)`,
    [forumId],
  );
}

/** Loads how that year was kept to: minutes issued in time or late, research returned, contact before meetings, actions that ended. */
export async function loadPractice(app: Pick<TestApp, 'sql'>, forumId: string): Promise<void> {
  await app.sql(
    `UPDATE risk.meeting SET minutes_by = held_on + CASE WHEN extract(month FROM held_on) < 6 THEN -1 ELSE 1 END WHERE forum_id = $1`,
    [forumId],
  );
  const SOME = `SELECT i.*, row_number() OVER (ORDER BY i.id) AS n FROM risk.agenda_item i JOIN risk.meeting m ON m.id = i.meeting_id
     WHERE m.forum_id = $1`;
  await app.sql(
    `INSERT INTO risk.research (item_id, org_id, version, answer, words, informs, late, by_id, at)
     SELECT id, $2, 1, 'nil', '', '{}', n % 3 = 0, $3, heard_at FROM (${SOME}) s WHERE n <= 10`,
    [forumId, org('eastvale-nhs'), staff('bevan')],
  );
  await app.sql(
    `WITH asked AS (INSERT INTO risk.advocate_contact (id, referral_id, forum_id, case_id, subject_id, org_id, version, state, asked_at, last_at)
       SELECT gen_random_uuid(), referral_id, $1, case_id, subject_id, $2, 2, 'reached', heard_at, heard_at FROM (${SOME}) s WHERE n <= 8
       RETURNING id, referral_id)
     INSERT INTO risk.advocate_attempt (contact_id, version, at, way, safe, message_allowed, outcome, words, by_id, recorded_at)
     SELECT a.id, 2, i.heard_at + CASE WHEN s.n <= 5 THEN interval '-1 day' ELSE interval '1 day' END, 'phone', 'yes', false, 'reached', 'x', $3, now()
       FROM asked a JOIN (${SOME}) s ON s.referral_id = a.referral_id JOIN risk.agenda_item i ON i.id = s.id`,
    [forumId, org('safe-harbour'), staff('nia')],
  );
  await app.sql(
    `UPDATE risk.conference_action a SET state = CASE WHEN s.n <= 100 THEN 'done' WHEN s.n <= 120 THEN 'not-possible'
        WHEN s.n <= 125 THEN 'not-done' ELSE 'escalated' END
       FROM (SELECT c.id, row_number() OVER (ORDER BY c.id) AS n FROM risk.conference_action c JOIN risk.meeting m ON m.id = c.meeting_id
              WHERE m.forum_id = $1) s WHERE s.id = a.id AND s.n <= 130`,
    [forumId],
  );
}

/** Cases of the twelve months to June 2026, of a forum that is the first parameter: the last quarter has no meeting and takes over the one before. */
export const TWICE = `FROM risk.forum_referral r, generate_series(1, CASE WHEN r.heard_on >= '2026-01-01' THEN 2 ELSE 1 END)
       WHERE r.forum_id = $1 AND r.heard_on BETWEEN '2025-07-01' AND '2026-03-31'`;

/**
 * By how much each number of twelve months changed is what a query counts from both years. Of the twelve months before, one quarter was
 * met in; `one` answers a number.
 */
export async function changesByQuery(
  one: (sql: string) => Promise<number>,
  told: Readonly<{ now: Year; before: Year; change: Counts }>,
): Promise<void> {
  const before = `FROM risk.forum_referral r WHERE r.forum_id = $1 AND r.heard_on BETWEEN '2025-04-01' AND '2025-06-30'`;
  for (const [what, counted] of [
    ['cases', 'count(*)'],
    ['repeats', `count(*) FILTER (WHERE repeat @> '{"repeat":true}')`],
    ['children', 'coalesce(sum(cardinality(child_ids)), 0)'],
  ] as const) {
    const [then, since] = [`(SELECT ${counted} ${before})`, `(SELECT ${counted} ${TWICE})`];
    const { now, change } = told;
    expect([what, told.before.total[what], now.total[what], change[what]]).toEqual([
      ...[what, await one(`SELECT ${then}`), await one(`SELECT ${since}`)],
      await one(`SELECT round(100.0 * (${since} - ${then}) / ${then}, 1)`),
    ]);
  }
}
type Counts = Readonly<Record<'cases' | 'repeats' | 'children', number>>;
interface Year {
  readonly total: Counts;
}
