import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import { ORG, USER } from '../../acting';
import type { OnwardReferral, Side } from '../../onward-referral';
import type { ListOnwardReferralsDto } from './onward-referrals.dto';

/** A referral as one of its sides sees it. */
export interface Sided {
  readonly referral: OnwardReferral;
  readonly side: Side;
  /** Whether its sender has not yet looked at how it was answered. */
  readonly news: boolean;
}

const COLUMNS = `r.id, r.version, r.state, r.case_id AS "caseId", r.reference, r.from_org AS "fromOrg", r.from_id AS "fromId",
  r.to_org AS "toOrg", r.to_id AS "toId", r.outside_body AS "outsideBody", r.urgency, r.reason, r.purpose, r.legal_basis AS "legalBasis",
  r.view, r.items, r.people, r.action_id AS "actionId", r.consent, r.pack, r.permit, r.offered_at AS "offeredAt", r.respond_by AS "respondBy", r.answered_at AS "answeredAt",
  r.answered_by AS "answeredBy", r.answer_reason AS "answerReason", r.ended_at AS "endedAt", r.ended_by AS "endedBy", r.end_note AS "endNote"`;
/** A case that is closed to the caller is closed on every way to it. */
const OPEN = 'r.case_id <> ALL ((SELECT hidden_cases(false))::uuid[])';
/** Its recipient, or their manager; and on the other side its sender, and whoever of that agency works on the case. */
const TO_ME = `(r.to_id IS NOT NULL AND answers_for(r.to_id, r.to_org) AND ${OPEN})`;
const FROM_ME = `(r.from_org = ${ORG} AND (r.from_id = ${USER} OR EXISTS (SELECT 1 FROM participation p
  WHERE p.case_id = r.case_id AND p.org_id = r.from_org AND p.until IS NULL AND p.level <> 'preview')) AND ${OPEN})`;
const NEWS = `(r.from_id = ${USER} AND r.seen_at IS NULL AND r.state NOT IN ('offered', 'recorded'))`;

type Row = OnwardReferral & { readonly side: Side; readonly news: boolean };
const sided = ({ side, news, ...referral }: Row): Sided => ({ referral, side, news });

/** The referral as the caller's side sees it. Throws NotFound for whoever is of neither: absent and hidden look alike. */
export async function visibleReferral(tx: Tx, id: string): Promise<Sided> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS}, CASE WHEN ${TO_ME} THEN 'recipient' ELSE 'sender' END AS side, ${NEWS} AS news
       FROM onward_referral r WHERE r.id = $1 AND (${TO_ME} OR ${FROM_ME})`,
    [id],
    'onward-referral',
  );
  if (!rows[0]) throw new NotFound('referral');
  return sided(rows[0]);
}

const NEWEST: Sorting = {
  name: '-offered',
  keys: [
    { sql: 'r.offered_at', type: 'timestamptz' },
    { sql: 'r.id', type: 'uuid' },
  ],
  descending: true,
};

/** A page of what was received, or sent, newest first. */
export async function referralsIn(tx: Tx, { box, limit = 25, cursor }: ListOnwardReferralsDto): Promise<Page<Sided>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const received = box === 'received';
  const rows = await tx.query<Row & { keys: string[] }>(
    `SELECT ${COLUMNS}, $1::text AS side, ${NEWS} AS news, ${paging.keys()} FROM onward_referral r
      WHERE ${received ? `r.to_org = ${ORG} AND ${TO_ME}` : `r.from_org = ${ORG} AND ${FROM_ME}`} AND ${paging.where(2)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [received ? 'recipient' : 'sender', ...paging.params],
  );
  const page = paging.page(rows);
  return { ...page, items: page.items.map((row) => sided(row as Row)) };
}

/** The referrals of one case, newest first: for those who work on it. */
export async function referralsOfCase(tx: Tx, caseId: string): Promise<Sided[]> {
  const rows = await tx.query<Row>(
    `SELECT ${COLUMNS}, 'sender' AS side, ${NEWS} AS news FROM onward_referral r
      WHERE r.case_id = $1 AND ${FROM_ME} ORDER BY r.offered_at DESC, r.id`,
    [caseId],
    'onward-referrals-of-case',
  );
  return rows.map(sided);
}

/** How many are to be answered by the caller, and how many answers they have not looked at. */
export async function countReferrals(tx: Tx): Promise<{ toAnswer: number; news: number }> {
  const [row] = await tx.query<{ toAnswer: number; news: number }>(
    `SELECT (SELECT count(*)::int FROM onward_referral r WHERE r.to_org = ${ORG} AND r.state = 'offered' AND ${TO_ME}) AS "toAnswer",
            (SELECT count(*)::int FROM onward_referral r WHERE r.from_org = ${ORG} AND ${FROM_ME} AND ${NEWS}) AS news`,
    [],
    'count-onward-referrals',
  );
  return row!;
}

export async function keepOffer(tx: Tx, r: OnwardReferral, bulkId: string | null): Promise<void> {
  await tx.execute(
    `INSERT INTO onward_referral (id, state, case_id, reference, bulk_id, from_org, from_id, to_org, to_id, outside_body, urgency, reason,
        purpose, legal_basis, view, items, people, consent, pack, offered_at, respond_by, action_id, permit)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
    [
      ...[r.id, r.state, r.caseId, r.reference, bulkId, r.fromOrg, r.fromId, r.toOrg, r.toId, r.outsideBody, r.urgency],
      ...[r.reason, r.purpose, r.legalBasis, r.view, r.items, r.people, JSON.stringify(r.consent), r.pack],
      ...[r.offeredAt, r.respondBy, r.actionId, r.permit],
    ],
    'keep-onward-referral',
  );
}

export async function replaceReferral(tx: Tx, r: OnwardReferral): Promise<void> {
  await tx.execute(
    `UPDATE onward_referral SET state = $2, version = $3, answered_at = $4, answered_by = $5, answer_reason = $6, ended_at = $7,
        ended_by = $8, end_note = $9 WHERE id = $1`,
    [r.id, r.state, r.version, r.answeredAt, r.answeredBy, r.answerReason, r.endedAt, r.endedBy, r.endNote],
    'replace-onward-referral',
  );
}

/** Its sender has looked at how it was answered. */
export async function markSeen(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE onward_referral SET seen_at = $2 WHERE id = $1 AND seen_at IS NULL', [id, tx.now]);
}

export async function hasOpenOffer(tx: Tx, caseId: string, toId: string): Promise<boolean> {
  const rows = await tx.query(
    "SELECT 1 FROM onward_referral WHERE case_id = $1 AND to_id = $2 AND state = 'offered'",
    [caseId, toId],
    'open-onward-referral',
  );
  return rows.length > 0;
}

/** A planned action of the case: whether it is still to be done. Undefined when the case has no such action. */
export async function plannedAction(tx: Tx, caseId: string, id: string): Promise<{ open: boolean } | undefined> {
  const rows = await tx.query<{ open: boolean }>(
    "SELECT ended_at IS NULL AS open FROM case_fact WHERE case_id = $1 AND id = $2 AND kind = 'step'",
    [caseId, id],
    'planned-action',
  );
  return rows[0];
}

/** Does the action that a referral is for, as its recipient. False when it was done before, which stands. */
export async function doReferredAction(tx: Tx, id: string, note: string): Promise<boolean> {
  const [row] = await tx.query<{ done: boolean }>(
    'SELECT do_referred_action($1, $2, $3, $4) AS done',
    [id, tx.now, tx.actor.id, note],
    'do-referred-action',
  );
  return row!.done;
}

const AT_ONCE = 200;

/** Offers whose date has passed, but for those that somebody is just dealing with. */
export function overdueReferrals(tx: Tx): Promise<{ id: string; version: number }[]> {
  return tx.query(
    `SELECT id, version FROM onward_referral WHERE state = 'offered' AND respond_by <= clock_timestamp()
      ORDER BY respond_by LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
    [],
    'overdue-onward-referrals',
  );
}

/** One such offer, locked; undefined when it was answered, or is not due. The database's own time decides (events.md D6). */
export async function lockOverdue(tx: Tx, id: string, version: number): Promise<OnwardReferral | undefined> {
  const rows = await tx.query<OnwardReferral & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM onward_referral r WHERE r.id = $1 AND r.version = $2 AND r.state = 'offered'
        AND r.respond_by <= clock_timestamp() FOR UPDATE`,
    [id, version],
    'lock-overdue-onward-referral',
  );
  return rows[0];
}
