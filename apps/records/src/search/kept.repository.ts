import type { Tx } from '@concordat/messaging';

/** A search is kept for whoever asked it, in the organisation for which they asked, until it expires. */
export async function keepSearch(tx: Tx, id: string, asked: string, expiresAt: Date): Promise<void> {
  await tx.execute(
    'INSERT INTO record_search (id, user_id, org_id, asked, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [id, tx.actor.id, tx.actor.orgId, asked, expiresAt],
    'keep-record-search',
  );
}

/** What was asked, if it was the caller who asked it, and it has not expired. */
export async function findSearch(tx: Tx, id: string): Promise<string | undefined> {
  const [row] = await tx.query<{ asked: string }>(
    'SELECT asked FROM record_search WHERE id = $1 AND user_id = $2 AND org_id = $3 AND expires_at > $4',
    [id, tx.actor.id, tx.actor.orgId, tx.now],
    'find-record-search',
  );
  return row?.asked;
}

export async function forgetSearches(tx: Tx): Promise<void> {
  await tx.execute('DELETE FROM record_search WHERE expires_at <= clock_timestamp()', [], 'forget-record-searches');
}
