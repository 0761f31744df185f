import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import type { Assessment } from '../assessment';

const COLUMNS = `id, case_id AS "caseId", standing_person(subject_id) AS "subjectId", org_id AS "orgId", author_id AS "authorId", status,
  version, instrument, instrument_version AS "instrumentVersion", instrument_hash AS hash, pack, wording_id AS "wordingId", rules_on::text AS "rulesOn", practice, content, result,
  started_at AS "startedAt", changed_at AS "changedAt", completed_at AS "completedAt", supersedes,
  supersede_reason AS "supersedeReason", superseded_by AS "supersededBy"`;

type Row = Assessment & Record<string, unknown>;

/** The assessment, if the caller may see it. Throws NotFound otherwise: absent and hidden look alike. */
export async function visibleAssessment(tx: Tx, id: string): Promise<Assessment> {
  const [row] = await tx.query<Row>(`SELECT ${COLUMNS} FROM assessment WHERE id = $1`, [id], 'assessment');
  if (!row) throw new NotFound('assessment');
  return row;
}

/** As `visibleAssessment`, and nobody else changes it until the end of the unit of work. */
export async function lockedAssessment(tx: Tx, id: string): Promise<Assessment> {
  const sql = `SELECT ${COLUMNS} FROM assessment WHERE id = $1 FOR UPDATE`;
  await visibleAssessment(tx, id);
  const [row] = await tx.query<Row>(sql, [id], 'lock-assessment');
  // Visible and not to be locked: somebody else’s. The service says that it is not theirs to change.
  return row ?? visibleAssessment(tx, id);
}

/** Assessments of a case that the caller may see, the newest first: their own drafts among them. */
export const assessmentsOf = (tx: Tx, caseId: string): Promise<Assessment[]> =>
  tx.query<Row>(
    `SELECT ${COLUMNS} FROM assessment WHERE case_id = $1 ORDER BY coalesce(completed_at, changed_at) DESC, id LIMIT 200`,
    [caseId],
    'assessments-of-case',
  );

/** What stands of one subject by one instrument, the newest fifty, oldest first: what was superseded is left out. */
export const standingOf = (tx: Tx, caseId: string, subjectId: string, instrument: string): Promise<Assessment[]> =>
  tx.query<Row>(
    `SELECT * FROM (SELECT ${COLUMNS} FROM assessment
        WHERE case_id = $1 AND standing_person(subject_id) = standing_person($2) AND instrument = $3 AND status = 'completed'
          AND superseded_by IS NULL ORDER BY completed_at DESC, id DESC LIMIT 50) newest ORDER BY "completedAt", id`,
    [caseId, subjectId, instrument],
    'standing-assessments',
  );

export async function insertDraft(tx: Tx, a: Assessment): Promise<void> {
  await tx.execute(
    `INSERT INTO assessment (id, case_id, subject_id, org_id, author_id, status, version, instrument, instrument_version,
       instrument_hash, pack, rules_on, content, started_at, changed_at, supersedes, supersede_reason, wording_id, practice)
     VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15, $16, $17)`,
    [
      ...[
        a.id,
        a.caseId,
        a.subjectId,
        a.orgId,
        a.authorId,
        a.version,
        a.instrument,
        a.instrumentVersion,
        a.hash,
        a.pack,
      ],
      ...[a.rulesOn, JSON.stringify(a.content), a.startedAt, a.supersedes, a.supersedeReason, a.wordingId],
      a.practice && JSON.stringify(a.practice),
    ],
    'insert-assessment',
  );
}

/** Writes what may change of a draft, its completion included. */
export async function replaceAssessment(tx: Tx, a: Assessment): Promise<void> {
  await tx.execute(
    `UPDATE assessment SET status = $2, version = $3, pack = $4, content = $5, result = $6, changed_at = $7, completed_at = $8
      WHERE id = $1`,
    [
      ...[a.id, a.status, a.version, a.pack, JSON.stringify(a.content)],
      ...[a.result && JSON.stringify(a.result), a.changedAt, a.completedAt],
    ],
    'replace-assessment',
  );
}

/** Writes that another assessment has taken the place of one. Answers whether it was the first to. */
export async function supersede(tx: Tx, id: string, by: string): Promise<boolean> {
  const sql = 'UPDATE assessment SET superseded_by = $2 WHERE id = $1 AND superseded_by IS NULL';
  return (await tx.execute(sql, [id, by], 'supersede-assessment')) === 1;
}

export async function deleteDraft(tx: Tx, id: string): Promise<void> {
  await tx.execute(`DELETE FROM assessment WHERE id = $1 AND status = 'draft'`, [id], 'delete-draft');
}

/** Holds back other completions in a case until the end of this unit: their events have one order. */
export async function oneAtATime(tx: Tx, caseId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [caseId], 'one-completion-at-a-time');
}
