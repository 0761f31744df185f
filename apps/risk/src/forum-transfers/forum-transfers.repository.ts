import { NotFound, type ActionState } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ForumReferral } from '../forum-referral';
import type { ShareDecision } from '../research-shares';

/** A case that went from one forum to another. */
export interface ForumTransfer extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly referralId: string;
  readonly fromForum: string;
  readonly toForum: string;
  readonly caseId: string;
  readonly subjectId: string;
  readonly reason: string;
  readonly informs: readonly string[];
  /** What was said at its sending of cases that another kind of forum is for. */
  readonly diverts: ForumReferral['diverts'];
  readonly sentOrg: string;
  readonly sentBy: string;
  readonly sentAt: Date;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedWords: string | null;
  readonly newReferral: string | null;
}
const COLUMNS = `t.id, t.version, t.referral_id AS "referralId", t.from_forum AS "fromForum", t.to_forum AS "toForum", t.case_id AS "caseId",
  standing_person(t.subject_id) AS "subjectId", t.reason, t.informs, t.diverts, t.sent_org AS "sentOrg", t.sent_by AS "sentBy", t.sent_at AS "sentAt",
  t.acknowledged_by AS "acknowledgedBy", t.acknowledged_at AS "acknowledgedAt", t.acknowledged_words AS "acknowledgedWords",
  t.new_referral AS "newReferral"`;

/** To and from a forum, those that are not acknowledged first, then the newest. */
export const transfersOf = (tx: Tx, forumId: string): Promise<ForumTransfer[]> =>
  tx.query<ForumTransfer>(
    `SELECT ${COLUMNS} FROM forum_transfer t WHERE t.from_forum = $1 OR t.to_forum = $1
      ORDER BY t.acknowledged_at IS NOT NULL, t.sent_at DESC, t.id LIMIT 200`,
    [forumId],
    'transfers-of-forum',
  );

/** One that the caller may see, held until the end of the unit of work when it is to be changed. Throws NotFound otherwise. */
export async function transferById(tx: Tx, id: string, hold = false): Promise<ForumTransfer> {
  if (hold) await tx.query('SELECT 1 FROM forum_transfer WHERE id = $1 FOR UPDATE', [id], 'lock-forum-transfer');
  const [row] = await tx.query<ForumTransfer>(
    `SELECT ${COLUMNS} FROM forum_transfer t WHERE t.id = $1`,
    [id],
    'forum-transfer',
  );
  if (!row) throw new NotFound('forum-transfer');
  return row;
}

/** What was minuted of it, meeting by meeting. */
export interface WentWith extends Record<string, unknown> {
  /** Null while it was not heard. */
  readonly heldOn: string | null;
  readonly criteria: ForumReferral['criteria'];
  readonly harm: string | null;
  readonly contributory: string | null;
  readonly protective: string | null;
  readonly rationale: string | null;
  readonly actions: readonly { what: string; ownerOrg: string; dueOn: string; state: ActionState }[] | null;
}
export const wentWith = (tx: Tx, id: string): Promise<WentWith[]> =>
  tx.query<WentWith>(
    `SELECT held_on::text AS "heldOn", criteria, harm, contributory, protective, rationale, actions FROM transferred_with($1)`,
    [id],
    'transferred-with',
  );

/** People of a referral, as a question about them is made. */
type ReferredPeople = Pick<ForumReferral, 'subjectId' | 'otherIds' | 'childIds' | 'consent'>;
export async function peopleOf(tx: Tx, referralId: string): Promise<ReferredPeople> {
  const [row] = await tx.query<ReferredPeople & Record<string, unknown>>(
    `SELECT standing_person(r.subject_id) AS "subjectId", ARRAY(SELECT standing_person(o) FROM unnest(r.other_ids) o) AS "otherIds",
            ARRAY(SELECT standing_person(o) FROM unnest(r.child_ids) o) AS "childIds", r.consent
       FROM forum_referral r WHERE r.id = $1`,
    [referralId],
    'people-of-referral',
  );
  if (!row) throw new NotFound('forum-referral');
  return row;
}

/** As `peopleOf`, of what was transferred, for whoever may see that and not the forum that it came from. */
export async function transferredAbout(tx: Tx, id: string): Promise<ReferredPeople> {
  const [row] = await tx.query<ReferredPeople & Record<string, unknown>>(
    `SELECT subject_id AS "subjectId", other_ids AS "otherIds", child_ids AS "childIds", consent FROM transferred_about($1)`,
    [id],
    'transferred-about',
  );
  if (!row) throw new NotFound('forum-transfer');
  return row;
}

type Sending = Pick<
  ForumTransfer,
  'id' | 'referralId' | 'fromForum' | 'toForum' | 'caseId' | 'subjectId' | 'reason' | 'informs' | 'diverts'
>;

/** Writes a transfer with the permit of each agency that has it by it. Fails with Conflict when it went there before. */
export async function insertTransfer(tx: Tx, t: Sending, permits: readonly ShareDecision[]): Promise<void> {
  await tx.execute(
    `INSERT INTO forum_transfer (id, referral_id, from_forum, to_forum, case_id, subject_id, version, reason, informs, sent_org, sent_by,
       sent_at, diverts) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11, $12)`,
    [
      ...[t.id, t.referralId, t.fromForum, t.toForum, t.caseId, t.subjectId, t.reason, t.informs],
      ...[tx.actor.orgId, tx.actor.id, tx.now, JSON.stringify(t.diverts)],
    ],
    'insert-forum-transfer',
  );
  for (const { toOrg, decisionId, isa, flowId } of permits)
    await tx.execute(
      'INSERT INTO forum_transfer_permit (transfer_id, to_org, decision_id, isa, flow_id) VALUES ($1, $2, $3, $4, $5)',
      [t.id, toOrg, decisionId, isa, flowId],
      'permit-forum-transfer',
    );
}

/** What commits either end to what went, and by which decision the caller's agency has it, where it is not the sender's own. */
export async function endOf(
  tx: Tx,
  id: string,
): Promise<{ key: Buffer | null; isa: string | null; flowId: string | null }> {
  const [row] = await tx.query<{ key: Buffer | null; isa: string | null; flowId: string | null }>(
    `SELECT t.payload_key AS key, p.isa, p.flow_id AS "flowId"
       FROM forum_transfer t LEFT JOIN forum_transfer_permit p ON p.transfer_id = t.id AND p.to_org = acting_org() WHERE t.id = $1`,
    [id],
    'end-of-forum-transfer',
  );
  return row ?? { key: null, isa: null, flowId: null };
}

interface Referring {
  readonly referralId: string;
  readonly pack: string;
  readonly forumVersion: number;
  readonly words: string;
}
/** Refers the case anew where it went, and writes who acknowledged it. False when somebody did so before. */
export async function acknowledge(tx: Tx, t: ForumTransfer, r: Referring): Promise<boolean> {
  const [row] = await tx.query<{ done: boolean }>(
    'SELECT refer_transferred($1, $2, $3, $4) AS done',
    [t.id, r.referralId, r.pack, r.forumVersion],
    'refer-transferred',
  );
  if (!row?.done) return false;
  await tx.execute(
    `UPDATE forum_transfer SET version = $2, acknowledged_by = $3, acknowledged_at = $4, acknowledged_words = $5, new_referral = $6
      WHERE id = $1`,
    [t.id, t.version + 1, tx.actor.id, tx.now, r.words, r.referralId],
    'acknowledge-forum-transfer',
  );
  return true;
}
