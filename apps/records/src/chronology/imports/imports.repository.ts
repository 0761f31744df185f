import type { FieldProblem } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { AskedFor } from '../../in-their-name';

export type RowState = 'ready' | 'wrong' | 'added' | 'unchanged' | 'refused';

export interface CheckedRow {
  readonly number: number;
  readonly caseId: string | null;
  readonly entryId: string | null;
  readonly state: RowState;
  readonly problems: readonly FieldProblem[];
  readonly content: object | null;
  /** Why it is left out. */
  readonly code?: string;
}

export interface ImportWork {
  readonly id: string;
  readonly version: number;
  readonly state: 'checked' | 'running' | 'done' | 'lapsed';
  readonly madeAt: Date;
  readonly startedAt: Date | null;
  readonly doneAt: Date | null;
  /** Rows by what became of them. */
  readonly counts: Readonly<Record<RowState, number>>;
}

const TOLD = `w.id, w.version, w.state, w.made_at AS "madeAt", w.started_at AS "startedAt", w.done_at AS "doneAt",
  (SELECT jsonb_build_object('ready', count(*) FILTER (WHERE r.state = 'ready'), 'wrong', count(*) FILTER (WHERE r.state = 'wrong'),
          'added', count(*) FILTER (WHERE r.state = 'added'), 'unchanged', count(*) FILTER (WHERE r.state = 'unchanged'),
          'refused', count(*) FILTER (WHERE r.state = 'refused')) FROM import_row r WHERE r.import_id = w.id) AS counts`;
const MINE = 'w.user_id = acting_user() AND w.org_id = acting_org()';

/** The ids of cases that the caller's agency works on and that are open to the caller, by their references. */
export async function casesByReference(tx: Tx, references: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; reference: string }>(
    `SELECT c.id, c.reference FROM case_file c
      WHERE c.reference = ANY ($1) AND works_on_case(c.id) AND c.id <> ALL ((SELECT hidden_cases(false))::uuid[])`,
    [references],
    'cases-by-reference',
  );
  return new Map(rows.map((r) => [r.reference, r.id]));
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

export async function keepImport(tx: Tx, id: string, rows: readonly CheckedRow[]): Promise<void> {
  const { correlationId, purpose, path } = tx.call;
  await tx.execute(
    `INSERT INTO import_work (id, state, user_id, org_id, correlation_id, purpose, path, made_at)
     VALUES ($1, 'checked', $2, $3, $4, $5, $6, $7)`,
    [id, tx.actor.id, tx.actor.orgId, correlationId, purpose, path, tx.now],
    'keep-import',
  );
  await tx.execute(
    `INSERT INTO import_row (import_id, row_number, case_id, entry_id, state, problems, content, code)
     SELECT $1, r.number, r."caseId", r."entryId", r.state, r.problems, CASE WHEN r.state = 'ready' THEN r.content END, r.code
       FROM jsonb_to_recordset($2::jsonb)
         AS r(number int, "caseId" uuid, "entryId" uuid, state text, problems jsonb, content jsonb, code text)`,
    [id, JSON.stringify(rows)],
    'keep-import-rows',
  );
}

/** The caller's, newest first. */
export const latestImports = (tx: Tx): Promise<ImportWork[]> =>
  tx.query<ImportWork & Record<string, unknown>>(
    `SELECT ${TOLD} FROM import_work w WHERE ${MINE} ORDER BY w.made_at DESC, w.id LIMIT 25`,
    [],
    'latest-imports',
  );

export async function importById(tx: Tx, id: string): Promise<ImportWork | undefined> {
  const rows = await tx.query<ImportWork & Record<string, unknown>>(
    `SELECT ${TOLD} FROM import_work w WHERE w.id = $1 AND ${MINE}`,
    [id],
    'import-by-id',
  );
  return rows[0];
}

/** What was found in some rows and what became of them, in the order of the file. A case that is closed to the caller since is not named. */
export const reportOf = (
  tx: Tx,
  id: string,
  { only, offset, limit }: { readonly only: RowState | null; readonly offset: number; readonly limit: number },
) =>
  tx.query<{
    number: number;
    caseId: string | null;
    reference: string | null;
    entryId: string | null;
    state: RowState;
    code: string | null;
    problems: FieldProblem[];
  }>(
    `SELECT r.row_number AS number, c.id AS "caseId", c.reference, CASE WHEN c.id IS NOT NULL THEN r.entry_id END AS "entryId", r.state, r.code, r.problems
       FROM import_row r LEFT JOIN case_file c ON c.id = r.case_id AND c.id <> ALL ((SELECT hidden_cases(true))::uuid[])
      WHERE r.import_id = $1 AND ($2::text IS NULL OR r.state = $2) ORDER BY r.row_number OFFSET $3 LIMIT $4`,
    [id, only, offset, limit],
    'import-report',
  );

/** Nobody else starts it until the end of the unit of work. */
export async function lockImport(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT 1 FROM import_work WHERE id = $1 FOR UPDATE', [id], 'lock-import');
}

export async function startImport(tx: Tx, { id, version }: ImportWork): Promise<number> {
  await tx.execute(
    "UPDATE import_work SET state = 'running', started_at = $2, version = version + 1 WHERE id = $1",
    [id, tx.now],
    'start-import',
  );
  return version + 1;
}

/** An import under way, as its runner needs it. */
export interface ClaimedImport extends AskedFor {
  readonly id: string;
}

/** Takes an import for a while, unless somebody is at it or it is not under way. */
export async function claimImport(tx: Tx, id: string, seconds: number): Promise<ClaimedImport | undefined> {
  const rows = await tx.query<ClaimedImport & Record<string, unknown>>(
    `UPDATE import_work SET claimed_until = clock_timestamp() + $2 * interval '1 second'
      WHERE id = $1 AND state = 'running' AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      RETURNING id, user_id AS "userId", org_id AS "orgId", correlation_id AS "correlationId", purpose, path`,
    [id, seconds],
    'claim-import',
  );
  return rows[0];
}

/** Gives it back, for whoever tries next. */
export async function releaseImport(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE import_work SET claimed_until = NULL WHERE id = $1', [id], 'release-import');
}

/** Imports under way that nobody is at. */
export const waitingImports = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    `SELECT id FROM import_work WHERE state = 'running' AND started_at < clock_timestamp() - interval '10 seconds'
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp()) ORDER BY made_at LIMIT 20`,
    [],
    'waiting-imports',
  );

/** What a dry run read is not kept longer than `hours` when nobody starts it: the report stays, what stood in the rows goes. */
export async function lapseImports(tx: Tx, hours: number): Promise<void> {
  await tx.execute(
    `WITH lapsed AS (UPDATE import_work SET state = 'lapsed', version = version + 1
                      WHERE state = 'checked' AND made_at < clock_timestamp() - $1 * interval '1 hour' RETURNING id)
     UPDATE import_row SET content = NULL WHERE content IS NOT NULL AND import_id IN (SELECT id FROM lapsed)`,
    [hours],
    'lapse-imports',
  );
}

export interface ReadyRow {
  readonly number: number;
  readonly caseId: string;
  readonly entryId: string;
  readonly content: object;
}

export const readyRows = (tx: Tx, id: string, limit: number): Promise<ReadyRow[]> =>
  tx.query<ReadyRow & Record<string, unknown>>(
    `SELECT row_number AS number, case_id AS "caseId", entry_id AS "entryId", content FROM import_row
      WHERE import_id = $1 AND state = 'ready' ORDER BY row_number LIMIT $2`,
    [id, limit],
    'ready-import-rows',
  );

export interface RowOutcome {
  readonly number: number;
  readonly state: 'added' | 'unchanged' | 'refused';
  readonly code: string | null;
}

/** Writes down what became of rows, keeps the claim, and ends the import with its last row. */
export async function noteRows(tx: Tx, id: string, outcomes: readonly RowOutcome[], seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE import_row r SET state = o.state, code = o.code, content = NULL
       FROM unnest($2::int[], $3::text[], $4::text[]) AS o(number, state, code) WHERE r.import_id = $1 AND r.row_number = o.number`,
    [id, outcomes.map((o) => o.number), outcomes.map((o) => o.state), outcomes.map((o) => o.code)],
    'note-import-rows',
  );
  await tx.execute(
    `UPDATE import_work w SET claimed_until = clock_timestamp() + $2 * interval '1 second',
            state = CASE WHEN x.waiting THEN 'running' ELSE 'done' END, done_at = CASE WHEN x.waiting THEN NULL ELSE clock_timestamp() END
       FROM (SELECT EXISTS (SELECT 1 FROM import_row r WHERE r.import_id = $1 AND r.state = 'ready') AS waiting) x WHERE w.id = $1`,
    [id, seconds],
    'note-import',
  );
}
