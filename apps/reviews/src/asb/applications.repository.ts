import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';
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
export function waitingApplications(tx: Tx): Promise<Application[]> {
  return tx.query<Row>(
    `SELECT ${COLUMNS} FROM asb_application WHERE review_id IS NULL AND set_aside IS NULL ORDER BY received_at LIMIT 100`,
  );
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
  await tx.execute('UPDATE asb_application SET version = $2, review_id = $3, set_aside = $4 WHERE id = $1', [
    ...[id, version + 1, reviewId, setAside],
  ]);
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
