import type { Tx } from '@concordat/messaging';
import type { ChronologyItem, SameEvent } from './combined-chronology';

/** Every item of a review’s chronology, in the order in which they entered it. */
export function itemsOf(tx: Tx, reviewId: string): Promise<ChronologyItem[]> {
  return tx.query<ChronologyItem & Record<string, unknown>>(
    `SELECT id, number, org_id AS "orgId", record->>'date' AS date, (record->>'approximate')::boolean AS approximate,
            record->>'event' AS event, record->'people' AS people, record->>'theme' AS theme, record->>'source' AS source,
            record->>'seen' AS seen, record->>'decision' AS decision, record->>'comment' AS comment,
            (record->>'thirdParty')::boolean AS "thirdParty", record->'informs' AS informs, decision_id AS "decisionId",
            corrects, record->>'why' AS why, record->>'takenFrom' AS "takenFrom",
            by_id AS by, to_json(at)#>>'{}' AS at
       FROM chronology_item WHERE review_id = $1 ORDER BY number`,
    [reviewId],
    'chronology-items',
  );
}

export async function keepItem(
  tx: Tx,
  reviewId: string,
  { id, number, orgId, decisionId, corrects, by: _by, at: _at, ...record }: ChronologyItem,
): Promise<void> {
  await tx.execute(
    `INSERT INTO chronology_item (id, review_id, number, org_id, record, decision_id, corrects, by_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, reviewId, number, orgId, JSON.stringify(record), decisionId, corrects, tx.actor.id, tx.now],
    'keep-chronology-item',
  );
}

export async function nextItem(tx: Tx, reviewId: string): Promise<number> {
  const rows = await tx.query<{ n: number }>(
    'SELECT coalesce(max(number), 0)::int + 1 AS n FROM chronology_item WHERE review_id = $1',
    [reviewId],
    'next-chronology-item',
  );
  return rows[0]!.n;
}

/** Items that somebody found to be about one event. */
export async function sameEventsOf(tx: Tx, reviewId: string): Promise<SameEvent[]> {
  const rows = await tx.query<{ one: string; other: string }>(
    'SELECT one, other FROM chronology_same WHERE review_id = $1 ORDER BY at, one, other',
    [reviewId],
    'chronology-same',
  );
  return rows.map(({ one, other }) => [one, other]);
}

export async function keepSame(tx: Tx, reviewId: string, [one, other]: SameEvent, why: string): Promise<void> {
  await tx.execute(
    'INSERT INTO chronology_same (review_id, one, other, why, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)',
    [reviewId, one, other, why, tx.actor.id, tx.now],
    'keep-chronology-same',
  );
}

/** A version as it is frozen: which items, and which of them are one event. */
export async function keepVersion(
  tx: Tx,
  reviewId: string,
  version: { readonly number: number; readonly items: readonly string[]; readonly same: readonly SameEvent[] },
  digest: string,
): Promise<void> {
  await tx.execute(
    'INSERT INTO chronology_version (review_id, number, items, same, digest, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [
      ...[reviewId, version.number, JSON.stringify(version.items), JSON.stringify(version.same)],
      ...[digest, tx.actor.id, tx.now],
    ],
    'keep-chronology-version',
  );
}

export async function versionOf(
  tx: Tx,
  reviewId: string,
  number: number,
): Promise<{ readonly items: readonly string[]; readonly same: readonly SameEvent[] } | undefined> {
  const rows = await tx.query<{ items: readonly string[]; same: readonly SameEvent[] }>(
    'SELECT items, same FROM chronology_version WHERE review_id = $1 AND number = $2',
    [reviewId, number],
    'chronology-version',
  );
  return rows[0];
}
