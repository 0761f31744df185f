import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page } from '@concordat/platform';
import type { ListErasuresDto } from './retention.dto';

/** What is left of a case that was erased. */
export interface Erasure {
  readonly caseId: string;
  readonly reference: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly pack: string;
  readonly dueOn: string;
  readonly decisionId: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly confirmedBy: string;
  readonly confirmedAt: Date;
  readonly erasedAt: Date;
  readonly people: number;
  readonly documents: number;
}

const COLUMNS = `e.case_id AS "caseId", e.reference, e.kind, e.area_id AS "areaId", e.lead_org AS "leadOrg", e.rule, e.rule_version AS "ruleVersion",
  e.pack, e.due_on::text AS "dueOn", e.decision_id AS "decisionId", e.proposed_by AS "proposedBy", e.proposed_at AS "proposedAt",
  e.confirmed_by AS "confirmedBy", e.confirmed_at AS "confirmedAt", e.erased_at AS "erasedAt", e.people, e.documents`;
const NEWEST_FIRST = {
  name: 'erasures',
  keys: [
    { sql: 'e.erased_at', type: 'timestamptz' },
    { sql: 'e.case_id', type: 'uuid' },
  ],
  descending: true,
} as const;

/** Cases that were erased, the last one first. Which of them the caller is told of is the database's policy. */
export async function erasuresOf(
  tx: Tx,
  { limit = 25, cursor }: ListErasuresDto,
): Promise<Page<Erasure> & { count: Count }> {
  const paging = new Paging(NEWEST_FIRST, limit, cursor);
  const rows = await tx.query<Erasure & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM erasure e WHERE ${paging.where(1)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...paging.params],
  );
  const [counted] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM erasure LIMIT ${COUNTED + 1}) counted`,
  );
  return { ...paging.page(rows), count: countOf(counted!.n) };
}

export async function erasureById(tx: Tx, caseId: string): Promise<Erasure | undefined> {
  const [row] = await tx.query<Erasure & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM erasure e WHERE e.case_id = $1`,
    [caseId],
    'erasure-by-id',
  );
  return row;
}

/** Erases a case. Throws, and leaves everything as it is, unless it was decided and nothing keeps it: the database sees to it. */
export async function eraseCase(
  tx: Tx,
  caseId: string,
): Promise<{ referralId: string | null; people: readonly string[] }> {
  const [row] = await tx.query<{ referralId: string | null; people: string[] }>(
    'SELECT erased_referral AS "referralId", erased_people AS people FROM erase_case($1, $2)',
    [caseId, tx.now],
    'erase-case',
  );
  return row!;
}

/** Emergency openings of a case that wait for their review. With the case they are gone. */
export async function unreviewedUses(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM break_glass WHERE case_id = $1 AND NOT refused AND reviewed_at IS NULL ORDER BY id',
    [caseId],
    'unreviewed-uses',
  );
  return rows.map(({ id }) => id);
}

/** Cases of which it is decided that they are erased, the longest ago first. */
export const casesToErase = (tx: Tx): Promise<{ id: string; version: number }[]> =>
  tx.query(
    `SELECT case_id AS id, version FROM retention WHERE state = 'confirmed' ORDER BY confirmed_at LIMIT 50`,
    [],
    'cases-to-erase',
  );
