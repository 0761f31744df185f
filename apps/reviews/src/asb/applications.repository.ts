import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import type { ApplyDto } from './applications.dto';

/** An application as it was sent. */
export interface Application {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly ownerOrg: string;
  readonly channel: 'online' | 'told';
  readonly document: Omit<ApplyDto, 'ownerOrg'>;
  readonly receivedAt: string;
  readonly reviewId: string | null;
  readonly setAside: string | null;
}

const COLUMNS = `id, version, reference, owner_org AS "ownerOrg", channel, document, to_json(received_at)#>>'{}' AS "receivedAt",
  review_id AS "reviewId", set_aside AS "setAside"`;
type Row = Application & Record<string, unknown>;

export async function nextApplication(tx: Tx): Promise<string> {
  const rows = await tx.query<{ n: string }>("SELECT nextval('asb_application_number') AS n", [], 'next-application');
  return `AP-${tx.now.getUTCFullYear()}-${rows[0]!.n.padStart(4, '0')}`;
}

export async function keepApplication(
  tx: Tx,
  a: Pick<Application, 'id' | 'reference' | 'ownerOrg' | 'channel' | 'document'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO asb_application (id, version, reference, owner_org, channel, document, received_at)
     VALUES ($1, 1, $2, $3, $4, $5, $6)`,
    [a.id, a.reference, a.ownerOrg, a.channel, JSON.stringify(a.document), tx.now],
  );
}

/** What waits for its coordinators, the oldest first. */
export function waitingApplications(tx: Tx, skip: number, most: number): Promise<Application[]> {
  return tx.query<Row>(
    `SELECT ${COLUMNS} FROM asb_application WHERE review_id IS NULL AND set_aside IS NULL ORDER BY received_at, id OFFSET $1 LIMIT $2`,
    [skip, most],
  );
}

export async function countWaiting(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM asb_application WHERE review_id IS NULL AND set_aside IS NULL',
    [],
    'count-waiting-applications',
  );
  return row!.n;
}

export async function visibleApplication(tx: Tx, id: string): Promise<Application> {
  const rows = await tx.query<Row>(`SELECT ${COLUMNS} FROM asb_application WHERE id = $1`, [id]);
  if (!rows[0]) throw new NotFound('asb-application');
  return rows[0];
}

export async function settleApplication(
  tx: Tx,
  { id, version }: Application,
  { reviewId = null, setAside = null }: { reviewId?: string | null; setAside?: string | null },
): Promise<void> {
  await tx.execute(
    'UPDATE asb_application SET version = $2, review_id = $3, set_aside = $4, settled_at = $5 WHERE id = $1',
    [id, version + 1, reviewId, setAside, tx.now],
  );
}

/** A settled application without anything that was sent in it. */
export interface KeptApplication {
  readonly id: string;
  readonly version: number;
  readonly reference: string;
  readonly receivedAt: string;
  readonly settledAt: string | null;
  readonly reviewId: string | null;
  readonly reviewReference: string | null;
  readonly kind: { readonly code: string; readonly version: number; readonly digest: string } | null;
  readonly state: string | null;
  /** When its review came to the state that it is in. */
  readonly since: string | null;
  readonly erasedAt: string | null;
}

const OLDEST: Sorting = {
  name: 'received',
  keys: [
    { sql: 'a.received_at', type: 'timestamptz' },
    { sql: 'a.id', type: 'uuid' },
  ],
  descending: false,
};

const KEPT = `a.id, a.version, a.reference, to_json(a.received_at)#>>'{}' AS "receivedAt", to_json(a.settled_at)#>>'{}' AS "settledAt",
  a.review_id AS "reviewId", r.reference AS "reviewReference", to_json(a.erased_at)#>>'{}' AS "erasedAt", r.state,
  CASE WHEN r.id IS NULL THEN NULL ELSE jsonb_build_object('code', r.kind_code, 'version', r.kind_version, 'digest', r.kind_digest) END AS kind,
  (SELECT to_json(max(s.at))#>>'{}' FROM review_step s WHERE s.review_id = r.id AND s.to_state = r.state AND s.from_state <> s.to_state) AS since`;

/** A page of what was settled, the oldest first. */
export async function keptApplications(
  tx: Tx,
  limit: number,
  cursor: string | undefined,
): Promise<Page<KeptApplication>> {
  const paging = new Paging(OLDEST, limit, cursor);
  const rows = await tx.query<KeptApplication & { keys: string[] }>(
    `SELECT ${KEPT}, ${paging.keys()} FROM asb_application a LEFT JOIN review r ON r.id = a.review_id
      WHERE (a.review_id IS NOT NULL OR a.set_aside IS NOT NULL) AND ${paging.where(1)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...paging.params],
  );
  return paging.page(rows);
}

/** One that is settled. Throws NotFound for one that waits, or is not there. */
export async function keptApplication(tx: Tx, id: string): Promise<KeptApplication> {
  const rows = await tx.query<KeptApplication & Record<string, unknown>>(
    `SELECT ${KEPT} FROM asb_application a LEFT JOIN review r ON r.id = a.review_id
      WHERE a.id = $1 AND (a.review_id IS NOT NULL OR a.set_aside IS NOT NULL)`,
    [id],
    'kept-application',
  );
  if (!rows[0]) throw new NotFound('asb-application');
  return rows[0];
}

/** Nothing is left of what was sent, nor of why it was set aside. */
export async function eraseApplication(tx: Tx, { id, version }: { id: string; version: number }): Promise<void> {
  await tx.execute(
    `UPDATE asb_application SET version = $2, document = '{}', erased_at = $3,
            set_aside = CASE WHEN set_aside IS NULL THEN NULL ELSE '' END WHERE id = $1`,
    [id, version + 1, tx.now],
    'erase-application',
  );
}

/** Organisations that coordinate reviews: those that can be applied to. */
export async function bodiesAsked(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT m.org_id AS id FROM member m JOIN organisation o USING (org_id)
      WHERE m.active AND o.active AND 'review-coordinator' = ANY (m.roles)`,
    [],
    'bodies-asked',
  );
  return rows.map(({ id }) => id);
}
