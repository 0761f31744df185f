import type { Tx } from '@concordat/messaging';
import type { PersonDetails } from '../person';
import type { PersonSaid } from './person-row';

/** Somebody whom the caller's agency brought in, in one of their cases: the record that stands for them now. */
export interface PersonKnown {
  readonly record: string;
  readonly personId: string;
  readonly caseId: string;
  readonly said: PersonSaid;
}

/** Whom the caller's agency brought in under these records, the first case first. Who they are is asked of their records. */
export const peopleBroughtIn = (tx: Tx, source: string, records: readonly string[]): Promise<PersonKnown[]> =>
  tx.query<PersonKnown & Record<string, unknown>>(
    'SELECT record, person_id AS "personId", case_id AS "caseId", said FROM people_brought_in($1, $2)',
    [source, records],
    'people-brought-in',
  );

export async function bringInPerson(
  tx: Tx,
  p: Omit<PersonKnown, 'said'> & {
    /** Nothing of somebody who is on record. */
    readonly details: PersonDetails | null;
    readonly roles: readonly string[];
    readonly source: string;
    readonly said: PersonSaid;
    readonly importId: string;
  },
): Promise<void> {
  await tx.query(
    'SELECT bring_in_person($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      ...[p.caseId, p.personId, p.details === null ? null : JSON.stringify(p.details), p.roles, p.source, p.record],
      ...[JSON.stringify(p.said), p.importId, tx.now],
    ],
    'bring-in-person',
  );
}

/** What the file says of somebody now, in the place of what it said before. */
export async function noteSaid(tx: Tx, { caseId, record, said }: PersonKnown, source: string): Promise<void> {
  await tx.query(
    'SELECT correct_person_origin($1, $2, $3, $4)',
    [caseId, source, record, JSON.stringify(said)],
    'correct-person-origin',
  );
}

/** The agencies that see who is in a case. */
export async function readersOfCase(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ org: string }>(
    `SELECT DISTINCT org_id AS org FROM participation WHERE case_id = $1 AND until IS NULL AND level <> 'preview'`,
    [caseId],
    'readers-of-case-brought-in',
  );
  return rows.map((r) => r.org);
}

/** The restrictions of somebody that are in force. */
export async function restrictionsOf(tx: Tx, personId: string): Promise<string[]> {
  const [row] = await tx.query<{ ids: string[] }>(
    'SELECT restrictions_of(ARRAY[$1::uuid]) AS ids',
    [personId],
    'restrictions-on-brought-in',
  );
  return row!.ids;
}
