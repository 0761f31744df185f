import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import { ORG, USER } from '../../acting';
import type { Concerned } from '../../disclosure';
import type { Sharing } from '../../sharing.dto';
import type { Permitted } from '../../onward-referral';
import type { Transfer, TransferSide } from '../../transfer';
import type { ListTransfersDto } from './transfers.dto';

export interface SidedTransfer {
  readonly transfer: Transfer;
  readonly side: TransferSide;
  /** Whether the caller owns the case; a lead of its agency may do for its owner what its owner may. */
  readonly owns: boolean;
  /** Whether it came out in a way that the caller asked or offered, and has not looked at yet. */
  readonly news: boolean;
}

const COLUMNS = `t.id, t.version, t.state, t.case_id AS "caseId", t.reference, t.from_org AS "fromOrg", t.from_id AS "fromId",
  t.to_org AS "toOrg", t.to_id AS "toId", t.outside_body AS "outsideBody", t.reason, t.keep, t.purpose, t.consent, t.permit, t.requested_at AS "requestedAt",
  t.request_reason AS "requestReason", t.offered_at AS "offeredAt", t.answered_at AS "answeredAt", t.answered_by AS "answeredBy",
  t.answer_reason AS "answerReason", t.ended_at AS "endedAt", t.ended_by AS "endedBy"`;
/** A case that is closed to the caller is closed on every way to it. */
const OPEN = 't.case_id <> ALL ((SELECT hidden_cases(false))::uuid[])';
/** Its recipient, or their manager; and on the other side its owner, and whoever of that agency works on the case. */
const TO_ME = `(t.to_id IS NOT NULL AND answers_for(t.to_id, t.to_org) AND ${OPEN})`;
const FROM_ME = `(t.from_org = ${ORG} AND (t.from_id = ${USER} OR EXISTS (SELECT 1 FROM participation p
  WHERE p.case_id = t.case_id AND p.org_id = t.from_org AND p.until IS NULL AND p.level <> 'preview')) AND ${OPEN})`;

/** Each is told of the other's answer: whoever offered a case, or asked for it (acceptance.md, rules that hold everywhere, 9). */
const NEWS = `(t.seen_at IS NULL AND t.ended_by IS DISTINCT FROM ${USER} AND ${USER} = CASE
  WHEN t.state IN ('accepted', 'declined') THEN t.from_id WHEN t.state IN ('refused', 'withdrawn') THEN t.to_id END)`;
const TOLD = `${COLUMNS}, ${NEWS} AS news, owner_of(t.case_id) = ${USER} AS owns`;

type Row = Transfer & Omit<SidedTransfer, 'transfer'>;
const sided = ({ side, owns, news, ...transfer }: Row): SidedTransfer => ({ transfer, side, owns, news });

/** The transfer as the caller's side sees it. Throws NotFound for whoever is of neither: absent and hidden look alike. */
export async function visibleTransfer(tx: Tx, id: string): Promise<SidedTransfer> {
  const rows = await tx.query<Row>(
    `SELECT ${TOLD}, CASE WHEN ${TO_ME} THEN 'recipient' ELSE 'owner' END AS side
       FROM case_transfer t WHERE t.id = $1 AND (${TO_ME} OR ${FROM_ME})`,
    [id],
    'case-transfer',
  );
  if (!rows[0]) throw new NotFound('transfer');
  return sided(rows[0]);
}

const NEWEST: Sorting = {
  name: '-made',
  keys: [
    { sql: 't.made_at', type: 'timestamptz' },
    { sql: 't.id', type: 'uuid' },
  ],
  descending: true,
};

/** A page of the transfers of which the caller is one side, newest first. */
export async function transfersIn(tx: Tx, { box, limit = 25, cursor }: ListTransfersDto): Promise<Page<SidedTransfer>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const received = box === 'received';
  const rows = await tx.query<Row & { keys: string[] }>(
    `SELECT ${TOLD}, $1::text AS side, ${paging.keys()} FROM case_transfer t
      WHERE ${received ? `t.to_org = ${ORG} AND ${TO_ME}` : `t.from_org = ${ORG} AND ${FROM_ME}`} AND ${paging.where(2)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [received ? 'recipient' : 'owner', ...paging.params],
  );
  const page = paging.page(rows);
  return { ...page, items: page.items.map((row) => sided(row as Row)) };
}

/** The transfers of one case, newest first: for those of the agency that offered them, and their recipients. */
export async function transfersOf(tx: Tx, caseId: string): Promise<SidedTransfer[]> {
  const rows = await tx.query<Row>(
    `SELECT ${TOLD}, CASE WHEN ${TO_ME} THEN 'recipient' ELSE 'owner' END AS side FROM case_transfer t
      WHERE t.case_id = $1 AND (${TO_ME} OR ${FROM_ME}) ORDER BY t.made_at DESC, t.id`,
    [caseId],
    'transfers-of-case',
  );
  return rows.map(sided);
}

/** How many wait for the caller's answer, and how many answers they have not looked at, on either side. */
export async function countTransfers(tx: Tx): Promise<Record<'received' | 'sent', Waiting>> {
  const [row] = await tx.query<Record<'toAnswer' | 'asked' | 'newsReceived' | 'newsSent', number>>(
    `SELECT (SELECT count(*)::int FROM case_transfer t WHERE t.to_org = ${ORG} AND t.state = 'offered' AND ${TO_ME}) AS "toAnswer",
            (SELECT count(*)::int FROM case_transfer t WHERE t.from_org = ${ORG} AND t.state = 'requested' AND owner_of(t.case_id) = ${USER} AND ${FROM_ME}) AS asked,
            (SELECT count(*)::int FROM case_transfer t WHERE t.to_org = ${ORG} AND t.to_id = ${USER} AND ${NEWS} AND ${OPEN}) AS "newsReceived",
            (SELECT count(*)::int FROM case_transfer t WHERE t.from_org = ${ORG} AND t.from_id = ${USER} AND ${NEWS} AND ${OPEN}) AS "newsSent"`,
    [],
    'count-case-transfers',
  );
  const { toAnswer, asked, newsReceived, newsSent } = row!;
  return { received: { toAnswer, news: newsReceived }, sent: { toAnswer: asked, news: newsSent } };
}

export interface Waiting {
  readonly toAnswer: number;
  readonly news: number;
}

/** Whoever is told of it has looked at how it came out. */
export async function markTransferSeen(tx: Tx, id: string): Promise<void> {
  await tx.execute('UPDATE case_transfer SET seen_at = $2 WHERE id = $1 AND seen_at IS NULL', [id, tx.now]);
}

export async function keepTransfer(tx: Tx, t: Transfer, bulkId: string | null): Promise<void> {
  await tx.execute(
    `INSERT INTO case_transfer (id, state, case_id, reference, from_org, from_id, to_org, to_id, outside_body, reason, keep, requested_at,
        request_reason, offered_at, made_at, bulk_id, purpose, consent, permit)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      ...[t.id, t.state, t.caseId, t.reference, t.fromOrg, t.fromId, t.toOrg, t.toId, t.outsideBody, t.reason, t.keep],
      ...[t.requestedAt, t.requestReason, t.offeredAt, tx.now, bulkId, t.purpose, t.consent, t.permit],
    ],
    'keep-case-transfer',
  );
}

export async function replaceTransfer(tx: Tx, t: Transfer): Promise<void> {
  await tx.execute(
    `UPDATE case_transfer SET state = $2, version = $3, from_id = $4, keep = $5, offered_at = $6, answered_at = $7, answered_by = $8,
        answer_reason = $9, ended_at = $10, ended_by = $11, purpose = $12, consent = $13, permit = $14 WHERE id = $1`,
    [
      ...[t.id, t.state, t.version, t.fromId, t.keep, t.offeredAt, t.answeredAt, t.answeredBy, t.answerReason],
      ...[t.endedAt, t.endedBy, t.purpose, t.consent, t.permit],
    ],
    'replace-case-transfer',
  );
}

/** Whether the case is on offer to anybody; it is asked in the case's own order, so nobody comes between. */
export async function isOnOffer(tx: Tx, caseId: string): Promise<boolean> {
  return (await tx.query('SELECT 1 FROM case_transfer_offers($1)', [caseId], 'case-on-offer')).length > 0;
}

export async function ownerOf(tx: Tx, caseId: string): Promise<string> {
  const [row] = await tx.query<{ owner: string }>('SELECT owner_of($1) AS owner', [caseId], 'owner-of-case');
  return row!.owner;
}

/** By which pathway a case on offer to the caller came, and whom it is about, by ids and roles: they do not see it yet. */
export async function caseOnOffer(tx: Tx, id: string): Promise<{ kind: string; people: Concerned[] }> {
  const rows = await tx.query<{ kind: string; id: string; roles: string[]; deceased: string | null }>(
    'SELECT kind, id, roles, deceased FROM case_on_offer($1)',
    [id],
    'case-on-offer-to-me',
  );
  const people = rows.map((p) => ({ ...p, deceased: p.deceased ? { answer: p.deceased } : undefined }));
  return { kind: rows[0]?.kind ?? '', people };
}

/**
 * Makes the recipient of an offered transfer the owner, and their agency the lead, under the decisions that permit it: the
 * second one where the agency that led it keeps a part. Answers with the case's new version.
 */
export async function takeOver(
  tx: Tx,
  id: string,
  under: { readonly taken: Permitted; readonly kept: Permitted | null; readonly sharing: Sharing },
): Promise<{ version: number; previousOwner: string }> {
  const [row] = await tx.query<{ version: number; previousOwner: string }>(
    'SELECT version, previous_owner AS "previousOwner" FROM take_over_case($1, $2, $3, $4, $5, $6)',
    [id, tx.now, tx.actor.id, under.taken, under.kept, under.sharing],
    'take-over-case',
  );
  return row!;
}

/** Gives the case to a colleague. Answers with its new version. */
export async function assignTo(tx: Tx, caseId: string, ownerId: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'SELECT assign_case($1, $2, $3, $4) AS version',
    [caseId, ownerId, tx.now, tx.actor.id],
    'assign-case',
  );
  return row!.version;
}

export interface Ownership {
  readonly ownerId: string;
  readonly orgId: string;
  readonly areaId: string;
  readonly from: Date;
  readonly to: Date | null;
  readonly how: 'opened' | 'assigned' | 'transferred';
  readonly by: string;
}

/** Who owned a case since when, oldest first. Before anybody was given it, whoever opened it. */
export async function ownersOf(tx: Tx, caseId: string): Promise<Ownership[]> {
  const rows = await tx.query<Ownership & Record<string, unknown>>(
    `SELECT owner_id AS "ownerId", org_id AS "orgId", area_id AS "areaId", since AS "from", until AS "to", how, by_id AS by
       FROM case_ownership WHERE case_id = $1
     UNION ALL
     SELECT owner_of(f.id), f.lead_org, f.area_id, f.opened_at, NULL, 'opened', owner_of(f.id) FROM case_file f
      WHERE f.id = $1 AND NOT EXISTS (SELECT 1 FROM case_ownership o WHERE o.case_id = f.id)
      ORDER BY 4`,
    [caseId],
    'owners-of-case',
  );
  return rows;
}

/** A case that a colleague gave to the caller, or to somebody else from them. */
export interface Assignment {
  readonly caseId: string;
  readonly reference: string;
  readonly what: 'given' | 'passed';
  readonly by: string;
  readonly at: Date;
}

const GIVEN = `o.owner_id = ${USER} AND o.how = 'assigned' AND o.by_id <> ${USER} AND o.until IS NULL AND o.told_at IS NULL`;
const PASSED = `o.owner_id = ${USER} AND n.how = 'assigned' AND n.by_id <> ${USER} AND o.left_told_at IS NULL`;
const NEXT = 'n.case_id = o.case_id AND n.since = o.until';
const AT_MOST = 50;

/** Those that the caller has not looked at yet, newest first (ASG-3). */
export const untoldAssignments = (tx: Tx): Promise<Assignment[]> =>
  tx.query<Assignment & Record<string, unknown>>(
    `SELECT o.case_id AS "caseId", f.reference, 'given' AS what, o.by_id AS by, o.since AS at
       FROM case_ownership o JOIN case_file f ON f.id = o.case_id WHERE ${GIVEN}
     UNION ALL
     SELECT o.case_id, f.reference, 'passed', n.by_id, n.since
       FROM case_ownership o JOIN case_ownership n ON ${NEXT} JOIN case_file f ON f.id = o.case_id WHERE ${PASSED}
     ORDER BY 5 DESC LIMIT ${AT_MOST}`,
    [],
    'untold-assignments',
  );

/** The caller has looked at who owns a case. */
export async function markAssignmentsTold(tx: Tx, caseId: string): Promise<void> {
  await tx.execute(
    `UPDATE case_ownership o SET told_at = $2 WHERE o.case_id = $1 AND ${GIVEN}`,
    [caseId, tx.now],
    'mark-given-told',
  );
  await tx.execute(
    `UPDATE case_ownership o SET left_told_at = $2 FROM case_ownership n WHERE o.case_id = $1 AND ${NEXT} AND ${PASSED}`,
    [caseId, tx.now],
    'mark-passed-told',
  );
}
