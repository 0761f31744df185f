import type { Tx } from '@concordat/messaging';
import type { CaseSaid } from '../origins.repository';
import type { broughtInCase } from './case-row';

/** Whether the caller's membership covers an area that is in use; one that names no area covers them all. */
export async function isTheirArea(tx: Tx, areaId: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM area a WHERE a.area_id = $1 AND a.active
        AND (cardinality(acting_areas()) = 0 OR a.area_id = ANY (acting_areas()))`,
    [areaId],
    'is-their-area',
  );
  return rows.length === 1;
}

/** Nobody of the same agency brings in from the same system until the end of the unit of work. */
export async function holdSource(tx: Tx, source: string): Promise<void> {
  await tx.query(
    "SELECT pg_advisory_xact_lock(hashtext('import/' || acting_org() || '/' || $1))",
    [source],
    'hold-source',
  );
}

/** Of records of the caller's agency, those that were brought in before, or were and have been erased since. */
export async function recordsKnown(
  tx: Tx,
  source: string,
  records: readonly string[],
  ids: readonly string[],
): Promise<Map<string, 'there' | 'erased'>> {
  const rows = await tx.query<{ record: string; standing: 'there' | 'erased' }>(
    'SELECT record, standing FROM records_known($1, $2, $3)',
    [source, records, ids],
    'records-known',
  );
  return new Map(rows.map((r) => [r.record, r.standing]));
}

/** Cases that the caller's agency brought in under these records, as far as they are open to the caller, with what was said of them. */
export const casesBroughtIn = (tx: Tx, source: string, records: readonly string[]) =>
  tx.query<{ record: string; caseId: string; said: CaseSaid }>(
    `SELECT o.record, o.case_id AS "caseId", o.said FROM case_origin o
      WHERE o.org_id = acting_org() AND o.source = $1 AND o.record = ANY ($2) AND o.case_id <> ALL ((SELECT hidden_cases(false))::uuid[])`,
    [source, records],
    'cases-brought-in',
  );

export async function nextCase(tx: Tx): Promise<bigint> {
  const [row] = await tx.query<{ n: string }>("SELECT nextval('case_serial') AS n", [], 'next-case-number');
  return BigInt(row!.n);
}

/** What the file says of a case now, in the place of what it said before, which is kept. */
export async function correctOrigin(
  tx: Tx,
  caseId: string,
  { said, opened, latest }: ReturnType<typeof broughtInCase>,
  importId: string,
): Promise<void> {
  await tx.query(
    'SELECT correct_case_origin($1, $2, $3, $4, $5, $6)',
    [caseId, JSON.stringify(said), opened, latest, importId, tx.now],
    'correct-case-origin',
  );
}

interface NewCase extends ReturnType<typeof broughtInCase> {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly areaId: string;
  readonly source: string;
  readonly importId: string;
}

export async function bringInCase(tx: Tx, c: NewCase): Promise<void> {
  await tx.query(
    'SELECT bring_in_case($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
    [
      ...[c.id, c.reference, c.kind, c.areaId, JSON.stringify(c.keyFacts), c.isClosed, c.source, c.record],
      ...[JSON.stringify(c.said), c.opened, c.latest, c.importId, tx.now],
    ],
    'bring-in-case',
  );
}
