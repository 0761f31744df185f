import type { Tx } from '@concordat/messaging';

/** The ids of everybody in a case: whose data is touched by whatever is read or written of it. */
export async function peopleIn(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT person_id AS id FROM case_person WHERE case_id = $1 ORDER BY place',
    [caseId],
    'people-in-case',
  );
  return rows.map((r) => r.id);
}
