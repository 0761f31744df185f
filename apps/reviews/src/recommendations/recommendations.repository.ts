import type { RecommendationChange } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Forbidden, NotFound } from '@concordat/platform';
import type { Managers } from '../action-rules';
import { dueOf, type ActionTarget, type Recommendation, type ReviewAction } from '../recommendation';

/** A recommendation with what is repeated of its review. */
export interface KeptRecommendation extends Recommendation {
  readonly reference: string;
  readonly reviewOwner: string;
  readonly kindCode: string;
}

const ACTION = `jsonb_build_object('id', a.id, 'number', a.number, 'state', a.state, 'leadId', a.lead_id, 'leadOrg', a.lead_org,
    'targets', (SELECT jsonb_agg(jsonb_build_object('due', t.due, 'reason', t.reason, 'approver', t.approver, 'by', t.by_id, 'at', t.at)
                       ORDER BY t.number) FROM action_target t WHERE t.action_id = a.id)) || a.document`;
const COLUMNS = `x.id, x.version, x.review_id AS "reviewId", x.review_reference AS reference, x.review_owner AS "reviewOwner",
  x.kind_code AS "kindCode", x.number, x.level, x.theme, x.owner_org AS "ownerOrg", x.document,
  coalesce((SELECT jsonb_agg(${ACTION} ORDER BY a.number) FROM review_action a WHERE a.recommendation_id = x.id), '[]') AS actions,
  coalesce((SELECT jsonb_agg(p.earlier_id ORDER BY p.at) FROM recommendation_repeat p WHERE p.recommendation_id = x.id), '[]') AS repeats`;
type Row = KeptRecommendation & Record<string, unknown>;

/** The recommendation as whoever sees its review or leads one of its actions sees it. Throws NotFound for everybody else. */
export async function visibleRecommendation(tx: Tx, id: string): Promise<KeptRecommendation> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS} FROM recommendation x WHERE x.id = $1`,
    [id],
    'visible-recommendation',
  );
  if (!rows[0]) throw new NotFound('recommendation');
  return rows[0];
}

/** Those of these that the caller may see. */
export function visibleAmong(tx: Tx, ids: readonly string[]): Promise<KeptRecommendation[]> {
  return tx.query<Row>(`SELECT ${COLUMNS} FROM recommendation x WHERE x.id = ANY ($1::uuid[]) ORDER BY x.created_at`, [
    ids,
  ]);
}

/** Of one review, in their order. */
export function recommendationsOf(tx: Tx, reviewId: string): Promise<KeptRecommendation[]> {
  return tx.query<Row>(`SELECT ${COLUMNS} FROM recommendation x WHERE x.review_id = $1 ORDER BY x.number`, [reviewId]);
}

/** Later recommendations that repeat this one, of those that the caller may see. */
export async function repeatedBy(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT recommendation_id AS id FROM recommendation_repeat WHERE earlier_id = $1 ORDER BY at',
    [id],
  );
  return rows.map((row) => row.id);
}

export async function insertRecommendation(tx: Tx, r: KeptRecommendation): Promise<void> {
  await tx.execute(
    `INSERT INTO recommendation (id, version, review_id, review_reference, review_owner, kind_code, number, level, theme, owner_org,
       responded, document, created_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11, $12, $12)`,
    [
      ...[r.id, r.version, r.reviewId, r.reference, r.reviewOwner, r.kindCode, r.number, r.level, r.theme, r.ownerOrg],
      ...[JSON.stringify(r.document), tx.now],
    ],
  );
}

export async function replaceRecommendation(tx: Tx, r: Recommendation): Promise<void> {
  await tx.execute(
    `UPDATE recommendation SET version = $2, response = $3, responded = $4, document = $5, changed_at = $6, answer_due = $7 WHERE id = $1`,
    [
      ...[r.id, r.version, r.document.answers.at(-1)?.response ?? null],
      ...[r.document.central.some(({ step }) => step === 'responded'), JSON.stringify(r.document), tx.now],
      r.document.requests?.at(-1)?.dueOn ?? null,
    ],
  );
}

/** What an action holds beside its columns. */
const documentOf = ({ text, milestones, claims, checks, ending }: ReviewAction): string =>
  JSON.stringify({ text, milestones, claims, checks, ending });

export async function insertAction(tx: Tx, recommendationId: string, a: ReviewAction): Promise<void> {
  await tx.execute(
    `INSERT INTO review_action (id, recommendation_id, number, state, lead_id, lead_org, due, document)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [a.id, recommendationId, a.number, a.state, a.leadId, a.leadOrg, dueOf(a).due, documentOf(a)],
  );
  for (const [i, target] of a.targets.entries()) await addTarget(tx, a.id, i + 1, target);
}

export async function replaceAction(tx: Tx, a: ReviewAction): Promise<void> {
  await tx.execute('UPDATE review_action SET state = $2, due = $3, document = $4 WHERE id = $1', [
    ...[a.id, a.state, dueOf(a).due, documentOf(a)],
  ]);
}

export async function addTarget(tx: Tx, actionId: string, number: number, target: ActionTarget): Promise<void> {
  const { due, reason, approver, by, at } = target;
  await tx.execute(
    'INSERT INTO action_target (action_id, number, due, reason, approver, by_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [actionId, number, due, reason, approver, by, at],
  );
}

export async function linkRepeat(tx: Tx, id: string, earlier: string): Promise<void> {
  await tx.execute(
    'INSERT INTO recommendation_repeat (recommendation_id, earlier_id, by_id, at) VALUES ($1, $2, $3, $4)',
    [id, earlier, tx.actor.id, tx.now],
  );
}

/** One thing that was done. */
export interface RecommendationStep {
  readonly version: number;
  readonly what: RecommendationChange;
  readonly actionId: string | null;
  readonly actionState: string | null;
  readonly by: string;
  readonly orgId: string;
  readonly at: string;
}

export async function keepRecommendationStep(
  tx: Tx,
  { id, version }: Recommendation,
  what: RecommendationChange,
  action?: ReviewAction,
): Promise<void> {
  await tx.execute(
    `INSERT INTO recommendation_step (recommendation_id, version, what, action_id, action_state, by_id, org_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, version, what, action?.id ?? null, action?.state ?? null, tx.actor.id, tx.actor.orgId, tx.now],
  );
}

export function stepsOf(tx: Tx, id: string): Promise<RecommendationStep[]> {
  return tx.query<RecommendationStep & Record<string, unknown>>(
    `SELECT version, what, action_id AS "actionId", action_state AS "actionState", by_id AS "by", org_id AS "orgId", at
       FROM recommendation_step WHERE recommendation_id = $1 ORDER BY version`,
    [id],
  );
}

/** Who answers for whom, among everybody who works where one of these people does. */
export async function managersAround(tx: Tx, people: readonly string[]): Promise<Managers> {
  const rows = await tx.query<{ user: string; manager: string | null }>(
    `SELECT m.user_id AS user, m.manager_id AS manager FROM member m
      WHERE m.org_id IN (SELECT org_id FROM member WHERE user_id = ANY ($1::uuid[]))`,
    [people],
  );
  return new Map(rows.map(({ user, manager }) => [user, manager]));
}

/** Whether the caller may see a review, and not only what they lead in it. */
export async function seesReview(tx: Tx, reviewId: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM review WHERE id = $1', [reviewId], 'takes-part')).length > 0;
}

/** Whoever leads an action sees its recommendation; judging one is for those who take part in the review. */
export async function demandPart(tx: Tx, { reviewId }: Recommendation): Promise<void> {
  if (!(await seesReview(tx, reviewId)))
    throw new Forbidden('recommendation.forbidden', 'You may not do this', ['review.not-taking-part']);
}
