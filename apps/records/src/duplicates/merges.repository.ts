import type { MergeChoice, PersonPart } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { PersonDetails } from '../person';

/** A merge with everything that undoing it needs. */
export interface Merge {
  readonly id: string;
  readonly survivorId: string;
  readonly mergedId: string;
  readonly at: Date;
  readonly by: string;
  readonly orgId: string;
  readonly reason: string | null;
  readonly choices: Partial<Record<PersonPart, MergeChoice>>;
  readonly survivorBefore: PersonDetails;
  readonly mergedBefore: PersonDetails;
  readonly survivorAfter: PersonDetails;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
  readonly undoneReason: string | null;
  /** Whether the caller's organisation takes part in a case of each of the two, and so sees both once they stand apart. */
  readonly mine: boolean;
}

const TAKES_PART = (
  caseId: string,
): string => `EXISTS (SELECT 1 FROM participation p WHERE p.case_id = ${caseId} AND p.until IS NULL
  AND p.level <> 'preview' AND p.case_id <> ALL ((SELECT hidden_cases(false))::uuid[]) AND p.org_id = nullif(current_setting('concordat.org', true), '')::uuid)`;

const COLUMNS = `id, survivor_id AS "survivorId", merged_id AS "mergedId", at, by_id AS by, org_id AS "orgId", reason, choices,
  survivor_before AS "survivorBefore", merged_before AS "mergedBefore", survivor_after AS "survivorAfter",
  undone_at AS "undoneAt", undone_by AS "undoneBy", undone_reason AS "undoneReason",
  EXISTS (SELECT 1 FROM jsonb_array_elements(places->'cases') c WHERE ${TAKES_PART("(c->>'case_id')::uuid")})
  AND EXISTS (SELECT 1 FROM case_person s WHERE s.person_id = survivor_id AND ${TAKES_PART('s.case_id')}
    AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(places->'cases') c
                     WHERE (c->>'case_id')::uuid = s.case_id AND jsonb_typeof(c->'survivorRoles') = 'null')) AS mine`;

/** Merges into a person, newest first. */
export const mergesInto = (tx: Tx, survivorId: string): Promise<Merge[]> =>
  tx.query<Merge & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM person_merge WHERE survivor_id = $1 ORDER BY at DESC, id`,
    [survivorId],
    'merges-into',
  );

/**
 * Moves the places in cases and the relationships of the merged record to the one that stays, in cases that the caller does
 * not see as well. Answers with how they were, and with the agencies that see the one person from now on.
 */
export async function movePlaces(tx: Tx, survivorId: string, mergedId: string): Promise<{ organisations: string[] }> {
  const [row] = await tx.query<{ places: { organisations: string[] } }>(
    'SELECT merge_places($1, $2) AS places',
    [survivorId, mergedId],
    'merge-places',
  );
  return row!.places;
}

export async function keepMerge(
  tx: Tx,
  m: Pick<Merge, 'id' | 'survivorId' | 'mergedId' | 'choices' | 'survivorBefore' | 'mergedBefore' | 'survivorAfter'> & {
    readonly reason: string | null;
    readonly places: object;
  },
): Promise<void> {
  await tx.execute(
    `INSERT INTO person_merge (id, survivor_id, merged_id, at, by_id, org_id, reason, choices, survivor_before, merged_before, survivor_after, places)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[m.id, m.survivorId, m.mergedId, tx.now, tx.actor.id, tx.actor.orgId, m.reason],
      ...[m.choices, m.survivorBefore, m.mergedBefore, m.survivorAfter, m.places].map((part) => JSON.stringify(part)),
    ],
    'keep-merge',
  );
}

export async function standAside(tx: Tx, mergedId: string, survivorId: string | null): Promise<void> {
  await tx.execute('UPDATE person SET merged_into = $2 WHERE id = $1', [mergedId, survivorId], 'stand-aside');
}

/** Puts places and relationships back where they were before the merge, and keeps who undid it and why. */
export async function undoPlaces(tx: Tx, mergeId: string, reason: string): Promise<void> {
  await tx.query('SELECT unmerge_places($1)', [mergeId], 'unmerge-places');
  await tx.execute(
    'UPDATE person_merge SET undone_at = $2, undone_by = $3, undone_org = $4, undone_reason = $5 WHERE id = $1',
    [mergeId, tx.now, tx.actor.id, tx.actor.orgId, reason],
    'keep-undoing',
  );
}

/** The version and details of a record that stands aside. */
export async function asideOf(tx: Tx, id: string): Promise<{ id: string; version: number; content: PersonDetails }> {
  const [row] = await tx.query<{ id: string; version: number; content: PersonDetails }>(
    'SELECT id, version, content FROM person WHERE id = $1 FOR UPDATE',
    [id],
    'person-aside',
  );
  return row!;
}
