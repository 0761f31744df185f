import type { Tx } from '@concordat/messaging';
import { Paging, type Page, type Sorting } from '@concordat/platform';
import type { DropFindingCode } from '@concordat/sharing';
import type { ListDropsDto } from './drops.dto';

export interface DropRecord {
  readonly id: string;
  readonly set: string;
  readonly quarter: string;
  readonly senderOrg: string;
  readonly receivedBy: string;
  readonly receivedAt: Date;
  readonly rows: number;
  readonly digest: string;
  readonly verdict: 'accepted' | 'refused';
  readonly counts: Readonly<Partial<Record<DropFindingCode, number>>>;
  readonly pack: string;
}

export async function keepDrop(tx: Tx, drop: DropRecord): Promise<void> {
  await tx.execute(
    `INSERT INTO depersonalised_drop (id, set_code, quarter, sender_org, received_by, received_at, rows, digest, verdict, counts, pack)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[drop.id, drop.set, drop.quarter, drop.senderOrg, drop.receivedBy, drop.receivedAt, drop.rows, drop.digest],
      ...[drop.verdict, JSON.stringify(drop.counts), drop.pack],
    ],
    'keep-drop',
  );
}

const NEWEST: Sorting = {
  name: '-received',
  keys: [
    { sql: 'received_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
};

/** Drops of every organisation, the newest first. */
export async function dropsIn(tx: Tx, { set, limit = 25, cursor }: ListDropsDto): Promise<Page<DropRecord>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<DropRecord & { keys: string[] }>(
    `SELECT id, set_code AS set, quarter::text AS quarter, sender_org AS "senderOrg", received_by AS "receivedBy",
            received_at AS "receivedAt", rows, digest, verdict, counts, pack, ${paging.keys()}
       FROM depersonalised_drop WHERE ($1::text IS NULL OR set_code = $1) AND ${paging.where(2)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [set ?? null, ...paging.params],
  );
  return paging.page(rows);
}

/** Files of every organisation that were checked for a quarter. */
export const filesOf = (
  tx: Tx,
  quarter: string,
): Promise<Pick<DropRecord, 'id' | 'set' | 'senderOrg' | 'receivedAt' | 'verdict'>[]> =>
  tx.query<Pick<DropRecord, 'id' | 'set' | 'senderOrg' | 'receivedAt' | 'verdict'> & Record<string, unknown>>(
    `SELECT id, set_code AS set, sender_org AS "senderOrg", received_at AS "receivedAt", verdict
       FROM depersonalised_drop WHERE quarter = $1::date ORDER BY received_at, id`,
    [quarter],
    'drops-of-quarter',
  );

/** Organisations of the partnership with the kind of each. */
export const agenciesOf = (tx: Tx): Promise<{ id: string; kind: string }[]> =>
  tx.query<{ id: string; kind: string }>(
    'SELECT org_id AS id, agency_type AS kind FROM organisation WHERE active ORDER BY org_id',
    [],
    'agencies-that-owe',
  );

/** The kind of agency of an organisation, or undefined when it is none of the partnership. */
export async function kindOf(tx: Tx, orgId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ kind: string }>(
    'SELECT agency_type AS kind FROM organisation WHERE org_id = $1 AND active',
    [orgId],
  );
  return row?.kind;
}
