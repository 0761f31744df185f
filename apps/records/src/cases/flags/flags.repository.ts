import type { Tx } from '@concordat/messaging';

export interface Flag {
  readonly flag: string;
  readonly from: Date;
  readonly by: string;
  readonly orgId: string;
  readonly to: Date | null;
  readonly endedBy: string | null;
}

/** The flags of a case, those that are on it first, the newest before the others. */
export const flagsOf = (tx: Tx, caseId: string): Promise<Flag[]> =>
  tx.query<Flag & Record<string, unknown>>(
    `SELECT flag, since AS "from", by_id AS by, org_id AS "orgId", until AS "to", ended_by AS "endedBy" FROM case_flag
      WHERE case_id = $1 ORDER BY until IS NOT NULL, since DESC, flag`,
    [caseId],
  );

/** Puts a flag on a case; false when it is on it already. */
export async function putFlag(tx: Tx, caseId: string, flag: string): Promise<boolean> {
  const put = await tx.execute(
    `INSERT INTO case_flag (case_id, flag, since, by_id, org_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (case_id, flag) WHERE until IS NULL DO NOTHING`,
    [caseId, flag, tx.now, tx.actor.id, tx.actor.orgId],
  );
  return put === 1;
}

/** Takes a flag off a case; false when it is not on it. */
export async function endFlag(tx: Tx, caseId: string, flag: string): Promise<boolean> {
  const ended = await tx.execute(
    'UPDATE case_flag SET until = $3, ended_by = $4 WHERE case_id = $1 AND flag = $2 AND until IS NULL',
    [caseId, flag, tx.now, tx.actor.id],
  );
  return ended === 1;
}
