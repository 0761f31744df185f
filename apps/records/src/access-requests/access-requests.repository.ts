import {
  newId,
  type AccessItemDecision,
  type AccessRequester,
  type AccessRequestStep,
  type HeldItem,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page } from '@concordat/platform';
import type { AccessRequest, ItemCount, ItemDecision } from '../access-request';
import type { ListRequestsDto } from './access-requests.dto';

/** A request as it is stored. */
export interface RequestRow extends AccessRequest {
  readonly id: string;
  readonly version: number;
  readonly personId: string;
  readonly areaId: string;
  readonly requester: AccessRequester;
  readonly requesterName: string;
  readonly gatheredAt: Date | null;
  readonly releasedBy: string | null;
  readonly releasedAt: Date | null;
  readonly pack: string;
  readonly undecided: number;
}

const COLUMNS = `r.id, r.version, r.person_id AS "personId", r.area_id AS "areaId", r.requester, r.requester_name AS "requesterName", r.state,
  r.received_on::text AS "receivedOn", r.identity_proven AS "identityProven", r.pauses, r.extended, r.gathered_at AS "gatheredAt",
  r.prepared_by AS "preparedBy", r.released_by AS "releasedBy", r.released_at AS "releasedAt", r.pack,
  (SELECT count(*)::int FROM access_item i WHERE i.request_id = r.id AND i.decision IS NULL) AS undecided`;
const NEWEST_FIRST = {
  keys: [
    { sql: 'r.received_on', type: 'date' },
    { sql: 'r.id', type: 'uuid' },
  ],
  descending: true,
} as const;

export const itemCount = ({ gatheredAt, undecided }: RequestRow): ItemCount => ({
  gathered: gatheredAt !== null,
  undecided,
});

/** Requests that the caller answers, the newest first: which those are, is the database's policy. */
export async function requestsOf(
  tx: Tx,
  { state, limit = 25, cursor }: ListRequestsDto,
): Promise<Page<RequestRow> & { count: Count }> {
  const paging = new Paging({ name: `access-requests/${state ?? 'all'}`, ...NEWEST_FIRST }, limit, cursor);
  const where = '($1::text IS NULL OR r.state = $1)';
  const rows = await tx.query<RequestRow & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM access_request r WHERE ${where} AND ${paging.where(2)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [state ?? null, ...paging.params],
  );
  const [counted] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM access_request r WHERE ${where} LIMIT ${COUNTED + 1}) counted`,
    [state ?? null],
  );
  return { ...paging.page(rows), count: countOf(counted!.n) };
}

/** One request, if the caller answers it; held to the end of the unit when it is to be changed. */
export async function requestById(tx: Tx, id: string, change = false): Promise<RequestRow | undefined> {
  const [row] = await tx.query<RequestRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM access_request r WHERE r.id = $1 ${change ? 'FOR UPDATE OF r' : ''}`,
    [id],
    change ? 'access-request-for-change' : 'access-request-by-id',
  );
  return row;
}

export interface NewRequest extends AccessRequest {
  readonly id: string;
  readonly personId: string;
  readonly areaId: string;
  readonly requester: AccessRequester;
  readonly requesterName: string;
  readonly pack: string;
}

export async function keepRequest(tx: Tx, r: NewRequest): Promise<void> {
  await tx.execute(
    `INSERT INTO access_request (id, person_id, area_id, requester, requester_name, state, received_on, identity_proven, pauses, pack, made_at, made_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[r.id, r.personId, r.areaId, r.requester, r.requesterName, r.state, r.receivedOn, r.identityProven],
      ...[JSON.stringify(r.pauses), r.pack, tx.now, tx.actor.id],
    ],
    'keep-access-request',
  );
}

/** Keeps a request as it is after a step, and the step, under the next version. */
export async function changeRequest(
  tx: Tx,
  { id, version }: RequestRow,
  to: AccessRequest,
  what: AccessRequestStep | 'gather' | 'release' | 'decide',
  reason: string | null = null,
): Promise<number> {
  const released = to.state === 'released';
  await tx.execute(
    `UPDATE access_request SET version = version + 1, state = $2, identity_proven = $3, pauses = $4, extended = $5, prepared_by = $6,
            released_by = $7, released_at = $8, gathered_at = coalesce($9, gathered_at) WHERE id = $1`,
    [
      ...[id, to.state, to.identityProven, JSON.stringify(to.pauses), to.extended, to.preparedBy],
      ...[released ? tx.actor.id : null, released ? tx.now : null, what === 'gather' ? tx.now : null],
    ],
    'change-access-request',
  );
  if (what !== 'decide')
    await tx.execute(
      'INSERT INTO access_step (request_id, version, at, what, reason, by_id, org_id) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [id, version + 1, tx.now, what, reason, tx.actor.id, tx.actor.orgId],
      'keep-access-step',
    );
  return version + 1;
}

export interface StepRow {
  readonly at: Date;
  readonly what: string;
  readonly reason: string | null;
  readonly by: string;
  readonly orgId: string;
}

export const stepsOf = (tx: Tx, id: string): Promise<StepRow[]> =>
  tx.query<StepRow & Record<string, unknown>>(
    `SELECT at, what, reason, by_id AS by, org_id AS "orgId" FROM access_step WHERE request_id = $1 ORDER BY version DESC`,
    [id],
    'access-steps',
  );

/** A part of what is held, and what was decided of it. */
export interface ItemRow extends Omit<HeldItem, 'id' | 'at'> {
  readonly id: string;
  readonly source: string;
  readonly at: Date;
  readonly thirdParty: boolean | null;
  readonly decision: AccessItemDecision | null;
  readonly exemption: string | null;
  readonly opinion: string | null;
  readonly redacted: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Whether a file belongs to it, which is opened and given apart. */
  readonly hasFile: boolean;
}

/** Everything that was gathered for a request, in the order in which it was recorded; one item when its id is given. */
export const itemsOf = (tx: Tx, requestId: string, id: string | null = null): Promise<ItemRow[]> =>
  tx.query<ItemRow & Record<string, unknown>>(
    `SELECT id, source, kind, at, title, text, others, third_party AS "thirdParty", decision, exemption, opinion, redacted,
            decided_by AS "decidedBy", decided_at AS "decidedAt", source = 'records' AND kind = 'document' AND ref LIKE '%/%' AS "hasFile"
       FROM access_item WHERE request_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY at, kind, ref`,
    [requestId, id],
    'access-items',
  );

/** The file of a part that was gathered: of which document, in which version, and where its bytes are. */
export interface FileRow {
  readonly itemId: string;
  readonly documentId: string;
  readonly version: number;
  readonly key: string;
  readonly type: string;
  readonly ending: string;
  readonly digest: string;
}

/** The files of everything that was gathered for a request that the caller answers, in the order of its parts. */
export const filesToAnswer = (tx: Tx, requestId: string): Promise<FileRow[]> =>
  tx.query<FileRow & Record<string, unknown>>(
    `SELECT item_id AS "itemId", document_id AS "documentId", version, key, type, ending, digest FROM files_to_answer($1)`,
    [requestId],
    'files-to-answer',
  );

/** Adds what was not gathered before. Returns how many are new. */
export async function addItems(tx: Tx, requestId: string, source: string, items: readonly HeldItem[]): Promise<number> {
  return tx.execute(
    `INSERT INTO access_item (id, request_id, source, kind, ref, at, title, text, others)
     SELECT i.item, $1, $2, i.kind, i.id, i.at, i.title, i.text, i.others
       FROM jsonb_to_recordset($3::jsonb) AS i(item uuid, kind text, id text, at timestamptz, title text, text text, others boolean)
     ON CONFLICT (request_id, source, kind, ref) DO NOTHING`,
    [requestId, source, JSON.stringify(items.map((i) => ({ ...i, item: newId() })))],
    'add-access-items',
  );
}

export async function decideItem(tx: Tx, id: string, d: ItemDecision): Promise<void> {
  await tx.execute(
    `UPDATE access_item SET decision = $2, third_party = $3, exemption = $4, opinion = $5, redacted = $6, decided_by = $7, decided_at = $8
      WHERE id = $1`,
    [
      ...[id, d.decision, d.thirdParty, d.exemption ?? null, d.opinion ?? null, d.redacted ?? null],
      ...[tx.actor.id, tx.now],
    ],
    'decide-access-item',
  );
}

/** Somebody about whom the caller may answer. */
export interface Answerable {
  readonly id: string;
  readonly name: { readonly given?: string; readonly family?: string } | null;
  readonly births: readonly { readonly value: string }[];
  readonly areaId: string;
  readonly cases: readonly string[];
}

export const peopleToAnswer = (
  tx: Tx,
  by: { given?: string | undefined; family?: string; id?: string },
): Promise<Answerable[]> =>
  tx.query<Answerable & Record<string, unknown>>(
    `SELECT id, name, births, area_id AS "areaId", cases FROM people_to_answer($1, $2, $3)`,
    [by.given?.trim() ?? null, by.family?.trim() ?? null, by.id ?? null],
    'people-to-answer',
  );

/** What records itself holds about somebody. */
export const heldAbout = (tx: Tx, personId: string) =>
  tx.query<{ kind: HeldItem['kind']; ref: string; at: Date; title: string; content: unknown; others: boolean }>(
    'SELECT kind, ref, at, title, content, others FROM held_about($1)',
    [personId],
    'held-about',
  );
