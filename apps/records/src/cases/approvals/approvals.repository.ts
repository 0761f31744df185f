import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
import { ORG, USER } from '../../acting';
import type { Approval } from '../../approval';

const COLUMNS = `a.id, a.version, a.case_id AS "caseId", a.stage, a.state, a.requested_by AS "requestedBy", a.requested_org AS "requestedOrg",
  a.requested_at AS "requestedAt", a.comment, a.answered_by AS "answeredBy", a.answered_at AS "answeredAt", a.answer_comment AS "answerComment", a.pack`;
/** A case that is closed to the caller is closed on every way to it. */
const OPEN = 'a.case_id <> ALL ((SELECT hidden_cases(true))::uuid[])';
const NEWS = `(a.requested_by = ${USER} AND a.state <> 'requested' AND a.seen_at IS NULL)`;

export interface ToldApproval extends Approval {
  readonly reference: string;
  readonly ownerId: string;
  readonly leadOrg: string;
  /** Whoever asked has not looked at the answer yet. */
  readonly news: boolean;
}

const TOLD = `SELECT ${COLUMNS}, c.reference, c.lead_org AS "leadOrg", owner_of(c.id) AS "ownerId", ${NEWS} AS news
  FROM case_approval a JOIN case_file c ON c.id = a.case_id WHERE ${OPEN}`;

/** The approvals of a case, newest first. */
export const approvalsOf = (tx: Tx, caseId: string): Promise<ToldApproval[]> =>
  tx.query<ToldApproval & Record<string, unknown>>(
    `${TOLD} AND a.case_id = $1 ORDER BY a.requested_at DESC, a.id`,
    [caseId],
    'approvals-of-case',
  );

/** One approval, if the caller may know of its case. Throws NotFound otherwise. */
export async function visibleApproval(tx: Tx, id: string): Promise<ToldApproval> {
  const [row] = await tx.query<ToldApproval & Record<string, unknown>>(`${TOLD} AND a.id = $1`, [id], 'case-approval');
  if (!row) throw new NotFound('approval');
  return row;
}

const AT_ONCE = 100;

/**
 * What the caller may answer, oldest first, as a lead of the agency that leads the case and neither its owner nor whoever
 * asked; and answers that they have not looked at.
 */
export async function approvalsFor(tx: Tx): Promise<{ toAnswer: ToldApproval[]; news: ToldApproval[] }> {
  const waiting = `a.state = 'requested' AND c.lead_org = ${ORG} AND a.requested_by <> ${USER} AND owner_of(c.id) <> ${USER}`;
  const toAnswer = await tx.query<ToldApproval & Record<string, unknown>>(
    `${TOLD} AND ${waiting} ORDER BY a.requested_at, a.id LIMIT ${AT_ONCE}`,
    [],
    'approvals-to-answer',
  );
  const news = await tx.query<ToldApproval & Record<string, unknown>>(
    `${TOLD} AND ${NEWS} ORDER BY a.answered_at DESC, a.id LIMIT ${AT_ONCE}`,
    [],
    'approvals-answered',
  );
  return { toAnswer, news };
}

/** Keeps a request; false when there is one for this stage already. */
export async function keepRequest(tx: Tx, a: Approval): Promise<boolean> {
  const kept = await tx.execute(
    `INSERT INTO case_approval (id, case_id, stage, state, requested_by, requested_org, requested_at, comment, pack)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (case_id, stage) WHERE state = 'requested' DO NOTHING`,
    [a.id, a.caseId, a.stage, a.state, a.requestedBy, a.requestedOrg, a.requestedAt, a.comment, a.pack],
    'keep-approval-request',
  );
  return kept === 1;
}

export async function keepAnswer(tx: Tx, a: Approval): Promise<void> {
  await tx.execute(
    `UPDATE case_approval SET state = $2, version = $3, answered_by = $4, answered_at = $5, answer_comment = $6 WHERE id = $1`,
    [a.id, a.state, a.version, a.answeredBy, a.answeredAt, a.answerComment],
    'keep-approval-answer',
  );
}

/** Whoever asked has looked at the answers of a case. */
export async function markAnswersSeen(tx: Tx, caseId: string): Promise<void> {
  await tx.execute(
    `UPDATE case_approval a SET seen_at = $2 WHERE a.case_id = $1 AND ${NEWS}`,
    [caseId, tx.now],
    'mark-approvals-seen',
  );
}
