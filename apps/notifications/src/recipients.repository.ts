import { newId } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Climbed } from './deadlines.repository';

/**
 * Whom a rung reaches: the owner, or who stands in for them; then their manager; and those of the agency with a role of the rung
 * where nobody in particular is known, or for the board. Only people who may see the deadline: a message says nothing of it, but
 * that there is one is told to nobody else either.
 */
export async function recipientsOf(tx: Tx, rung: Climbed): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `WITH own AS (
       SELECT owner_of(d.record_id, d.case_id, d.org_id) AS owner, d.case_id, d.org_id, d.kind FROM deadline d WHERE d.id = $1),
     asked AS (
       SELECT CASE $2 WHEN 'owner' THEN own.owner
                      WHEN 'team-lead' THEN (SELECT m.manager_id FROM member m WHERE m.user_id = own.owner AND m.org_id = own.org_id) END AS who
         FROM own),
     reached AS (
       SELECT coalesce((SELECT s.to_id FROM stand_in s WHERE s.user_id = asked.who AND s.org_id = own.org_id AND s.ended_at IS NULL
                          AND s.from_at <= clock_timestamp() AND s.until > clock_timestamp() ORDER BY s.from_at DESC LIMIT 1), asked.who) AS who
         FROM asked, own)
     SELECT m.user_id AS id FROM own JOIN member m ON m.org_id = own.org_id
      WHERE m.active AND m.may_receive
        AND CASE WHEN EXISTS (SELECT 1 FROM reached r JOIN member x ON x.user_id = r.who AND x.org_id = own.org_id AND x.active)
                 THEN m.user_id = (SELECT who FROM reached) ELSE m.roles && $3 END
        AND may_be_told(m.user_id, own.org_id, own.case_id, own.kind)
      ORDER BY m.user_id`,
    [rung.id, rung.to, rung.roles],
    'rung-recipients',
  );
  return rows.map(({ id }) => id);
}

/** One message to each about this deadline: told again, it is the same one, unread once more. */
export function tell(
  tx: Tx,
  rung: Climbed,
  people: readonly string[],
): Promise<{ id: string; userId: string; orgId: string }[]> {
  return tx.query(
    `INSERT INTO message AS m (id, user_id, org_id, deadline_id, kind, to_whom, times, told_at)
     SELECT t.id, t.who, $3, $4, $5, $6, 1, $7 FROM unnest($1::uuid[], $2::uuid[]) AS t(id, who)
     ON CONFLICT (user_id, org_id, deadline_id) DO UPDATE SET to_whom = $6, times = m.times + 1, told_at = $7, read_at = NULL
     RETURNING m.id, m.user_id AS "userId", m.org_id AS "orgId"`,
    [people.map(newId), people, rung.orgId, rung.id, rung.kind, rung.to, tx.now],
    'tell',
  );
}
