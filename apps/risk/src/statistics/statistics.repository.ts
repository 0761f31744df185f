import type { ForumStatistics, Population } from '@concordat/packs';
import type { Tx } from '@concordat/messaging';
import type { CountedCase, YearFigures } from '../forum-figures';
import type { PracticeCounts } from '../practice-figures';
import type { PublishedFigures } from '../published-figures';

/** Cases that a forum heard between two civil days, both included, whoever may see them. Of whoever leads it; else none. */
export const countedCases = (tx: Tx, forumId: string, from: string, to: string): Promise<CountedCase[]> =>
  tx.query<CountedCase & Record<string, unknown>>(
    `SELECT held_on::text AS "heldOn", org_id AS "orgId", repeat, children, characteristics
       FROM counted_cases($1, $2::date, $3::date)`,
    [forumId, from, to],
    'counted-cases',
  );

/** How a forum kept to its clocks between two civil days, and what became of its actions. Of whoever leads it; else nought. */
export async function practiceCounts(
  tx: Tx,
  forumId: string,
  from: string,
  to: string,
  today: string,
): Promise<PracticeCounts> {
  const [row] = await tx.query<PracticeCounts & Record<string, unknown>>(
    `SELECT minutes_met AS "minutesMet", minutes_missed AS "minutesMissed", minutes_running AS "minutesRunning",
            research_met AS "researchMet", research_missed AS "researchMissed", contact_met AS "contactMet",
            contact_missed AS "contactMissed", actions_done AS "actionsDone", actions_not_possible AS "actionsNotPossible",
            actions_not_done AS "actionsNotDone", actions_open AS "actionsOpen"
       FROM practice_counts($1, $2::date, $3::date, $4::date)`,
    [forumId, from, to, today],
    'practice-counts',
  );
  return row!;
}

/** Days of a forum's meetings up to a civil day, and whether their minutes are issued. */
export const meetingDays = (tx: Tx, forumId: string, to: string): Promise<{ heldOn: string; issued: boolean }[]> =>
  tx.query<{ heldOn: string; issued: boolean }>(
    `SELECT held_on::text AS "heldOn", state IN ('minutes-issued', 'closed') AS issued FROM meeting
      WHERE forum_id = $1 AND held_on <= $2::date AND state <> 'cancelled' ORDER BY held_on`,
    [forumId, to],
    'meeting-days',
  );

/** A case that is counted, as far as the caller may see it. */
export interface ListedCase extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly meetingId: string;
  readonly heldOn: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly orgId: string;
  readonly repeat: boolean;
  readonly children: number;
}
export const casesSeen = (tx: Tx, forumId: string, from: string, to: string): Promise<ListedCase[]> =>
  tx.query<ListedCase>(
    `SELECT i.id, i.version, i.meeting_id AS "meetingId", m.held_on::text AS "heldOn", i.case_id AS "caseId",
            standing_person(i.subject_id) AS "subjectId", r.org_id AS "orgId",
            coalesce((r.repeat ->> 'repeat')::boolean, false) AS repeat, cardinality(r.child_ids) AS children
       FROM meeting m JOIN agenda_item i ON i.meeting_id = m.id AND i.state = 'heard' JOIN forum_referral r ON r.id = i.referral_id
      WHERE m.forum_id = $1 AND m.state IN ('minutes-issued', 'closed') AND m.held_on BETWEEN $2::date AND $3::date
      ORDER BY m.held_on, i.place, r.at, i.id LIMIT 2000`,
    [forumId, from, to],
    'counted-cases-seen',
  );

/** What a rate is measured against, as it stood when it was used. */
export interface UsedPopulation extends Omit<Population, 'series'> {
  readonly title: string;
  readonly per: number;
}
export interface PublishedYear extends Record<string, unknown> {
  readonly year: number;
  readonly figures: PublishedFigures;
  readonly population: UsedPopulation | null;
  readonly groups: readonly { readonly code: string; readonly title: string }[];
  readonly byId: string;
  readonly at: Date;
}
/** What a forum has published, the latest year first. */
export const publishedYears = (tx: Tx, forumId: string): Promise<PublishedYear[]> =>
  tx.query<PublishedYear>(
    `SELECT year, figures, population, statistics AS groups, by_id AS "byId", at FROM published_year
      WHERE forum_id = $1 ORDER BY year DESC LIMIT 50`,
    [forumId],
    'published-years',
  );

/** What was counted when a year was published, for whoever leads the forum. */
export async function countedThen(tx: Tx, forumId: string, year: number): Promise<YearFigures | null> {
  const [row] = await tx.query<{ counted: YearFigures }>(
    'SELECT counted FROM published_year_count WHERE forum_id = $1 AND year = $2',
    [forumId, year],
    'counted-then',
  );
  return row?.counted ?? null;
}

interface Publishing {
  readonly forumId: string;
  readonly forumVersion: number;
  readonly year: number;
  readonly figures: PublishedFigures;
  readonly counted: YearFigures;
  readonly population: UsedPopulation | null;
  readonly statistics: ForumStatistics;
  readonly pack: string;
}
/** Fails with Conflict when the year was published before. */
export async function keepYear(tx: Tx, p: Publishing): Promise<void> {
  const groups = p.statistics.groups.map(({ code, title }) => ({ code, title }));
  await tx.execute(
    `INSERT INTO published_year (forum_id, year, figures, population, statistics, rule, pack, forum_version, by_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[p.forumId, p.year, JSON.stringify(p.figures), p.population && JSON.stringify(p.population)],
      ...[JSON.stringify(groups), `${p.statistics.forum}@${p.statistics.version}`, p.pack, p.forumVersion],
      ...[tx.actor.id, tx.now],
    ],
    'publish-year',
  );
  await tx.execute(
    'INSERT INTO published_year_count (forum_id, year, counted) VALUES ($1, $2, $3)',
    [p.forumId, p.year, JSON.stringify(p.counted)],
    'publish-year-count',
  );
}
