import { newId, NotFound, type FlagStep } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { AgendaItem } from './meetings.repository';

/** An agency's flag on its file about somebody, after a case was heard. */
export interface Flag extends Record<string, unknown> {
  readonly id: string;
  readonly forumId: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly otherIds: readonly string[];
  readonly childIds: readonly string[];
  readonly orgId: string;
  readonly version: number;
  readonly anchor: string;
  readonly expiresOn: string;
  readonly requestedAt: Date;
  readonly confirmed: boolean;
  readonly removed: boolean;
  readonly confirmedBy: string | null;
  /** Whether another flag on the same person keeps the file marked. */
  readonly besides: boolean;
}
const COLUMNS = `f.id, f.forum_id AS "forumId", f.case_id AS "caseId", standing_person(f.subject_id) AS "subjectId",
  ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o) AS "otherIds",
  ARRAY(SELECT standing_person(o) FROM unnest(r.child_ids) o) AS "childIds",
  f.org_id AS "orgId", f.version, f.anchor::text, f.expires_on::text AS "expiresOn", f.requested_at AS "requestedAt",
  f.confirmed_at IS NOT NULL AS confirmed, f.removed_at IS NOT NULL AS removed, f.confirmed_by AS "confirmedBy"`;
/** Whom a referral names may be known by its own wall alone; a flag is there without them. */
const FROM_FLAG = 'FROM forum_flag f LEFT JOIN forum_referral r ON r.id = f.referral_id';

/** Flags of the caller's agency that are not taken off yet, those that end first before the others. */
export const flagsOf = (tx: Tx, orgId: string, today: string): Promise<Flag[]> =>
  tx.query<Flag>(
    `SELECT ${COLUMNS}, flagged_besides(f.id, $2::date) AS besides ${FROM_FLAG}
      WHERE f.org_id = $1 AND f.removed_at IS NULL ORDER BY f.expires_on, f.id LIMIT 500`,
    [orgId, today],
    'flags-of-agency',
  );

/** Flags of the caller's agency on people of a case, whichever case they were heard in: what happens again may be told of in another. */
export const flagsInCase = (tx: Tx, caseId: string, orgId: string, today: string): Promise<Flag[]> =>
  tx.query<Flag>(
    `SELECT ${COLUMNS}, flagged_besides(f.id, $3::date) AS besides ${FROM_FLAG}
      WHERE f.org_id = $2 AND (f.case_id = $1 OR standing_person(f.subject_id) IN
        (SELECT standing_person(p.person_id) FROM case_person p WHERE p.case_id = $1))
      ORDER BY f.expires_on DESC, f.id LIMIT 100`,
    [caseId, orgId, today],
    'flags-in-case',
  );

/** A flag of the caller's own agency, held until the end of the unit of work. Throws NotFound otherwise. */
export async function lockedFlag(tx: Tx, id: string, today: string): Promise<Flag> {
  await tx.query('SELECT 1 FROM forum_flag WHERE id = $1 FOR UPDATE', [id], 'lock-flag');
  const [row] = await tx.query<Flag>(
    `SELECT ${COLUMNS}, flagged_besides(f.id, $3::date) AS besides ${FROM_FLAG} WHERE f.id = $1 AND f.org_id = $2`,
    [id, tx.actor.orgId, today],
    'flag',
  );
  if (!row) throw new NotFound('forum-flag');
  return row;
}

/** Writes a step of an agency, and answers the new version. */
export async function stepFlag(tx: Tx, { id, version }: Flag, step: FlagStep): Promise<number> {
  const what = step === 'confirm' ? 'confirmed' : 'removed';
  await tx.execute(
    `UPDATE forum_flag SET ${what}_by = $2, ${what}_at = $3, version = $4 WHERE id = $1`,
    [id, tx.actor.id, tx.now, version + 1],
    `step-flag-${step}`,
  );
  return version + 1;
}

/**
 * Asks agencies to flag their files after a hearing. A repeat moves the end of a flag that stands, which stays confirmed; one that
 * was taken off is asked for anew.
 */
export async function requestFlags(
  tx: Tx,
  item: AgendaItem,
  orgs: readonly string[],
  anchor: string,
  expiresOn: string,
): Promise<void> {
  await tx.execute(
    `INSERT INTO forum_flag AS f (id, forum_id, case_id, subject_id, org_id, referral_id, item_id, version, anchor, expires_on, requested_at)
     SELECT i.id, $1, $2, $3, i.org, $4, $5, 1, $6, $7, $8 FROM unnest($9::uuid[], $10::uuid[]) AS i(id, org)
     ON CONFLICT (forum_id, case_id, subject_id, org_id) DO UPDATE
       SET referral_id = $4, item_id = $5, version = f.version + 1, anchor = $6, expires_on = $7, requested_at = $8,
           confirmed_by = CASE WHEN f.removed_at IS NULL THEN f.confirmed_by END,
           confirmed_at = CASE WHEN f.removed_at IS NULL THEN f.confirmed_at END, removed_by = NULL, removed_at = NULL
     WHERE f.expires_on <= $7`,
    [
      ...[item.forumId, item.caseId, item.subjectId, item.referralId, item.id, anchor, expiresOn, tx.now],
      ...[orgs.map(() => newId()), orgs],
    ],
    'request-flags',
  );
}

/** A case whose window has passed since the meeting before, with how many of its agencies have still to unmark their files. */
export interface LapsedCase extends Record<string, unknown> {
  readonly caseId: string;
  readonly subjectId: string;
  readonly expiredOn: string;
  readonly marked: number;
  readonly agencies: number;
}
/** The twelve-month list of a meeting: what ended after the one before it, and before its own day. As far as the caller may see it. */
export const lapsedBefore = (tx: Tx, forumId: string, heldOn: string): Promise<LapsedCase[]> =>
  tx.query<LapsedCase>(
    `SELECT f.case_id AS "caseId", standing_person(f.subject_id) AS "subjectId", max(f.expires_on)::text AS "expiredOn",
            count(*) FILTER (WHERE f.confirmed_at IS NOT NULL AND f.removed_at IS NULL)::int AS marked, count(*)::int AS agencies
       FROM forum_flag f
      WHERE f.forum_id = $1 AND f.expires_on < $2::date
        AND f.expires_on >= coalesce((SELECT max(p.held_on) FROM meeting p WHERE p.forum_id = $1 AND p.held_on < $2::date
          AND p.emergency_reason IS NULL AND p.state <> 'cancelled'), '-infinity')
      GROUP BY f.case_id, standing_person(f.subject_id) ORDER BY max(f.expires_on), f.case_id LIMIT 200`,
    [forumId, heldOn],
    'lapsed-flags',
  );
