import { NotFound, type ActionState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page, type Sorting, type SortKey } from '@concordat/platform';
import type { ActionList, ActionsOf, ActionSort } from './conference-action';

export interface ConferenceAction extends Record<string, unknown> {
  readonly id: string;
  readonly itemId: string;
  readonly meetingId: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly version: number;
  readonly what: string;
  readonly ownerOrg: string;
  readonly dueOn: string;
  readonly state: ActionState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly changedAt: Date;
  /** Every state that it has been in since it was proposed, with what was said. */
  readonly steps: readonly {
    readonly state: ActionState;
    readonly words: string;
    readonly byId: string;
    readonly orgId: string;
    readonly at: string;
  }[];
}
const COLUMNS = `a.id, a.item_id AS "itemId", a.meeting_id AS "meetingId", a.case_id AS "caseId", standing_person(a.subject_id) AS "subjectId",
  a.version, a.what, a.owner_org AS "ownerOrg", a.due_on::text AS "dueOn", a.state, a.proposed_by AS "proposedBy",
  a.proposed_at AS "proposedAt", a.changed_at AS "changedAt", coalesce((SELECT jsonb_agg(jsonb_build_object('state', s.state, 'words', s.words, 'byId', s.by_id,
    'orgId', s.org_id, 'at', s.at) ORDER BY s.version) FROM conference_action_step s WHERE s.action_id = a.id), '[]') AS steps`;

/** Throws NotFound when there is none that the caller may see. */
export async function actionById(tx: Tx, id: string): Promise<ConferenceAction> {
  const [row] = await tx.query<ConferenceAction>(
    `SELECT ${COLUMNS} FROM conference_action a WHERE a.id = $1`,
    [id],
    'action',
  );
  if (!row) throw new NotFound('conference-action');
  return row;
}

/** As `actionById`, held until the end of the unit of work for whoever may change it. */
export async function lockedAction(tx: Tx, id: string): Promise<ConferenceAction> {
  await tx.query('SELECT 1 FROM conference_action WHERE id = $1 FOR UPDATE', [id], 'lock-action');
  return actionById(tx, id);
}

export const actionsOfItem = (tx: Tx, itemId: string): Promise<ConferenceAction[]> =>
  tx.query<ConferenceAction>(
    `SELECT ${COLUMNS} FROM conference_action a WHERE a.item_id = $1 ORDER BY a.proposed_at, a.id`,
    [itemId],
    'actions-of-item',
  );

const OPEN = `a.state NOT IN ('done', 'not-possible', 'escalated')`;

/** Of earlier meetings of a forum: what has not come to an end, the longest due first. */
export const actionsLeft = (tx: Tx, forumId: string, beforeMeeting: string): Promise<ConferenceAction[]> =>
  tx.query<ConferenceAction>(
    `SELECT ${COLUMNS} FROM conference_action a JOIN meeting m ON m.id = a.meeting_id
      WHERE m.forum_id = $1 AND m.id <> $2 AND ${OPEN} ORDER BY a.due_on, a.id LIMIT 200`,
    [forumId, beforeMeeting],
    'actions-left',
  );

const SORTINGS: Readonly<Record<ActionSort, Sorting>> = {
  due: sortingBy('due', { sql: 'a.due_on', type: 'date' }, false),
  '-due': sortingBy('-due', { sql: 'a.due_on', type: 'date' }, true),
  '-changed': sortingBy('-changed', { sql: 'a.changed_at', type: 'timestamptz' }, true),
};
function sortingBy(name: string, key: SortKey, descending: boolean): Sorting {
  return { name: `actions-${name}`, keys: [key, { sql: 'a.id', type: 'uuid' }], descending };
}

/** What of an agency's actions is wanted. */
export interface WantedActions {
  readonly orgId: string;
  readonly whose: ActionsOf;
  readonly only: ActionList;
  readonly forumId: string | null;
  readonly caseId: string | null;
  readonly state: ActionState | null;
  /** These and no others; all when null. */
  readonly ids: readonly string[] | null;
  /** The civil day before which what is due is overdue. */
  readonly today: string;
}
/** What is due by the day on which its forum meets next; where no meeting is planned, nothing is. */
const BEFORE_MEETING = `a.due_on <= (SELECT min(m.held_on) FROM meeting m
  WHERE m.forum_id = forum_of(a.meeting_id) AND m.id <> a.meeting_id AND m.held_on >= $3::date AND m.state IN ('planned', 'referrals-closed', 'agenda-issued'))`;
/** Of forums that the caller leads: of their meetings no others are seen. */
const LED = 'a.meeting_id IN (SELECT m.id FROM meeting m WHERE leads_forum(m.forum_id))';
const WHOSE: Readonly<Record<ActionsOf, string>> = {
  ...{ own: 'a.owner_org = $1', led: `$1::uuid IS NOT NULL AND ${LED}`, any: `(a.owner_org = $1 OR ${LED})` },
};
const WANTED = `($2::text = 'all' OR ($2 = 'ended') = NOT (${OPEN})) AND ($2 <> 'overdue' OR a.due_on < $3::date)
  AND ($2 <> 'before-meeting' OR ${BEFORE_MEETING}) AND ($4::uuid IS NULL OR forum_of(a.meeting_id) = $4)
  AND ($5::uuid IS NULL OR a.case_id = $5) AND ($6::text IS NULL OR a.state = $6) AND ($7::uuid[] IS NULL OR a.id = ANY ($7))`;
const paramsOf = (w: WantedActions): unknown[] => [w.orgId, w.only, w.today, w.forumId, w.caseId, w.state, w.ids];

/** A page of an agency's actions, or of those of forums that the caller leads; of each, whether they lead it. Throws Invalid for a cursor that was not made for this order. */
export async function actionsOwnedBy(
  tx: Tx,
  wanted: WantedActions,
  { sort = 'due', limit = 25, cursor }: { sort?: ActionSort; limit?: number; cursor?: string },
): Promise<Page<ConferenceAction & { readonly lead: boolean }>> {
  const paging = new Paging(SORTINGS[sort], limit, cursor);
  const rows = await tx.query<ConferenceAction & { lead: boolean; keys: string[] }>(
    `SELECT ${COLUMNS}, coalesce(leads_forum(forum_of(a.meeting_id)), false) AS lead, ${paging.keys()} FROM conference_action a
      WHERE ${WHOSE[wanted.whose]} AND ${WANTED} AND ${paging.where(8)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...paramsOf(wanted), ...paging.params],
  );
  return paging.page(rows) as Page<ConferenceAction & { lead: boolean }>;
}

export async function countActions(tx: Tx, wanted: WantedActions): Promise<Count> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM conference_action a WHERE ${WHOSE[wanted.whose]} AND ${WANTED} LIMIT ${COUNTED + 1}) counted`,
    paramsOf(wanted),
    // One text for one name: the others are planned each time.
    wanted.whose === 'own' ? 'count-actions' : undefined,
  );
  return countOf(row?.n ?? 0);
}

export async function insertAction(
  tx: Tx,
  a: Omit<ConferenceAction, 'version' | 'state' | 'proposedBy' | 'proposedAt' | 'changedAt' | 'steps'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO conference_action (id, item_id, meeting_id, case_id, subject_id, version, what, owner_org, due_on, state, proposed_by,
       proposed_at, changed_at) VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, 'proposed', $9, $10, $10)`,
    [a.id, a.itemId, a.meetingId, a.caseId, a.subjectId, a.what, a.ownerOrg, a.dueOn, tx.actor.id, tx.now],
    'insert-action',
  );
}

/** Writes where an action stands now, with what was said. */
export async function moveAction(
  tx: Tx,
  { id, version }: ConferenceAction,
  state: ActionState,
  words: string,
): Promise<number> {
  await tx.execute(
    'UPDATE conference_action SET state = $2, version = $3, changed_at = $4 WHERE id = $1',
    [id, state, version + 1, tx.now],
    'move-action',
  );
  await tx.execute(
    `INSERT INTO conference_action_step (action_id, version, state, words, by_id, org_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, version + 1, state, words, tx.actor.id, tx.actor.orgId, tx.now],
    'action-step',
  );
  return version + 1;
}
