import type { Tx } from '@concordat/messaging';

/** Pairs of entries, of these cases, that are about one event. */
export async function sameEvents(tx: Tx, caseIds: readonly string[]): Promise<(readonly [string, string])[]> {
  const rows = await tx.query<{ a: string; b: string }>(
    `SELECT entry_id AS a, other_id AS b FROM chronology_same
      WHERE case_id = ANY ($1) AND other_case = ANY ($1) AND ended_at IS NULL`,
    [caseIds],
    'chronology-same-events',
  );
  return rows.map(({ a, b }) => [a, b] as const);
}

/** Keeps that two entries are about one event. Answers whether that is new. */
export async function keepSame(
  tx: Tx,
  a: { readonly id: string; readonly caseId: string },
  b: { readonly id: string; readonly caseId: string },
): Promise<boolean> {
  const [first, second] = a.id < b.id ? [a, b] : [b, a];
  const kept = await tx.execute(
    `INSERT INTO chronology_same (entry_id, other_id, case_id, other_case, at, by_id, org_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry_id, other_id) WHERE ended_at IS NULL DO NOTHING`,
    [first.id, second.id, first.caseId, second.caseId, tx.now, tx.actor.id, tx.actor.orgId],
    'keep-same-event',
  );
  return kept > 0;
}

/** An entry stands alone again. Answers how many others it was joined with. */
export const endSame = (tx: Tx, entryId: string): Promise<number> =>
  tx.execute(
    'UPDATE chronology_same SET ended_at = $2, ended_by = $3 WHERE $1 IN (entry_id, other_id) AND ended_at IS NULL',
    [entryId, tx.now, tx.actor.id],
    'end-same-event',
  );

/** The names of people in these cases whom the caller may see, by id. */
export const namesIn = (tx: Tx, caseIds: readonly string[]): Promise<{ id: string; name: object | null }[]> =>
  tx.query(
    `SELECT DISTINCT p.id, (p.content->'name') - 'source' AS name FROM case_person c JOIN person p ON p.id = c.person_id
      WHERE c.case_id = ANY ($1)`,
    [caseIds],
    'names-in-cases',
  );
