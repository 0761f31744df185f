import type { Tx } from '@concordat/messaging';
import type { Concerned } from './disclosure';

/** The ids of everybody in a case: whose data is touched by whatever is read or written of it. */
export async function peopleIn(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT person_id AS id FROM case_person WHERE case_id = $1 ORDER BY place',
    [caseId],
    'people-in-case',
  );
  return rows.map((r) => r.id);
}

/** The same people as a decision is asked about them: their roles in the case, and whether they are known to have died. */
export async function concernedIn(tx: Tx, caseId: string): Promise<Concerned[]> {
  const rows = await tx.query<{ id: string; roles: string[]; deceased: string | null }>(
    `SELECT p.id, c.roles, p.content -> 'deceased' ->> 'answer' AS deceased
       FROM case_person c JOIN person p ON p.id = c.person_id WHERE c.case_id = $1 ORDER BY c.place`,
    [caseId],
    'concerned-in-case',
  );
  return rows.map((p) => ({ ...p, deceased: p.deceased ? { answer: p.deceased } : undefined }));
}
