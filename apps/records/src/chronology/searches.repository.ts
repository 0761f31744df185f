import type { Tx } from '@concordat/messaging';

/** A search is kept for whoever asked, within one case, until it expires. */
export async function keepSearch(tx: Tx, id: string, caseId: string, asked: string, expiresAt: Date): Promise<void> {
  await tx.execute(
    'INSERT INTO chronology_search (id, case_id, user_id, asked, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [id, caseId, tx.actor.id, asked, expiresAt],
    'keep-chronology-search',
  );
}

export async function findSearch(tx: Tx, id: string, caseId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ asked: string }>(
    'SELECT asked FROM chronology_search WHERE id = $1 AND case_id = $2 AND user_id = $3 AND expires_at > $4',
    [id, caseId, tx.actor.id, tx.now],
    'find-chronology-search',
  );
  return row?.asked;
}

export async function removeExpired(tx: Tx): Promise<void> {
  await tx.execute(
    'DELETE FROM chronology_search WHERE expires_at <= clock_timestamp()',
    [],
    'remove-chronology-searches',
  );
}
