import type { HappeningKind, Role } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Happening, Reach } from './happening';

/** Somebody who was told, with the row that tells them. */
export interface ToldPerson extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
  readonly orgId: string;
}

interface Reached extends Record<string, unknown> {
  readonly userId: string;
  readonly orgId: string;
}

/**
 * Whom a happening reaches now. Whether they may hear of it is asked when they look and when something goes out to them, not here:
 * who takes part in a case may be heard later than what happened in it.
 */
export async function reachedBy(tx: Tx, { reach, recordId, caseId, byId }: Happening, roles: readonly Role[]) {
  if ('people' in reach) return namedFor(tx, reach);
  return tx.query<Reached>(
    `WITH asked AS (SELECT coalesce($1::uuid, owner_of($2, $3, $4)) AS who),
     reached AS (
       SELECT coalesce((SELECT s.to_id FROM stand_in s WHERE s.user_id = asked.who AND s.org_id = $4 AND s.ended_at IS NULL
                          AND s.from_at <= clock_timestamp() AND s.until > clock_timestamp() ORDER BY s.from_at DESC LIMIT 1), asked.who) AS who
         FROM asked)
     SELECT m.user_id AS "userId", m.org_id AS "orgId" FROM member m
      WHERE m.org_id = $4 AND m.active AND m.user_id IS DISTINCT FROM $6::uuid
        AND CASE WHEN EXISTS (SELECT 1 FROM reached r JOIN member x ON x.user_id = r.who AND x.org_id = $4 AND x.active)
                 THEN m.user_id = (SELECT who FROM reached) ELSE m.may_receive AND m.roles && $5::text[] END
      ORDER BY m.user_id`,
    [reach.named, recordId, caseId, reach.orgId, reach.orRoles ? roles : [], byId],
    'reached-by-happening',
  );
}

const namedFor = (tx: Tx, { people, orgs }: Extract<Reach, { people: readonly string[] }>): Promise<Reached[]> =>
  tx.query(
    `SELECT user_id AS "userId", org_id AS "orgId" FROM member
      WHERE active AND user_id = ANY ($1::uuid[]) AND org_id = ANY ($2::uuid[]) ORDER BY user_id, org_id`,
    [people, orgs],
    'named-for-happening',
  );

/** One to each about this record. What happened before something that they were told of it already is not told; those who were. */
export function tellOf(
  tx: Tx,
  { kind, recordId, caseId, at }: Happening,
  happenedAt: Date,
  reached: readonly Reached[],
): Promise<ToldPerson[]> {
  return tx.query(
    `INSERT INTO happening AS h (id, user_id, org_id, kind, record_id, case_id, at, happened_at, times, told_at)
     SELECT gen_random_uuid(), t.who, t.org, $3, $4, $5, $6, $7, 1, $8 FROM unnest($1::uuid[], $2::uuid[]) AS t(who, org)
     ON CONFLICT (user_id, org_id, record_id) DO UPDATE
       SET kind = $3, case_id = $5, at = $6, happened_at = $7, times = h.times + 1, told_at = $8, read_at = NULL, ended_at = NULL
     WHERE h.happened_at < $7
     RETURNING h.id, h.user_id AS "userId", h.org_id AS "orgId"`,
    [
      ...[reached.map((r) => r.userId), reached.map((r) => r.orgId)],
      ...[kind, recordId, caseId, at, happenedAt, tx.now],
    ],
    'tell-of-happening',
  );
}

/** What was told of a record, of these kinds and until then, wants nobody any more but `except`. */
export async function settleHappenings(
  tx: Tx,
  recordId: string,
  kinds: readonly HappeningKind[],
  except: string | null,
  until: Date,
): Promise<void> {
  await tx.execute(
    `UPDATE happening SET ended_at = $5 WHERE record_id = $1 AND kind = ANY ($2) AND user_id IS DISTINCT FROM $3
        AND ended_at IS NULL AND happened_at <= $4`,
    [recordId, kinds, except, until, tx.now],
    'settle-happenings',
  );
}

/** Takes away what is kept of these records, and of the cases among them. */
export async function eraseHappenings(tx: Tx, records: readonly string[]): Promise<void> {
  await tx.execute(
    'DELETE FROM happening WHERE record_id = ANY ($1) OR case_id = ANY ($1)',
    [records],
    'erase-happenings',
  );
}
