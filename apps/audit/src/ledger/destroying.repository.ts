import type { ActRecorded } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

/**
 * destroyDetails destroys the details that an erasure names, the data keys under which nothing is left, and the pseudonyms of
 * the records that were erased. `index` is the erasure's own place, below which its targets stand.
 */
export async function destroyDetails(tx: Tx, { targets = [], objects }: ActRecorded, index: bigint): Promise<void> {
  const indexes = targets.map((t) => t.index);
  const owners = await tx.query<{ owner: string }>(
    `DELETE FROM detail d USING unnest($1::bigint[], $2::uuid[]) AS t(idx, event_id) JOIN entry e ON e.idx = t.idx AND e.event_id = t.event_id
      WHERE d.idx = t.idx AND d.idx < $3 RETURNING d.owner`,
    [indexes, targets.map((t) => t.eventId), index],
    'destroy-details',
  );
  await tx.execute(
    `DELETE FROM data_key k WHERE k.owner = ANY ($1::uuid[]) AND NOT EXISTS (
       SELECT 1 FROM mention m JOIN detail d ON d.idx = m.idx AND d.owner = m.id WHERE m.id = k.owner AND m.kind IN ('s', 'u'))`,
    [[...new Set(owners.map((o) => o.owner))]],
    'destroy-keys',
  );
  await tx.execute(
    'DELETE FROM pseudonym WHERE real_id = ANY ($1::text[])',
    [objects.map((o) => o.id)],
    'destroy-pseudonyms',
  );
  await tx.execute(
    'UPDATE detail_erasure SET by_idx = $2 WHERE idx = ANY ($1::bigint[]) AND by_idx IS NULL',
    [indexes, index],
    'note-destroyed',
  );
}
