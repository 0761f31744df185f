import { isId } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import type { Answer, Decision, DecisionRequest } from '@concordat/sharing';
import type { ListDecisionsDto } from './decisions.dto';

export interface DecisionRecord {
  readonly id: string;
  readonly at: Date;
  readonly actorId: string;
  readonly actorOrg: string;
  readonly request: DecisionRequest;
  readonly decision: Decision;
  /** The question that a person answered, where their answer decides. */
  readonly questionId: string | null;
  readonly answer: Answer | null;
}

export async function keepDecision(
  tx: Tx,
  { id, at, actorId, actorOrg, request, decision, questionId, answer }: DecisionRecord,
): Promise<void> {
  const { sender, recipients } = request;
  await tx.execute(
    `INSERT INTO decision (id, at, actor_id, actor_org, sender, recipients, isa, outcome, reason, request, decision,
        question_id, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[id, at, actorId, actorOrg, sender, recipients, decision.isa, decision.outcome, decision.reasons[0] ?? null],
      ...[JSON.stringify(request), JSON.stringify(decision), questionId, answer],
    ],
    'keep-decision',
  );
}

/** Throws NotFound for whoever neither made it nor governs one of its ends. */
export async function visibleDecision(tx: Tx, id: string): Promise<DecisionRecord> {
  const rows = await tx.query<DecisionRecord & Record<string, unknown>>(
    `SELECT id, at, actor_id AS "actorId", actor_org AS "actorOrg", request, decision, question_id AS "questionId", answer
       FROM decision WHERE id = $1`,
    [id],
  );
  if (!rows[0]) throw new NotFound('decision');
  return rows[0];
}

/** Whether somebody may authorise an emergency: a lead who works at that organisation. */
export async function mayAuthorise(tx: Tx, who: { readonly userId: string; readonly orgId: string }): Promise<boolean> {
  if (!isId(who.userId) || !isId(who.orgId)) return false;
  const rows = await tx.query(
    `SELECT 1 FROM member WHERE user_id = $1 AND org_id = $2 AND active
        AND roles && '{safeguarding-lead,information-governance-lead}'::text[]`,
    [who.userId, who.orgId],
    'may-authorise-emergency',
  );
  return rows.length > 0;
}

export interface ListedDecision {
  readonly id: string;
  readonly at: string;
  readonly actorId: string;
  readonly actorOrg: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly isa: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  /** Whether it was permitted in an emergency, whatever the agreement says. */
  readonly mode: Decision['mode'];
  readonly purpose: string;
  readonly items: readonly string[];
}

const NEWEST: Sorting = {
  name: '-decided',
  keys: [
    { sql: 'at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
};

export async function decisionsIn(
  tx: Tx,
  { outcome, agreement, limit = 25, cursor }: ListDecisionsDto,
): Promise<Page<ListedDecision>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<ListedDecision & { keys: string[] }>(
    `SELECT id, at, actor_id AS "actorId", actor_org AS "actorOrg", sender, recipients, isa, outcome, reason,
            decision ->> 'mode' AS mode, request ->> 'purpose' AS purpose, request -> 'items' AS items, ${paging.keys()}
       FROM decision WHERE ($1::text IS NULL OR outcome = $1) AND ($2::text IS NULL OR starts_with(isa, $2 || '@')) AND ${paging.where(3)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [outcome ?? null, agreement ?? null, ...paging.params],
  );
  return paging.page(rows);
}
