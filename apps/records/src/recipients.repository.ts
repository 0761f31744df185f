import type { Tx } from '@concordat/messaging';
import type { PickScope } from './transfer';

export interface Recipient {
  readonly userId: string;
  readonly orgId: string;
}

/** Active, not a system account, and somebody who reads cases: as whom cases are worked on. */
const RECEIVES = `m.active AND o.active AND m.may_receive
  AND m.roles && '{safeguarding-lead,practitioner,agency-representative,panel-coordinator,panel-chair,review-coordinator}'`;

/**
 * recipientOf finds somebody to whom a case, or part of it, may be offered: an active member of an active organisation, not
 * a system account, who may read cases, and whom no restriction keeps from this one. Undefined for everybody else, whatever the reason: who works where is the
 * directory's to tell.
 */
export async function recipientOf(tx: Tx, userId: string, caseId: string): Promise<Recipient | undefined> {
  const rows = await tx.query<Recipient & Record<string, unknown>>(
    `SELECT m.user_id AS "userId", m.org_id AS "orgId" FROM member m JOIN organisation o USING (org_id)
      WHERE m.user_id = $1 AND NOT is_closed_to($2, $1) AND ${RECEIVES}
      ORDER BY m.org_id LIMIT 1`,
    [userId, caseId],
    'recipient',
  );
  return rows[0];
}

const AT_MOST = 1_000;

/** Everybody but the caller who may be given cases, within a scope of the caller's. */
export function recipientsIn(tx: Tx, scope: PickScope): Promise<Recipient[]> {
  return tx.query<Recipient & Record<string, unknown>>(
    `SELECT DISTINCT m.user_id AS "userId", m.org_id AS "orgId" FROM member m JOIN organisation o USING (org_id)
       JOIN member me ON me.user_id = $1 AND me.org_id = $2
      WHERE m.user_id <> $1 AND ${RECEIVES} AND CASE $3 WHEN 'own-agency' THEN m.org_id = me.org_id
            WHEN 'own-team' THEN m.team_id = me.team_id ELSE true END
      ORDER BY m.org_id, m.user_id LIMIT ${AT_MOST}`,
    [tx.actor.id, tx.actor.orgId, scope],
    'recipients-in-scope',
  );
}
