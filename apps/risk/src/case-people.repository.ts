import type { Tx } from '@concordat/messaging';

/** Everybody who is or was in a case, under the records that stand for them now. */
export async function peopleInCase(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT standing_person(person_id) AS id FROM case_person
      WHERE case_id = $1 AND (NOT is_closed(person_id) OR glass_on($1) IS NOT NULL)`,
    [caseId],
    'people-in-case',
  );
  return rows.map(({ id }) => id);
}
