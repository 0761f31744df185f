import type { Tx } from '@concordat/messaging';
import type { ChronologyContent } from '../chronology';
import type { PersonDetails } from '../person';

/** Whether there is an organisation of the partnership to which something could be given. */
export async function isAgency(tx: Tx, orgId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM organisation WHERE org_id = $1 AND active', [orgId], 'agency-given-to');
  return rows.length > 0;
}

const STANDS = 'e.case_id = $1 AND e.superseded_at IS NULL';

/** Entries of an agency in a case as they stand, the earliest first; those that were withdrawn say nothing any more. */
export function ownEntries(tx: Tx, caseId: string, orgId: string) {
  return tx.query<{ id: string; version: number; content: ChronologyContent }>(
    `SELECT e.id, e.version, e.content FROM chronology_entry e
      WHERE ${STANDS} AND e.org_id = $2 AND e.what <> 'withdrawn' ORDER BY e.earliest, e.id LIMIT 2000`,
    [caseId, orgId],
    'own-entries-given',
  );
}

export async function entriesOfOthers(tx: Tx, caseId: string, orgId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM chronology_entry e WHERE ${STANDS} AND e.org_id <> $2 AND e.what <> 'withdrawn'`,
    [caseId, orgId],
    'entries-of-others-counted',
  );
  return row?.n ?? 0;
}

/** Whom the case is about. */
export async function subjectsOf(tx: Tx, caseId: string) {
  const rows = await tx.query<{ id: string; identifiers: PersonDetails['identifiers'] | null }>(
    `SELECT p.id, p.content -> 'identifiers' AS identifiers FROM case_person c JOIN person p ON p.id = c.person_id
      WHERE c.case_id = $1 AND 'subject' = ANY (c.roles) ORDER BY c.place`,
    [caseId],
    'subjects-given',
  );
  return rows.map(({ id, identifiers }) => ({ id, ...(identifiers ? { identifiers } : {}) }));
}
