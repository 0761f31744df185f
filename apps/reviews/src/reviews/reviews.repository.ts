import type { ReviewChange, ReviewRelation } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import type { AuditedReview } from '../audit-check';
import type { Decision, ReviewMember, ReviewRecord } from '../review';

/** Of a review `r`, as a record. */
export const COLUMNS = `r.id, r.version, r.reference, r.owner_org AS "ownerOrg", r.state, r.document,
  jsonb_build_object('code', r.kind_code, 'version', r.kind_version, 'digest', r.kind_digest) AS kind,
  coalesce((SELECT jsonb_agg(d.record ORDER BY d.number) FROM review_decision d WHERE d.review_id = r.id), '[]') AS decisions,
  coalesce((SELECT jsonb_agg(jsonb_build_object('number', x.number, 'level', x.level, 'response', x.response, 'responded', x.responded,
      'actions', coalesce((SELECT jsonb_agg(jsonb_build_object('number', a.number, 'state', a.state) ORDER BY a.number)
                             FROM review_action a WHERE a.recommendation_id = x.id), '[]')) ORDER BY x.number)
    FROM recommendation x WHERE x.review_id = r.id), '[]') AS recommendations`;
type Row = ReviewRecord & Record<string, unknown>;

/** The review as its coordinators and those named see it. Throws NotFound for everybody else. */
export async function visibleReview(tx: Tx, id: string): Promise<ReviewRecord> {
  const rows = await tx.query<Row>(`SELECT ${COLUMNS} FROM review r WHERE r.id = $1`, [id], 'review');
  if (!rows[0]) throw new NotFound('review');
  return rows[0];
}

export async function reviewByReference(tx: Tx, reference: string): Promise<ReviewRecord | undefined> {
  const rows = await tx.query<Row>(`SELECT ${COLUMNS} FROM review r WHERE r.reference = $1`, [reference]);
  return rows[0];
}

/** Reviews that the caller may see and that say how they stand to this one. */
export function linkedFrom(tx: Tx, id: string): Promise<{ id: string; reference: string; relation: ReviewRelation }[]> {
  return tx.query(
    `SELECT r.id, r.reference, l->>'relation' AS relation
       FROM review r, jsonb_array_elements(coalesce(r.document->'links', '[]')) l
      WHERE l->>'reviewId' = $1 ORDER BY r.reference LIMIT 100`,
    [id],
    'linked-from',
  );
}

const NEWEST: Sorting = {
  name: '-changed',
  keys: [
    { sql: 'r.changed_at', type: 'timestamptz' },
    { sql: 'r.id', type: 'uuid' },
  ],
  descending: true,
};

/** A page of the reviews that the caller may see, the last changed first. */
export async function reviewsSeen(tx: Tx, limit: number, cursor: string | undefined): Promise<Page<ReviewRecord>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<ReviewRecord & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM review r WHERE ${paging.where(1)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...paging.params],
  );
  return paging.page(rows);
}

/** Of a review, what says how it leaves: what it is published as, and what central bodies have of it. */
export type LeavingReview = Pick<ReviewRecord, 'id' | 'version' | 'reference' | 'ownerOrg' | 'state' | 'kind'> & {
  readonly document: Pick<ReviewRecord['document'], 'facts' | 'publications' | 'copies' | 'copyReceipts'>;
};
/** Which reviews auditors see, a page of them, the last changed first: those of the caller's agency when they are its auditor or coordinator, else none. */
export async function auditedPage(
  tx: Tx,
  skip: number,
  most: number,
): Promise<{ ids: readonly string[]; total: number }> {
  const [row] = await tx.query<{ ids: string[]; total: number }>(
    'SELECT ids, total FROM audited_page($1, $2)',
    [skip, most],
    'audited-page',
  );
  return row!;
}

/** These reviews as auditors see them, in this order: those of the caller's agency when they are its auditor or coordinator, else none. */
export function auditedReviews(tx: Tx, ids: readonly string[]): Promise<AuditedReview[]> {
  return tx.query<AuditedReview & Record<string, unknown>>(
    `SELECT r.id, version, reference, owner_org AS "ownerOrg", state, kind, document, decisions, recommendations, actions, repeats, history
       FROM unnest($1::uuid[]) WITH ORDINALITY AS one(id, n), LATERAL audited_reviews(one.id, 1) r ORDER BY one.n`,
    [ids],
    'audited-reviews',
  );
}

export async function nextReference(tx: Tx): Promise<string> {
  const rows = await tx.query<{ n: string }>("SELECT nextval('review_number') AS n", [], 'review-number');
  return `SR-${tx.now.getUTCFullYear()}-${rows[0]!.n.padStart(4, '0')}`;
}

export async function insertReview(tx: Tx, review: ReviewRecord): Promise<void> {
  const { id, version, reference, ownerOrg, kind, state, document } = review;
  await tx.execute(
    `INSERT INTO review (id, version, reference, owner_org, kind_code, kind_version, kind_digest, state, document, created_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [
      ...[id, version, reference, ownerOrg, kind.code, kind.version, kind.digest, state],
      ...[JSON.stringify(document), tx.now],
    ],
  );
}

export async function replaceReview(tx: Tx, { id, version, kind, state, document }: ReviewRecord): Promise<void> {
  await tx.execute(
    `UPDATE review SET version = $2, state = $3, document = $4, changed_at = $5, kind_version = $6, kind_digest = $7 WHERE id = $1`,
    [id, version, state, JSON.stringify(document), tx.now, kind.version, kind.digest],
  );
}

export async function keepDecision(tx: Tx, reviewId: string, decision: Decision): Promise<void> {
  await tx.execute('INSERT INTO review_decision (review_id, number, record, decided_at) VALUES ($1, $2, $3, $4)', [
    ...[reviewId, decision.number, JSON.stringify(decision), tx.now],
  ]);
}

/** One thing that was done. */
export interface ReviewStep {
  readonly version: number;
  readonly what: ReviewChange;
  readonly fromState: string | null;
  readonly toState: string;
  readonly reason: string | null;
  readonly by: string;
  readonly orgId: string;
  readonly at: string;
}

export async function historyOf(tx: Tx, id: string): Promise<ReviewStep[]> {
  return tx.query<ReviewStep & Record<string, unknown>>(
    `SELECT version, what, from_state AS "fromState", to_state AS "toState", reason, by_id AS "by", org_id AS "orgId", at
       FROM review_step WHERE review_id = $1 ORDER BY version`,
    [id],
  );
}

export async function keepStep(
  tx: Tx,
  { id, version, state }: ReviewRecord,
  { what, from, reason }: { what: ReviewChange; from: string | null; reason: string | null },
): Promise<void> {
  await tx.execute(
    `INSERT INTO review_step (review_id, version, what, from_state, to_state, reason, by_id, org_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, version, what, from, state, reason, tx.actor.id, tx.actor.orgId, tx.now],
  );
}

export async function membersOf(tx: Tx, id: string): Promise<ReviewMember[]> {
  return tx.query<ReviewMember & Record<string, unknown>>(
    'SELECT user_id AS "userId", org_id AS "orgId", seat FROM review_member WHERE review_id = $1 ORDER BY named_at, user_id',
    [id],
  );
}

/** The organisation for which somebody works, when they are known and active there. */
export async function workplaceOf(tx: Tx, userId: string): Promise<string | null> {
  const rows = await tx.query<{ org: string }>(
    'SELECT org_id AS org FROM member WHERE user_id::text = $1 AND active ORDER BY org_id LIMIT 1',
    [userId],
  );
  return rows[0]?.org ?? null;
}

export async function nameMember(tx: Tx, id: string, { userId, orgId, seat }: ReviewMember): Promise<void> {
  await tx.execute(
    'INSERT INTO review_member (review_id, user_id, org_id, seat, named_at) VALUES ($1, $2, $3, $4, $5)',
    [id, userId, orgId, seat, tx.now],
  );
}

export async function releaseMember(tx: Tx, id: string, userId: string): Promise<void> {
  await tx.execute('DELETE FROM review_member WHERE review_id = $1 AND user_id = $2', [id, userId]);
}

/** Which of these are organisations of the partnership. */
export async function partnersAmong(tx: Tx, orgs: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    'SELECT org_id AS id FROM organisation WHERE org_id::text = ANY ($1::text[]) AND active',
    [orgs],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether this is an area of the partnership that is open. */
export async function isOpenArea(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM area WHERE area_id::text = $1 AND active', [id], 'open-area');
  return rows.length > 0;
}
