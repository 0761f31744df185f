import type { Tx } from '@concordat/messaging';
import type { PersonDetails } from '../person';

/** Writes somebody new and their place in a case, which the caller MUST work on. */
export async function createPersonIn(
  tx: Tx,
  caseId: string,
  person: { readonly id: string; readonly content: PersonDetails },
  roles: readonly string[],
): Promise<void> {
  await tx.query(
    'SELECT create_person_in($1, $2, $3, $4)',
    [caseId, person.id, JSON.stringify(person.content), roles],
    'create-person-in-case',
  );
}

/** Gives somebody who is on record the last place in a case. */
export async function placeInCase(tx: Tx, caseId: string, personId: string, roles: readonly string[]): Promise<void> {
  await tx.execute(
    `INSERT INTO case_person (case_id, person_id, place, roles)
     SELECT $1, $2, coalesce(max(place), 0) + 1, $3 FROM case_person WHERE case_id = $1`,
    [caseId, personId, roles],
    'place-in-case',
  );
}

/** The agencies that see who is in a case. */
export async function readersOf(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ org: string }>(
    `SELECT org_id AS org FROM participation WHERE case_id = $1 AND until IS NULL AND level <> 'preview'`,
    [caseId],
    'readers-of-case',
  );
  return rows.map((r) => r.org);
}
