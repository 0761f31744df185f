import type { Tx } from '@concordat/messaging';
import { ORG, USER } from '../../acting';
import type { BulkKind } from '../../bulk-acts';
import type { AskedFor } from '../../in-their-name';
import type { CaseRow } from '../../visible-case';
import type { CaseFilterDto } from './bulk.dto';

export interface BulkWork {
  readonly id: string;
  readonly kind: BulkKind;
  readonly state: 'running' | 'done';
  readonly madeAt: Date;
  readonly doneAt: Date | null;
  readonly total: number;
  readonly done: number;
  readonly refused: number;
}

const TOLD = `w.id, w.kind, w.state, w.made_at AS "madeAt", w.done_at AS "doneAt",
  (SELECT count(*)::int FROM bulk_row r WHERE r.bulk_id = w.id) AS total,
  (SELECT count(*)::int FROM bulk_row r WHERE r.bulk_id = w.id AND r.state = 'done') AS done,
  (SELECT count(*)::int FROM bulk_row r WHERE r.bulk_id = w.id AND r.state = 'refused') AS refused`;

/** Cases that the caller's agency leads and that are open to the caller, by a filter; the oldest first, `limit` at most. */
export async function casesMatching(tx: Tx, filter: CaseFilterDto, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT c.id FROM participation p JOIN case_file c ON c.id = p.case_id
      WHERE p.org_id = ${ORG} AND p.until IS NULL AND c.lead_org = ${ORG} AND c.id <> ALL ((SELECT hidden_cases(false))::uuid[])
        AND ($1::text IS NULL OR c.status = $1) AND ($2::uuid IS NULL OR c.area_id = $2) AND ($3::uuid IS NULL OR owner_of(c.id) = $3)
      ORDER BY c.opened_at, c.id LIMIT $4`,
    [filter.status ?? null, filter.area ?? null, filter.owner ?? null, limit],
  );
  return rows.map((r) => r.id);
}

export async function keepWork(
  tx: Tx,
  work: { id: string; kind: BulkKind; body: object; cases: readonly CaseRow[] },
): Promise<void> {
  const { correlationId, purpose, path } = tx.call;
  await tx.execute(
    `INSERT INTO bulk_work (id, kind, state, user_id, org_id, body, correlation_id, purpose, path, made_at)
     VALUES ($1, $2, 'running', $3, $4, $5, $6, $7, $8, $9)`,
    [work.id, work.kind, tx.actor.id, tx.actor.orgId, JSON.stringify(work.body), correlationId, purpose, path, tx.now],
  );
  await tx.execute(
    `INSERT INTO bulk_row (bulk_id, place, case_id, version, state)
     SELECT $1, place, case_id, version, 'waiting' FROM unnest($2::uuid[], $3::int[]) WITH ORDINALITY AS c(case_id, version, place)`,
    [work.id, work.cases.map((c) => c.id), work.cases.map((c) => c.version)],
  );
}

const LATEST = 25;

/** The caller's, newest first. */
export const bulkWorks = (tx: Tx): Promise<BulkWork[]> =>
  tx.query<BulkWork & Record<string, unknown>>(
    `SELECT ${TOLD} FROM bulk_work w WHERE w.user_id = ${USER} ORDER BY w.made_at DESC, w.id LIMIT ${LATEST}`,
  );

export async function bulkWork(tx: Tx, id: string): Promise<BulkWork | undefined> {
  const rows = await tx.query<BulkWork & Record<string, unknown>>(
    `SELECT ${TOLD} FROM bulk_work w WHERE w.id = $1 AND w.user_id = ${USER}`,
    [id],
  );
  return rows[0];
}

/** What became of each case. The reference of one that is closed to the caller since is not told. */
export function rowsOf(tx: Tx, id: string) {
  return tx.query<{ caseId: string; reference: string | null; state: string; code: string | null; resultId: string }>(
    `SELECT r.case_id AS "caseId", c.reference, r.state, r.code, r.result_id AS "resultId" FROM bulk_row r
       LEFT JOIN case_file c ON c.id = r.case_id AND c.id <> ALL ((SELECT hidden_cases(true))::uuid[])
      WHERE r.bulk_id = $1 ORDER BY r.place`,
    [id],
  );
}

/** Bulk work under way, as its runner needs it. */
export interface Claimed extends AskedFor {
  readonly id: string;
  readonly kind: BulkKind;
  readonly body: object;
}

/** Takes a work for a while, unless somebody is at it or it is done. */
export async function claimWork(tx: Tx, id: string, seconds: number): Promise<Claimed | undefined> {
  const rows = await tx.query<Claimed & Record<string, unknown>>(
    `UPDATE bulk_work SET claimed_until = clock_timestamp() + $2 * interval '1 second'
      WHERE id = $1 AND state = 'running' AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      RETURNING id, kind, user_id AS "userId", org_id AS "orgId", body, correlation_id AS "correlationId", purpose, path`,
    [id, seconds],
  );
  return rows[0];
}

/** Gives it back, for whoever tries next. */
export async function releaseWork(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE bulk_work SET claimed_until = NULL WHERE id = $1', [id]);
}

/** Works that nobody is at. */
export const waitingWorks = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    `SELECT id FROM bulk_work WHERE state = 'running' AND made_at < clock_timestamp() - interval '10 seconds'
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp()) ORDER BY made_at LIMIT 20`,
  );

export interface WaitingRow {
  readonly place: number;
  readonly caseId: string;
  readonly version: number;
}

export const waitingRows = (tx: Tx, id: string, limit: number): Promise<WaitingRow[]> =>
  tx.query<WaitingRow & Record<string, unknown>>(
    `SELECT place, case_id AS "caseId", version FROM bulk_row WHERE bulk_id = $1 AND state = 'waiting' ORDER BY place LIMIT $2`,
    [id, limit],
  );

export interface Outcome {
  readonly place: number;
  readonly state: 'done' | 'refused';
  readonly code: string | null;
  readonly resultId: string | null;
}

/** Writes down what became of rows, keeps the claim, and ends the work with its last row. */
export async function noteOutcomes(tx: Tx, id: string, outcomes: readonly Outcome[], seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE bulk_row r SET state = o.state, code = o.code, result_id = o.result_id
       FROM unnest($2::int[], $3::text[], $4::text[], $5::uuid[]) AS o(place, state, code, result_id)
      WHERE r.bulk_id = $1 AND r.place = o.place`,
    [
      ...[id, outcomes.map((o) => o.place), outcomes.map((o) => o.state)],
      ...[outcomes.map((o) => o.code), outcomes.map((o) => o.resultId)],
    ],
  );
  await tx.execute(
    `UPDATE bulk_work w SET claimed_until = clock_timestamp() + $2 * interval '1 second',
            state = CASE WHEN x.waiting THEN 'running' ELSE 'done' END, done_at = CASE WHEN x.waiting THEN NULL ELSE clock_timestamp() END
       FROM (SELECT EXISTS (SELECT 1 FROM bulk_row r WHERE r.bulk_id = $1 AND r.state = 'waiting') AS waiting) x WHERE w.id = $1`,
    [id, seconds],
  );
}
