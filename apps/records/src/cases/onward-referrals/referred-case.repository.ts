import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { OnwardReferral } from '../../onward-referral';
import type { PersonDetails } from '../../person';

export interface ReferredPersonRow {
  readonly id: string;
  readonly version: number;
  readonly roles: readonly string[];
  readonly content: PersonDetails;
}

/** The people whom an accepted referral is about, as they stand now: of a record that was merged away, the one that stands. */
export function peopleReferred(tx: Tx, r: OnwardReferral): Promise<ReferredPersonRow[]> {
  return tx.query<ReferredPersonRow & Record<string, unknown>>(
    `SELECT p.id, p.version, c.roles, p.content FROM case_person c JOIN person p ON p.id = c.person_id
      WHERE c.case_id = $1 AND p.id IN (SELECT standing_for(x.id) FROM unnest($2::uuid[]) AS x(id)) ORDER BY c.place`,
    [r.caseId, r.people],
    'people-referred',
  );
}

/** One of them, whom nobody else changes until the end of the unit of work. */
export async function lockReferredPerson(tx: Tx, r: OnwardReferral, id: string): Promise<ReferredPersonRow> {
  if ((await peopleReferred(tx, r)).every((p) => p.id !== id)) throw new NotFound('person');
  await tx.query('SELECT 1 FROM person WHERE id = $1 FOR UPDATE', [id], 'lock-person');
  return (await peopleReferred(tx, r)).find((p) => p.id === id)!;
}

/** Reference and key facts of the case that an accepted referral is about. */
export async function caseReferred(tx: Tx, r: OnwardReferral) {
  const rows = await tx.query<{
    reference: string;
    status: string;
    kind: string;
    leadOrg: string;
    keyFacts: { safeContact?: { person?: string } | null; staffRisk?: unknown } | null;
  }>(
    'SELECT reference, status, kind, lead_org AS "leadOrg", key_facts AS "keyFacts" FROM case_file WHERE id = $1',
    [r.caseId],
    'case-referred',
  );
  if (!rows[0]) throw new NotFound('case');
  return rows[0];
}

/** How the people whom it is about are related to each other now. */
export function relationshipsReferred(
  tx: Tx,
  people: readonly string[],
): Promise<{ from: string; to: string; kind: string }[]> {
  return tx.query(
    `SELECT person_id AS "from", other_id AS "to", kind FROM relationship
      WHERE person_id = ANY ($1) AND other_id = ANY ($1) AND until IS NULL ORDER BY recorded_at, id`,
    [people],
    'relationships-referred',
  );
}
