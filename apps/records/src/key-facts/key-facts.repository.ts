import type { Tx } from '@concordat/messaging';

export interface Fact {
  readonly id: string;
  readonly kind: 'order' | 'step';
  readonly content: Readonly<Record<string, string>>;
  readonly orgId: string;
  readonly by: string;
  readonly recordedAt: Date;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly endedWhy: string | null;
  /** The newest referral of a planned action, as far as the caller's agency sees it. */
  readonly referred: { readonly id: string; readonly state: string } | null;
}

/** Orders and steps of a case; those that still hold first, by when they end or are due. */
export const factsOf = (tx: Tx, caseId: string): Promise<Fact[]> =>
  tx.query<Fact & Record<string, unknown>>(
    `SELECT id, kind, content, org_id AS "orgId", by_id AS by, recorded_at AS "recordedAt", ended_at AS "endedAt", ended_by AS "endedBy",
            ended_why AS "endedWhy",
            (SELECT json_build_object('id', r.id, 'state', r.state) FROM onward_referral r WHERE r.action_id = case_fact.id
              ORDER BY r.offered_at DESC, r.id LIMIT 1) AS referred FROM case_fact WHERE case_id = $1
      ORDER BY ended_at IS NOT NULL, coalesce(content->>'due', content->>'until', '9999'), recorded_at, id`,
    [caseId],
    'facts-of-case',
  );

export async function keepFact(tx: Tx, id: string, caseId: string, kind: Fact['kind'], content: object): Promise<void> {
  await tx.execute(
    'INSERT INTO case_fact (id, case_id, kind, content, org_id, by_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [id, caseId, kind, JSON.stringify(content), tx.actor.orgId, tx.actor.id, tx.now],
    'keep-case-fact',
  );
}

export async function endFact(tx: Tx, id: string, why: string | null): Promise<void> {
  await tx.execute(
    'UPDATE case_fact SET ended_at = $2, ended_by = $3, ended_org = $4, ended_why = $5 WHERE id = $1',
    [id, tx.now, tx.actor.id, tx.actor.orgId, why],
    'end-case-fact',
  );
}

/** Agencies that take part in a case now. */
export async function agenciesNow(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ org: string }>(
    'SELECT org_id AS org FROM participation WHERE case_id = $1 AND until IS NULL',
    [caseId],
    'agencies-now',
  );
  return rows.map((r) => r.org);
}
