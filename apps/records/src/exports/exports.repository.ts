import { ORG, USER } from '../acting';
import type { Sharing } from '../sharing.dto';
import type { AccessLevel } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { ExportFormat, ExportState, ExportType } from '../export';
import type { AskedFor } from '../in-their-name';
import type { PersonDetails } from '../person';

/** An export as whoever asked for it is told of it. */
export interface ToldExport {
  readonly id: string;
  readonly version: number;
  readonly type: ExportType;
  readonly format: ExportFormat;
  readonly state: ExportState;
  readonly status: string | null;
  readonly area: string | null;
  /** Cases that there were when it was asked for, and those that are written by now. */
  readonly total: number;
  readonly rows: number;
  /** Of those that are written, how many have the agency's own alone: no agreement lets it see the rest. */
  readonly withheld: number;
  readonly bytes: number;
  readonly code: string | null;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly expiresAt: Date | null;
}

const TOLD = `id, version, type, format, state, status, area_id AS area, total, rows, withheld, bytes::float8 AS bytes, code, requested_at AS "requestedAt",
  ended_at AS "endedAt", expires_at AS "expiresAt"`;
/** Cases in which the caller's agency takes part and that are open to the caller by name: what leaves is not for those who only look. */
const MINE = `p.org_id = ${ORG} AND p.until IS NULL AND p.level <> 'preview' AND c.id <> ALL ((SELECT hidden_cases(false))::uuid[])
  AND ($1::text IS NULL OR c.status = $1) AND ($2::uuid IS NULL OR c.area_id = $2)`;

export interface Filter {
  readonly status: string | null;
  readonly area: string | null;
}

export async function countExported(tx: Tx, { status, area }: Filter): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM participation p JOIN case_file c ON c.id = p.case_id WHERE ${MINE}`,
    [status, area],
  );
  return row!.n;
}

export interface ExportedCase {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly status: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly openedAt: Date;
  readonly subjectName: string;
  readonly level: AccessLevel;
  readonly sharing: Sharing | null;
}

/** The next cases after one, in the order of their ids: a page neither shifts nor repeats as cases come and go. */
export const casesAfter = (tx: Tx, { status, area }: Filter, after: string | null, limit: number) =>
  tx.query<ExportedCase & Record<string, unknown>>(
    `SELECT c.id, c.version, c.reference, c.status, c.kind, c.area_id AS "areaId", c.lead_org AS "leadOrg", c.opened_at AS "openedAt",
            c.subject_name AS "subjectName", p.level, p.sharing FROM participation p JOIN case_file c ON c.id = p.case_id
      WHERE ${MINE} AND ($3::uuid IS NULL OR c.id > $3) ORDER BY c.id LIMIT $4`,
    [status, area, after, limit],
    'cases-to-export',
  );

export interface ExportedPerson {
  readonly id: string;
  readonly caseId: string;
  readonly roles: readonly string[];
  readonly content: PersonDetails;
}

export const peopleOfCases = (tx: Tx, cases: readonly string[]) =>
  tx.query<ExportedPerson & Record<string, unknown>>(
    `SELECT p.id, c.case_id AS "caseId", c.roles, p.content FROM case_person c JOIN person p ON p.id = c.person_id
      WHERE c.case_id = ANY ($1) ORDER BY c.case_id, c.place`,
    [cases],
    'people-to-export',
  );

export async function keepExport(
  tx: Tx,
  e: Filter & { id: string; type: ExportType; format: ExportFormat; lock: string; total: number; pack: string },
): Promise<void> {
  const { correlationId, purpose, path, actor } = tx.call;
  await tx.execute(
    `INSERT INTO record_export (id, type, format, state, user_id, org_id, status, area_id, lock, total, correlation_id, purpose, path, pack, requested_at)
     VALUES ($1, $2, $3, 'running', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[e.id, e.type, e.format, actor.id, actor.orgId, e.status, e.area, e.lock, e.total, correlationId, purpose],
      ...[path, e.pack, tx.now],
    ],
  );
}

const LATEST = 25;

export const myExports = (tx: Tx): Promise<ToldExport[]> =>
  tx.query<ToldExport & Record<string, unknown>>(
    `SELECT ${TOLD} FROM record_export WHERE user_id = ${USER} ORDER BY requested_at DESC, id LIMIT ${LATEST}`,
  );

/** An export of the caller's; locked for a change when said. Throws NotFound for anybody else's. */
export async function myExport(tx: Tx, id: string, lock = false): Promise<ToldExport> {
  const [row] = await tx.query<ToldExport & Record<string, unknown>>(
    `SELECT ${TOLD} FROM record_export WHERE id = $1 AND user_id = ${USER}${lock ? ' FOR UPDATE' : ''}`,
    [id],
  );
  if (!row) throw new NotFound('export');
  return row;
}

/** Ends an export without a file, or takes its file away. */
export async function endExport(tx: Tx, id: string, state: ExportState, code: string | null = null): Promise<void> {
  await tx.execute('DELETE FROM export_piece WHERE export_id = $1', [id]);
  await tx.execute(
    `UPDATE record_export SET state = $2, version = version + 1, lock = NULL, claimed_until = NULL, code = $3,
            ended_at = coalesce(ended_at, clock_timestamp()) WHERE id = $1`,
    [id, state, code],
  );
}

/** An export under way, as its runner needs it. */
export interface ClaimedExport extends Filter, AskedFor {
  readonly id: string;
  readonly type: ExportType;
  readonly format: ExportFormat;
  readonly lock: string;
  readonly pack: string;
  readonly requestedAt: Date;
}

/** Takes an export for a while, from its beginning, unless somebody is at it or it has ended. */
export async function claimExport(tx: Tx, id: string, seconds: number): Promise<ClaimedExport | undefined> {
  const [claimed] = await tx.query<ClaimedExport & Record<string, unknown>>(
    `UPDATE record_export SET claimed_until = clock_timestamp() + $2 * interval '1 second', rows = 0, withheld = 0, bytes = 0
      WHERE id = $1 AND state = 'running' AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      RETURNING id, type, format, user_id AS "userId", org_id AS "orgId", status, area_id AS area, lock, correlation_id AS "correlationId",
        purpose, path, pack, requested_at AS "requestedAt"`,
    [id, seconds],
  );
  if (claimed) await tx.execute('DELETE FROM export_piece WHERE export_id = $1', [id]);
  return claimed;
}

export async function releaseExport(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE record_export SET claimed_until = NULL WHERE id = $1', [id]);
}

/** Keeps a piece of the file, and how far it has come. False when the export was stopped meanwhile: nothing is kept then. */
export async function keepPiece(
  tx: Tx,
  id: string,
  piece: { place: number; bytes: Buffer; rows: number; withheld: number },
  seconds: number,
): Promise<boolean> {
  const running = await tx.execute(
    `UPDATE record_export SET rows = rows + $2, bytes = bytes + $3, withheld = withheld + $5, claimed_until = clock_timestamp() + $4 * interval '1 second'
      WHERE id = $1 AND state = 'running'`,
    [id, piece.rows, piece.bytes.length, seconds, piece.withheld],
  );
  if (running === 0) return false;
  await tx.execute('INSERT INTO export_piece (export_id, place, bytes) VALUES ($1, $2, $3)', [
    ...[id, piece.place, piece.bytes],
  ]);
  return true;
}

/** The file is whole, and is kept for a while. False when the export was stopped meanwhile. */
export async function finishExport(tx: Tx, id: string, keptHours: number): Promise<boolean> {
  const done = await tx.execute(
    `UPDATE record_export SET state = 'done', version = version + 1, lock = NULL, claimed_until = NULL, ended_at = clock_timestamp(),
            expires_at = clock_timestamp() + $2 * interval '1 hour' WHERE id = $1 AND state = 'running'`,
    [id, keptHours],
  );
  return done === 1;
}

/** Exports that nobody is at, and those whose file has been kept long enough. */
export const waitingExports = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    `SELECT id FROM record_export WHERE state = 'running' AND requested_at < clock_timestamp() - interval '10 seconds'
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp()) ORDER BY requested_at LIMIT 20`,
  );
export const overdueExports = (tx: Tx): Promise<{ id: string; userId: string }[]> =>
  tx.query(
    `SELECT id, user_id AS "userId" FROM record_export WHERE state = 'done' AND expires_at <= clock_timestamp() ORDER BY expires_at LIMIT 100`,
  );

/** One of them, locked; false when it was removed meanwhile. */
export async function lockOverdueExport(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM record_export WHERE id = $1 AND state = 'done' AND expires_at <= clock_timestamp() FOR UPDATE`,
    [id],
  );
  return rows.length > 0;
}

export async function pieceOf(tx: Tx, id: string, place: number): Promise<Buffer | undefined> {
  const [row] = await tx.query<{ bytes: Buffer }>(
    'SELECT bytes FROM export_piece WHERE export_id = $1 AND place = $2',
    [id, place],
    'export-piece',
  );
  return row?.bytes;
}

export async function countPieces(tx: Tx, id: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM export_piece WHERE export_id = $1', [id]);
  return row!.n;
}
