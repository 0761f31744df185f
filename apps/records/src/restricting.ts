import { CaseAccessChanged, RestrictionChanged, type AccessLevel, type RestrictionTrace } from '@concordat/contracts';
import type { Stream, Tx } from '@concordat/messaging';

/*
 * How a restriction reaches the other contexts. In records it holds from the moment that it is committed, because every
 * query asks for it. Elsewhere two events close a record, and either alone does: `case-access-changed` closes the case to
 * everybody, and `restriction-changed` then opens it to those who are named. Lifted the same way, it opens only when both
 * have arrived.
 */

/** Tells what a restriction closes, and to whom it stays open; names leads where nobody of the agency that leads is left. */
export async function publishRestriction(tx: Tx, id: string, stream?: Stream): Promise<void> {
  await tx.query('SELECT name_leads($1, $2)', [id, tx.now], 'name-leads');
  const [r] = await tx.query<{
    version: number;
    trace: RestrictionTrace;
    live: boolean;
    records: string[];
    staff: string[];
  }>('SELECT * FROM told_of($1)', [id], 'told-of-restriction');
  if (!r) throw new Error('a restriction that is published exists');
  (stream ?? (await tx.lock(id))).publish(RestrictionChanged, { restrictionId: id, ...r });
  await publishAccess(tx, id);
}

/** Tells for every case under a restriction who takes part, and whether the case is restricted now. */
async function publishAccess(tx: Tx, id: string): Promise<void> {
  const parts = await tx.query<{ caseId: string; orgId: string; level: AccessLevel; since: Date; restricted: boolean }>(
    'SELECT case_id AS "caseId", org_id AS "orgId", level, since, restricted FROM parts_under($1)',
    [id],
    'parts-under-restriction',
  );
  for (const { since, ...part } of parts)
    (await tx.lock(part.caseId)).publish(CaseAccessChanged, { ...part, from: since.toISOString() });
}

/** After two records became one, or two again: restrictions go where their person is, with what other contexts know. */
export async function followPeople(tx: Tx, people: readonly string[]): Promise<void> {
  const moved = await tx.query<{ id: string }>(
    'SELECT id FROM follow_people($1) ORDER BY id',
    [people],
    'follow-people',
  );
  for (const { id } of moved) await publishRestriction(tx, id);
}

/** Whether anything restricts a case. */
export async function isRestricted(tx: Tx, caseId: string): Promise<boolean> {
  const [row] = await tx.query<{ restricted: boolean }>(
    'SELECT is_restricted($1) AS restricted',
    [caseId],
    'is-restricted',
  );
  return row!.restricted;
}

/** The note in the ledger that somebody read what they are not named for, because they may read restricted records. */
export const BY_QUALIFICATION = 'qualification.restricted-records';
