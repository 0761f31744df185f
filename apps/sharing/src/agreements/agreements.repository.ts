import type { AgencyType } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import type { Agreement } from '@concordat/sharing';
import type { AgreementRecord } from '../agreement-record';
import type { ListAgreementsDto } from './agreements.dto';

const COLUMNS = 'id, version, owner_org AS "ownerOrg", edited_by AS "editedBy", document';

/** The version as its owner and parties see it. Throws NotFound for everybody else. */
export async function visibleAgreement(tx: Tx, id: string): Promise<AgreementRecord> {
  const rows = await tx.query<AgreementRecord & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM agreement WHERE id = $1`,
    [id],
    'agreement',
  );
  if (!rows[0]) throw new NotFound('agreement');
  return rows[0];
}

export interface Listed {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly ownerOrg: string;
  readonly parties: readonly string[];
  readonly effectiveFrom: string;
  readonly reviewBy: string;
  readonly expiresOn: string;
  readonly changedAt: string;
}

const NEWEST: Sorting = {
  name: '-changed',
  keys: [
    { sql: 'changed_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
};

/** A page of the register as the caller's organisation sees it, the last changed first. */
export async function agreementsOf(tx: Tx, { status, limit = 25, cursor }: ListAgreementsDto): Promise<Page<Listed>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<Listed & { keys: string[] }>(
    `SELECT id, version, code, number, title, status, owner_org AS "ownerOrg", parties, effective_from::text AS "effectiveFrom",
            review_by::text AS "reviewBy", expires_on::text AS "expiresOn", changed_at AS "changedAt", ${paging.keys()}
       FROM agreement WHERE ($1::text IS NULL OR status = $1) AND ${paging.where(2)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [status ?? null, ...paging.params],
  );
  return paging.page(rows);
}

/** Whether there is such a version already, or the agreement is another organisation's. */
export async function isTaken(tx: Tx, { id, version }: Agreement, orgId: string): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }>(
    `SELECT code_is_taken($1, $3) OR EXISTS (SELECT 1 FROM agreement WHERE code = $1 AND number = $2) AS taken`,
    [id, version, orgId],
  );
  return row?.taken ?? false;
}

/** Which of these are organisations of the partnership, and of which kind. */
export async function partnersAmong(tx: Tx, orgs: readonly string[]): Promise<ReadonlyMap<string, AgencyType>> {
  const rows = await tx.query<{ id: string; kind: AgencyType }>(
    'SELECT org_id AS id, agency_type AS kind FROM organisation WHERE org_id::text = ANY ($1::text[]) AND active',
    [orgs],
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

export async function insertAgreement(tx: Tx, record: AgreementRecord): Promise<void> {
  await tx.execute(
    `INSERT INTO agreement (id, version, owner_org, edited_by, document, code, number, parties, status, title, effective_from,
       review_by, expires_on, created_at, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)`,
    [...columns(record), tx.now],
  );
}

export async function replaceAgreement(tx: Tx, record: AgreementRecord): Promise<void> {
  await tx.execute(
    `UPDATE agreement SET version = $2, owner_org = $3, edited_by = $4, document = $5, code = $6, number = $7, parties = $8,
       status = $9, title = $10, effective_from = $11, review_by = $12, expires_on = $13, changed_at = $14 WHERE id = $1`,
    [...columns(record), tx.now],
  );
}

export async function deleteDraft(tx: Tx, id: string): Promise<void> {
  await tx.execute('DELETE FROM agreement WHERE id = $1', [id]);
}

const columns = ({ id, version, ownerOrg, editedBy, document }: AgreementRecord): unknown[] => [
  ...[id, version, ownerOrg, editedBy, JSON.stringify(document), document.id, document.version],
  ...[document.parties.map((p) => p.orgId), document.status, document.title],
  ...[document.effectiveFrom, document.reviewBy, document.expiresOn],
];

export interface AgreementHistory {
  readonly version: number;
  readonly what: string;
  readonly by: string;
  /** Null for a step of the clock. */
  readonly orgId: string | null;
  readonly at: string;
  readonly reason: string | null;
}

/** What was done to a version, oldest first. */
export async function historyOf(tx: Tx, id: string): Promise<AgreementHistory[]> {
  return tx.query<AgreementHistory & Record<string, unknown>>(
    `SELECT version, what, by_id AS "by", org_id AS "orgId", at, reason FROM agreement_step WHERE agreement_id = $1 ORDER BY version`,
    [id],
  );
}

export async function keepStep(tx: Tx, record: AgreementRecord, what: string, reason: string | null): Promise<void> {
  await tx.execute(
    `INSERT INTO agreement_step (agreement_id, version, what, by_id, org_id, at, reason, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [record.id, record.version, what, tx.actor.id, tx.actor.orgId, tx.now, reason, JSON.stringify(record.document)],
  );
}

/** The versions of an agreement that the caller sees, the lowest number first. */
export async function versionsOf(tx: Tx, code: string): Promise<{ id: string; number: string; status: string }[]> {
  return tx.query<{ id: string; number: string; status: string }>(
    `SELECT id, number, status FROM agreement WHERE code = $1 ORDER BY string_to_array(number, '.')::int[]`,
    [code],
  );
}
