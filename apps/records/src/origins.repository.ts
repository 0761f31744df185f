import type { Tx } from '@concordat/messaging';

/**
 * The ids of cases that the caller's agency works on and that are open to the caller, by their references here or, of those that the
 * agency brought in from `source`, there. A reference that is both is one here.
 */
export async function casesByReference(
  tx: Tx,
  references: readonly string[],
  source: string | null,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; called: string }>(
    `SELECT c.id, x.called FROM (
       SELECT id, reference AS called, 1 AS place FROM case_file WHERE reference = ANY ($1)
       UNION ALL SELECT case_id, record, 0 FROM case_origin WHERE org_id = acting_org() AND source = $2 AND record = ANY ($1)) x
       JOIN case_file c ON c.id = x.id WHERE works_on_case(c.id) AND c.id <> ALL ((SELECT hidden_cases(false))::uuid[]) ORDER BY x.place`,
    [references, source],
    'cases-by-reference',
  );
  return new Map(rows.map((r) => [r.called, r.id]));
}

/** Where a case comes from that was brought in, as whoever reads it is told. */
export interface CaseOrigin {
  readonly orgId: string;
  readonly source: string;
  readonly record: string;
  readonly said: CaseSaid;
  readonly at: Date;
}

/** What a file said of a case, besides what is kept as the case itself. */
export interface CaseSaid {
  readonly kind: string;
  readonly areaId: string;
  readonly opened: string;
  readonly closed?: string;
  readonly lastInvolved?: string;
  readonly author?: string;
  readonly recordedOn?: string;
  /** Agencies as it named them: words, which give nobody a part. */
  readonly agencies?: string;
  readonly [more: string]: unknown;
}

export async function originOfCase(tx: Tx, caseId: string): Promise<CaseOrigin | null> {
  const rows = await tx.query<CaseOrigin & Record<string, unknown>>(
    'SELECT org_id AS "orgId", source, record, said, at FROM case_origin WHERE case_id = $1',
    [caseId],
    'origin-of-case',
  );
  return rows[0] ?? null;
}

/** The NHS numbers of everybody in some cases. */
export async function nhsNumbersIn(tx: Tx, caseIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ value: string }>(
    `SELECT DISTINCT i ->> 'value' AS value FROM case_person c JOIN person p ON p.id = c.person_id
       CROSS JOIN LATERAL jsonb_array_elements(coalesce(p.content -> 'identifiers', '[]')) i
      WHERE c.case_id = ANY ($1::uuid[]) AND i ->> 'kind' = 'nhs-number'`,
    [caseIds],
    'nhs-numbers-in-cases',
  );
  return new Set(rows.map(({ value }) => value));
}
