import type { RecommendationLevel, RecommendationResponse, ReviewActionState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page, type Sorting } from '@concordat/platform';
import type { TrackDto } from './recommendations.dto';

/** One line of the tracker: an action, or a recommendation that has none. */
export interface TrackedRow {
  readonly id: string;
  readonly version: number;
  readonly reviewId: string;
  readonly reference: string;
  readonly kindCode: string;
  readonly number: number;
  readonly level: RecommendationLevel;
  readonly theme: string;
  readonly text: string;
  readonly source: string;
  readonly ownerOrg: string | null;
  readonly department: string | null;
  readonly response: RecommendationResponse | null;
  readonly repeats: number;
  readonly action: {
    readonly id: string;
    readonly number: number;
    readonly text: string;
    readonly state: ReviewActionState;
    readonly leadId: string;
    readonly leadOrg: string;
    readonly due: string;
    readonly original: string;
    readonly revised: number;
  } | null;
}

const FROM = 'recommendation x LEFT JOIN review_action a ON a.recommendation_id = x.id';
const OPEN = "('PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED')";
const REPEATS = '(SELECT count(*)::int FROM recommendation_repeat p WHERE p.recommendation_id = x.id)';
const COLUMNS = `x.id, x.version, x.review_id AS "reviewId", x.review_reference AS reference, x.kind_code AS "kindCode", x.number, x.level,
  x.theme, x.document->>'text' AS text, x.document->>'source' AS source, x.owner_org AS "ownerOrg",
  x.document->>'department' AS department, x.response, ${REPEATS} AS repeats,
  CASE WHEN a.id IS NULL THEN NULL ELSE jsonb_build_object('id', a.id, 'number', a.number, 'text', a.document->>'text',
    'state', a.state, 'leadId', a.lead_id, 'leadOrg', a.lead_org, 'due', a.due,
    'original', (SELECT t.due FROM action_target t WHERE t.action_id = a.id AND t.number = 1),
    'revised', (SELECT count(*) - 1 FROM action_target t WHERE t.action_id = a.id)) END AS action`;

/** What is due first comes first; what has no action yet comes last. */
const SOONEST: Sorting = {
  name: 'due',
  keys: [
    { sql: "coalesce(a.due, DATE '9999-12-31')", type: 'date' },
    { sql: 'coalesce(a.id, x.id)', type: 'uuid' },
  ],
  descending: false,
};

/** The condition of what is asked for, with its parameters from `$1`. */
function asked(tx: Tx, q: TrackDto, today: string): { where: string; params: unknown[] } {
  const params: unknown[] = [];
  const conditions: string[] = [];
  const add = (condition: (place: string) => string, value: unknown): void => {
    params.push(value);
    conditions.push(condition(`$${params.length}`));
  };
  if (q.review) add((p) => `x.review_id = ${p}`, q.review);
  if (q.kind) add((p) => `x.kind_code = ${p}`, q.kind);
  if (q.level) add((p) => `x.level = ${p}`, q.level);
  if (q.source) add((p) => `x.document->>'source' = ${p}`, q.source);
  if (q.state) add((p) => `a.state = ${p}`, q.state);
  if (q.agency) add((p) => `coalesce(a.lead_org, x.owner_org) = ${p}`, q.agency);
  if (q.theme) add((p) => `lower(x.theme) = lower(${p})`, q.theme);
  if (q.only === 'overdue') add((p) => `a.due < ${p}::date AND a.state IN ${OPEN}`, today);
  if (q.only === 'mine') add((p) => `a.lead_id = ${p}`, tx.actor.id);
  if (q.only === 'repeat') conditions.push(`${REPEATS} > 0`);
  if (q.only === 'to-answer')
    add((p) => `x.owner_org = ${p} AND x.answer_due IS NOT NULL AND x.response IS NULL`, tx.actor.orgId);
  if (q.only === 'unanswered') conditions.push('x.response IS NULL');
  return { where: conditions.length > 0 ? conditions.join(' AND ') : 'true', params };
}

/** A page of the tracker: of what the caller may see, what fits all that is asked. */
export async function tracked(tx: Tx, q: TrackDto, today: string, limit: number): Promise<Page<TrackedRow>> {
  const { where, params } = asked(tx, q, today);
  const paging = new Paging(SOONEST, limit, q.cursor);
  const rows = await tx.query<TrackedRow & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM ${FROM} WHERE ${where} AND ${paging.where(params.length + 1)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...params, ...paging.params],
  );
  return paging.page(rows);
}

/** How many of what is asked stand where. `null` is a recommendation without an action. */
export interface TrackedFigure {
  readonly state: ReviewActionState | null;
  readonly count: number;
  readonly overdue: number;
}

export async function figuresOf(tx: Tx, q: TrackDto, today: string): Promise<TrackedFigure[]> {
  const { where, params } = asked(tx, q, today);
  return tx.query<TrackedFigure & Record<string, unknown>>(
    `SELECT a.state, count(*)::int AS count,
            (count(*) FILTER (WHERE a.due < $${params.length + 1}::date AND a.state IN ${OPEN}))::int AS overdue
       FROM ${FROM} WHERE ${where} GROUP BY a.state`,
    [...params, today],
  );
}

/** Themes of the recommendations that the caller may see, for a filter. */
export async function themesSeen(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ theme: string }>(
    'SELECT DISTINCT theme FROM recommendation ORDER BY theme LIMIT 200',
    [],
    'themes-seen',
  );
  return rows.map(({ theme }) => theme);
}
