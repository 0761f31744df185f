import type { Tx } from '@concordat/messaging';

export interface Recipient {
  readonly userId: string;
  readonly orgId: string;
}

/**
 * recipientOf finds somebody to whom a case, or part of it, may be offered: an active member of an active organisation, not
 * a system account, who may read cases, and whom no restriction keeps from this one. Undefined for everybody else, whatever the reason: who works where is the
 * directory's to tell.
 */
export async function recipientOf(tx: Tx, userId: string, caseId: string): Promise<Recipient | undefined> {
  const rows = await tx.query<Recipient & Record<string, unknown>>(
    `SELECT m.user_id AS "userId", m.org_id AS "orgId" FROM member m JOIN organisation o USING (org_id)
      WHERE m.user_id = $1 AND NOT is_closed_to($2, $1) AND m.active AND o.active AND m.may_receive
        AND m.roles && '{safeguarding-lead,practitioner,agency-representative,panel-coordinator,panel-chair,review-coordinator}'
      ORDER BY m.org_id LIMIT 1`,
    [userId, caseId],
    'recipient',
  );
  return rows[0];
}
