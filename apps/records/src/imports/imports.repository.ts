import type { FieldProblem, ImportKind } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Brought, CheckedRow, ImportUnderWay, ReadyRow } from '../import-acts';
import type { AskedFor } from '../in-their-name';

export type RowState = 'ready' | 'wrong' | 'added' | 'corrected' | 'unchanged' | 'refused';

export interface ImportWork {
  readonly id: string;
  readonly version: number;
  readonly kind: ImportKind;
  readonly source: string | null;
  readonly areaId: string | null;
  readonly state: 'matching' | 'checked' | 'running' | 'done' | 'lapsed';
  readonly madeAt: Date;
  readonly startedAt: Date | null;
  readonly doneAt: Date | null;
  /** Rows by what became of them. */
  readonly counts: Readonly<Record<RowState, number>>;
  /** People in it who have been compared with those on record, while that goes on. */
  readonly compared: number;
  /** People in it who are almost certainly on record, and about whom nobody has decided. */
  readonly undecided: number;
  /** Rows that are ready and say something else than when they were brought in before. */
  readonly otherwise: number;
}

/** Somebody is almost certainly on record, as far as the caller may see: a person must say whether they are. */
const UNDECIDED = `r.state = 'ready' AND NOT r.decided AND EXISTS (SELECT 1 FROM jsonb_array_elements(r.candidates) c
  WHERE c->>'band' = 'near-certain' AND in_shared_case((c->>'id')::uuid))`;
const TOLD = `w.id, w.version, w.kind, w.source, w.area_id AS "areaId", w.state, w.made_at AS "madeAt", w.started_at AS "startedAt", w.done_at AS "doneAt",
  (SELECT jsonb_build_object('ready', count(*) FILTER (WHERE r.state = 'ready'), 'wrong', count(*) FILTER (WHERE r.state = 'wrong'),
          'added', count(*) FILTER (WHERE r.state = 'added'), 'corrected', count(*) FILTER (WHERE r.state = 'corrected'), 'unchanged', count(*) FILTER (WHERE r.state = 'unchanged'),
          'refused', count(*) FILTER (WHERE r.state = 'refused')) FROM import_row r WHERE r.import_id = w.id) AS counts,
  (SELECT count(*)::int FROM import_row r WHERE r.import_id = w.id AND r.candidates IS NOT NULL) AS compared,
  CASE WHEN w.kind = 'people' AND w.state = 'checked' THEN (SELECT count(*)::int FROM import_row r WHERE r.import_id = w.id AND ${UNDECIDED}) ELSE 0 END AS undecided,
  (SELECT count(*)::int FROM import_row r WHERE r.import_id = w.id AND r.state = 'ready' AND r.code = 'import.already-otherwise') AS otherwise`;
const MINE = 'w.user_id = acting_user() AND w.org_id = acting_org()';

export async function keepImport(
  tx: Tx,
  work: Pick<ImportWork, 'id' | 'kind' | 'source' | 'areaId' | 'state'>,
  rows: readonly CheckedRow[],
): Promise<void> {
  const { correlationId, purpose, path } = tx.call;
  await tx.execute(
    `INSERT INTO import_work (id, state, user_id, org_id, correlation_id, purpose, path, made_at, kind, source, area_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[work.id, work.state, tx.actor.id, tx.actor.orgId, correlationId, purpose, path, tx.now],
      ...[work.kind, work.source, work.areaId],
    ],
    'keep-import',
  );
  await tx.execute(
    `INSERT INTO import_row (import_id, row_number, case_id, entry_id, state, code, problems, content)
     SELECT $1, r.number, r."caseId", r."entryId", r.state, r.code, r.problems, CASE WHEN r.state = 'ready' THEN r.content END
       FROM jsonb_to_recordset($2::jsonb) AS r(number int, "caseId" uuid, "entryId" uuid, state text, code text, problems jsonb, content jsonb)`,
    [work.id, JSON.stringify(rows)],
    'keep-import-rows',
  );
}

/** The caller's, newest first. */
export const latestImports = (
  tx: Tx,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<ImportWork[]> =>
  tx.query<ImportWork & Record<string, unknown>>(
    `SELECT ${TOLD} FROM import_work w WHERE ${MINE} ORDER BY w.made_at DESC, w.id OFFSET $1 LIMIT $2`,
    [offset, limit],
    'latest-imports',
  );

export async function countImports(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM import_work w WHERE ${MINE}`,
    [],
    'count-imports',
  );
  return row!.n;
}

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
    /** Somebody has to say first whether they are somebody who is on record. */
    undecided: boolean;
  }>(
    `SELECT r.row_number AS number, c.id AS "caseId", c.reference, CASE WHEN c.id IS NOT NULL THEN r.entry_id END AS "entryId", r.state, r.code, r.problems,
            ${UNDECIDED} AS undecided
       FROM import_row r LEFT JOIN case_file c ON c.id = r.case_id AND c.id <> ALL ((SELECT hidden_cases(true))::uuid[])
      WHERE r.import_id = $1 AND ($2::text IS NULL OR r.state = $2) ORDER BY r.row_number OFFSET $3 LIMIT $4`,
    [id, only, offset, limit],
    'import-report',
  );

/** Nobody else starts it until the end of the unit of work. */
export async function lockImport(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT 1 FROM import_work WHERE id = $1 FOR UPDATE', [id], 'lock-import');
}

export async function startImport(tx: Tx, { id, version }: ImportWork, corrections: boolean): Promise<number> {
  await tx.execute(
    "UPDATE import_work SET state = 'running', started_at = $2, corrections = $3, version = version + 1 WHERE id = $1",
    [id, tx.now, corrections],
    'start-import',
  );
  return version + 1;
}

/** An import under way, as its runner needs it. */
export interface ClaimedImport extends AskedFor, ImportUnderWay {
  readonly kind: ImportKind;
  readonly state: 'matching' | 'running';
}

/** Takes an import for a while, unless somebody is at it or it is not under way. */
export async function claimImport(tx: Tx, id: string, seconds: number): Promise<ClaimedImport | undefined> {
  const rows = await tx.query<ClaimedImport & Record<string, unknown>>(
    `UPDATE import_work SET claimed_until = clock_timestamp() + $2 * interval '1 second'
      WHERE id = $1 AND state IN ('matching', 'running') AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      RETURNING id, kind, state, source, area_id AS "areaId", user_id AS "userId", org_id AS "orgId", correlation_id AS "correlationId", purpose, path`,
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
    `SELECT id FROM import_work WHERE state IN ('matching', 'running') AND coalesce(started_at, made_at) < clock_timestamp() - interval '10 seconds'
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp()) ORDER BY made_at LIMIT 20`,
    [],
    'waiting-imports',
  );

/** What a dry run read is not kept longer than `hours` when nobody starts it: the report stays, what stood in the rows goes. */
export async function lapseImports(tx: Tx, hours: number): Promise<void> {
  await tx.execute(
    `WITH lapsed AS (UPDATE import_work SET state = 'lapsed', version = version + 1
                      WHERE state IN ('matching', 'checked') AND made_at < clock_timestamp() - $1 * interval '1 hour' RETURNING id)
     UPDATE import_row SET content = NULL, candidates = NULL WHERE content IS NOT NULL AND import_id IN (SELECT id FROM lapsed)`,
    [hours],
    'lapse-imports',
  );
}

export const readyRows = (tx: Tx, id: string, limit: number): Promise<ReadyRow[]> =>
  tx.query<ReadyRow & Record<string, unknown>>(
    `SELECT row_number AS number, case_id AS "caseId", entry_id AS "entryId", content, same_as AS "sameAs",
            code IS NOT DISTINCT FROM 'import.already-otherwise' AND (SELECT corrections FROM import_work w WHERE w.id = import_id) AS corrects,
            CASE WHEN decided AND same_as IS NULL
                 THEN ARRAY(SELECT c->>'id' FROM jsonb_array_elements(candidates) c WHERE c->>'band' = 'near-certain') ELSE '{}' END AS "notThem"
       FROM import_row WHERE import_id = $1 AND state = 'ready' ORDER BY row_number LIMIT $2`,
    [id, limit],
    'ready-import-rows',
  );

export interface RowOutcome extends Brought {
  readonly number: number;
}

/** Writes down what became of rows, keeps the claim, and ends the import with its last row. */
export async function noteRows(tx: Tx, id: string, outcomes: readonly RowOutcome[], seconds: number): Promise<void> {
  await tx.execute(
    `UPDATE import_row r SET state = o.state, code = o.code, problems = coalesce(o.problems, '[]'), content = NULL, candidates = NULL,
            case_id = coalesce(o."caseId", r.case_id), entry_id = coalesce(o."recordId", r.entry_id)
       FROM jsonb_to_recordset($2::jsonb) AS o(number int, state text, code text, problems jsonb, "caseId" uuid, "recordId" uuid)
      WHERE r.import_id = $1 AND r.row_number = o.number`,
    [id, JSON.stringify(outcomes)],
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
