import { BreachChanged } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound, Paging, type Page, type Sorting } from '@concordat/platform';
import type { Breach } from './breach';

const COLUMNS = `id, version, state, org_id AS "orgId", question_id AS "questionId", account, opened_by AS "openedBy",
  opened_at AS "openedAt", aware_at AS "awareAt", notify_by AS "notifyBy", pack, risk, affected, notify, tell_people AS "tellPeople",
  reason, remedy, assessed_by AS "assessedBy", assessed_at AS "assessedAt", notified_at AS "notifiedAt", notified_by AS "notifiedBy",
  reference, delay_reason AS "delayReason"`;

/** Keeps one that has just been opened, and tells other contexts of it. */
export async function keepBreach(tx: Tx, b: Breach): Promise<void> {
  await tx.execute(
    `INSERT INTO breach (id, version, state, org_id, question_id, account, opened_by, opened_at, aware_at, notify_by, pack)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[b.id, b.version, b.state, b.orgId, b.questionId, b.account],
      ...[b.openedBy, b.openedAt, b.awareAt, b.notifyBy, b.pack],
    ],
    'keep-breach',
  );
  tx.open(b.id).publish(BreachChanged, toldOfBreach(b));
}

export async function replaceBreach(tx: Tx, b: Breach): Promise<void> {
  await tx.execute(
    `UPDATE breach SET version = $2, state = $3, risk = $4, affected = $5, notify = $6, tell_people = $7, reason = $8, remedy = $9,
            assessed_by = $10, assessed_at = $11, notified_at = $12, notified_by = $13, reference = $14, delay_reason = $15
      WHERE id = $1`,
    [
      ...[b.id, b.version, b.state, b.risk, b.affected, b.notify, b.tellPeople, b.reason, b.remedy],
      ...[b.assessedBy, b.assessedAt, b.notifiedAt, b.notifiedBy, b.reference, b.delayReason],
    ],
    'replace-breach',
  );
}

/** Throws NotFound for whoever does not govern the agency whose breach it may be. */
export async function visibleBreach(tx: Tx, id: string): Promise<Breach> {
  const rows = await tx.query<Breach & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM breach WHERE id = $1`,
    [id],
    'breach-by-id',
  );
  if (!rows[0]) throw new NotFound('breach');
  return rows[0];
}

/** `id@version` of the agreement under which what a review was of would have gone. */
export async function agreementBehind(tx: Tx, questionId: string): Promise<string> {
  const rows = await tx.query<{ isa: string }>(
    'SELECT isa FROM question WHERE id = $1',
    [questionId],
    'agreement-behind-breach',
  );
  return rows[0]?.isa ?? '';
}

const NEWEST: Sorting = {
  name: '-opened',
  keys: [
    { sql: 'opened_at', type: 'timestamptz' },
    { sql: 'id', type: 'uuid' },
  ],
  descending: true,
};

/** Those of the caller's agency, the newest first; of one state where one is asked for. */
export async function breachesIn(
  tx: Tx,
  { state, limit = 25, cursor }: { state?: string; limit?: number; cursor?: string },
): Promise<Page<Breach>> {
  const paging = new Paging(NEWEST, limit, cursor);
  const rows = await tx.query<Breach & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM breach WHERE ($1::text IS NULL OR state = $1) AND ${paging.where(2)}
      ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [state ?? null, ...paging.params],
  );
  return paging.page(rows);
}

/** What other contexts are told of it. */
export const toldOfBreach = ({ id: breachId, state, orgId, notifyBy, questionId }: Breach) => ({
  ...{ breachId, state, orgId, notifyBy: notifyBy.toISOString() },
  ...(questionId ? { emergencyId: questionId } : {}),
});
