import type { Facts } from '@concordat/matching';
import type { Tx } from '@concordat/messaging';

/** Somebody who shares a group with whoever is looked for, as far as is compared. */
export interface Found {
  readonly personId: string;
  readonly facts: Facts;
  readonly digest: string;
}

/** So many are compared at most, those first who share most; more than that share one key only. */
const COMPARED = 300;

/** Everybody whom the caller may see and who shares a key. People merged away are not among them (DUP-4). */
export function sharingKeys(tx: Tx, keys: readonly string[]): Promise<Found[]> {
  return tx.query<Found & Record<string, unknown>>(
    `SELECT person_id AS "personId", facts, digest FROM match_candidates($1, ${COMPARED})`,
    [keys],
    'match-candidates',
  );
}

/** Of these pairs with a person, those that somebody found to be two people, with what was known of them then. */
export async function distinctFrom(tx: Tx, id: string): Promise<Map<string, { own: string; other: string }>> {
  const rows = await tx.query<{ other: string; own_digest: string; other_digest: string }>(
    `SELECT other_id AS other, digest AS own_digest, other_digest FROM person_distinct WHERE person_id = $1
     UNION ALL SELECT person_id, other_digest, digest FROM person_distinct WHERE other_id = $1`,
    [id],
    'distinct-from',
  );
  return new Map(rows.map((r) => [r.other, { own: r.own_digest, other: r.other_digest }]));
}
