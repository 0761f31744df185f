import {
  NotFound,
  type DeadlineKind,
  type DeadlineScope,
  type DeadlineState,
  type DeadlineStatus,
} from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Paging, type Page } from '@concordat/platform';

/** A deadline as lists show it: what is due is told by its kind and a link, and looked at where it belongs. */
export interface Deadline extends Record<string, unknown> {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly recordId: string;
  readonly caseId: string | null;
  readonly orgId: string;
  readonly ownerId: string | null;
  readonly dueAt: Date;
  readonly status: DeadlineStatus;
  readonly version: number;
  readonly overdue: boolean;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
}

/** What is asked of the register. Days are civil days in London. */
export interface Wanted {
  readonly whose: DeadlineScope;
  readonly state: DeadlineState;
  readonly kind?: DeadlineKind;
  readonly from?: Date;
  readonly to?: Date;
}

const OPEN = `d.status IN ('pending', 'fired')`;
const LATE = `(d.status = 'fired' OR (d.status = 'pending' AND d.due_at < statement_timestamp()))`;
const COLUMNS = `d.id, d.kind, d.record_id AS "recordId", d.case_id AS "caseId", d.org_id AS "orgId",
  owner_of(d.record_id, d.case_id, d.org_id) AS "ownerId", d.due_at AS "dueAt", d.status, d.version,
  (${LATE}) AS overdue, d.acknowledged_at AS "acknowledgedAt", d.acknowledged_by AS "acknowledgedBy"`;

const WHOSE: Readonly<Record<DeadlineScope, string>> = {
  // One's own, and those of whom one stands in for now.
  mine: `d.org_id = acting_org() AND owner_of(d.record_id, d.case_id, d.org_id) IN (
    SELECT acting_user() UNION SELECT s.user_id FROM stand_in s WHERE s.to_id = acting_user() AND s.org_id = acting_org()
       AND s.ended_at IS NULL AND s.from_at <= statement_timestamp() AND s.until > statement_timestamp())`,
  team: `owner_of(d.record_id, d.case_id, d.org_id) IN (SELECT m.user_id FROM member m JOIN member me ON me.team_id = m.team_id
    WHERE me.user_id = acting_user() AND me.org_id = acting_org() AND m.active)`,
  agency: 'd.org_id = acting_org()',
  partnership: 'true',
};
const STATE: Readonly<Record<DeadlineState, string>> = {
  open: OPEN,
  overdue: `${OPEN} AND ${LATE}`,
  ended: `d.status IN ('met', 'cancelled')`,
};

/** The soonest due first, or the latest when descending; of what has ended the latest first unless said otherwise. */
export function pagingOf(descending: boolean, limit: number, cursor: string | undefined): Paging {
  const keys = [
    { sql: 'd.due_at', type: 'timestamptz' },
    { sql: 'd.id', type: 'uuid' },
  ] as const;
  return new Paging({ name: descending ? 'due-desc' : 'due', keys, descending }, limit, cursor);
}

export async function deadlinesOf(tx: Tx, wanted: Wanted, paging: Paging): Promise<Page<Omit<Deadline, 'keys'>>> {
  const rows = await tx.query<Deadline & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM deadline d WHERE ${WHOSE[wanted.whose]} AND ${STATE[wanted.state]}
        AND ($1::text IS NULL OR d.kind = $1) AND ($2::timestamptz IS NULL OR d.due_at >= $2) AND ($3::timestamptz IS NULL OR d.due_at <= $3)
        AND ${paging.where(4)} ORDER BY ${paging.order()} LIMIT ${paging.limit + 1}`,
    [wanted.kind ?? null, wanted.from ?? null, wanted.to ?? null, ...paging.params],
  );
  return paging.page(rows);
}

/** How many there are like this, as far as the caller sees them, counted to one more than is told. */
export async function countDeadlines(tx: Tx, wanted: Wanted, atMost: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM deadline d WHERE ${WHOSE[wanted.whose]} AND ${STATE[wanted.state]}
        AND ($1::text IS NULL OR d.kind = $1) AND ($2::timestamptz IS NULL OR d.due_at >= $2) AND ($3::timestamptz IS NULL OR d.due_at <= $3)
      LIMIT ${atMost + 1}) x`,
    [wanted.kind ?? null, wanted.from ?? null, wanted.to ?? null],
  );
  return row!.n;
}

/** Held until the end of the unit of work. Throws NotFound when there is none that the caller may see. */
export async function lockedDeadline(tx: Tx, id: string): Promise<Deadline> {
  await tx.query('SELECT 1 FROM deadline WHERE id = $1 FOR UPDATE', [id], 'lock-deadline');
  const [row] = await tx.query<Deadline>(`SELECT ${COLUMNS} FROM deadline d WHERE d.id = $1`, [id], 'deadline');
  if (!row) throw new NotFound('deadline');
  return row;
}

export async function acknowledgeDeadline(tx: Tx, id: string): Promise<void> {
  await tx.execute(
    'UPDATE deadline SET acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1',
    [id, tx.now, tx.actor.id],
    'acknowledge-deadline',
  );
}

export const dueByAgency = (tx: Tx): Promise<{ orgId: string; kind: DeadlineKind; open: number; overdue: number }[]> =>
  tx.query('SELECT org_id AS "orgId", kind, open, overdue FROM due_by_agency()', [], 'due-by-agency');
