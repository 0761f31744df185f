import { NotFound, type ActionState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';

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
  a.proposed_at AS "proposedAt", coalesce((SELECT jsonb_agg(jsonb_build_object('state', s.state, 'words', s.words, 'byId', s.by_id,
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

/** Of an agency: what is open, the longest due first, and what ended last. */
export const actionsOwnedBy = (tx: Tx, orgId: string): Promise<ConferenceAction[]> =>
  tx.query<ConferenceAction>(
    `(SELECT ${COLUMNS} FROM conference_action a WHERE a.owner_org = $1 AND ${OPEN} ORDER BY a.due_on, a.id LIMIT 200)
     UNION ALL
     (SELECT ${COLUMNS} FROM conference_action a WHERE a.owner_org = $1 AND NOT (${OPEN}) ORDER BY a.changed_at DESC, a.id LIMIT 20)`,
    [orgId],
    'actions-owned',
  );

export async function insertAction(
  tx: Tx,
  a: Omit<ConferenceAction, 'version' | 'state' | 'proposedBy' | 'proposedAt' | 'steps'>,
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
