import type { DeadlineKind, DeadlineStatus, RungRecipient } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { FOR_ROLES, type Duty } from './deadline';
import type { TimedRung } from './ladder';

const AT_ONCE = 200;
/** Later than a sweep can explain (events.md D3). */
const LATE_SECONDS = 60;

interface Known extends Record<string, unknown> {
  readonly id: string;
  readonly orgId: string;
  readonly dueAt: Date;
  readonly status: DeadlineStatus;
}

/** What the register has of a duty already. */
export async function knownDeadline(tx: Tx, { kind, recordId }: Duty): Promise<Known | undefined> {
  const [row] = await tx.query<Known>(
    'SELECT id, org_id AS "orgId", due_at AS "dueAt", status FROM deadline WHERE kind = $1 AND record_id = $2',
    [kind, recordId],
    'known-deadline',
  );
  return row;
}

/** Writes a duty as pending, anew when it is there already: what was said and told of it before is over. Returns its version. */
export async function keepDeadline(tx: Tx, id: string, duty: Duty, rule: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `INSERT INTO deadline AS d (id, kind, record_id, case_id, org_id, for_roles, due_at, status, version, rule)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'pending', 1, $8)
     ON CONFLICT (kind, record_id) DO UPDATE SET case_id = $4, org_id = $5, due_at = $7, status = 'pending', version = d.version + 1,
       rule = $8, fired_at = NULL, ended_at = NULL, acknowledged_at = NULL, acknowledged_by = NULL
     RETURNING version`,
    [id, duty.kind, duty.recordId, duty.caseId, duty.orgId, FOR_ROLES[duty.kind], duty.dueAt, rule],
    'keep-deadline',
  );
  return row!.version;
}

/** Writes the rungs of a deadline in the place of those that it had. */
export async function keepRungs(tx: Tx, id: string, version: number, rungs: readonly TimedRung[]): Promise<void> {
  await tx.execute('DELETE FROM deadline_rung WHERE deadline_id = $1', [id], 'drop-rungs');
  await tx.execute(
    `INSERT INTO deadline_rung (deadline_id, version, n, to_whom, roles, at, even_acknowledged)
     SELECT $1, $2, r.n, r."to", ARRAY(SELECT jsonb_array_elements_text(r.roles)), r.at, r."evenIfAcknowledged"
       FROM jsonb_to_recordset($3::jsonb) AS r(n int, "to" text, roles jsonb, at timestamptz, "evenIfAcknowledged" boolean)`,
    [id, version, JSON.stringify(rungs.map((rung, i) => ({ ...rung, n: i + 1 })))],
    'keep-rungs',
  );
}

/** Ends what is open of a record; nobody is told of it any more. */
export async function endDeadlines(
  tx: Tx,
  recordId: string,
  kinds: readonly DeadlineKind[],
  as: 'met' | 'cancelled',
): Promise<void> {
  await tx.execute(
    `WITH ended AS (
       UPDATE deadline SET status = $3, ended_at = $4 WHERE record_id = $1 AND kind = ANY ($2) AND status IN ('pending', 'fired') RETURNING id)
     DELETE FROM deadline_rung r USING ended WHERE r.deadline_id = ended.id`,
    [recordId, kinds, as, tx.now],
    'end-deadlines',
  );
}

export async function keepOwner(tx: Tx, recordId: string, orgId: string, userId: string | null): Promise<void> {
  if (userId === null)
    await tx.execute('DELETE FROM record_owner WHERE record_id = $1 AND org_id = $2', [recordId, orgId], 'drop-owner');
  else
    await tx.execute(
      `INSERT INTO record_owner (record_id, org_id, user_id) VALUES ($1, $2, $3)
       ON CONFLICT (record_id, org_id) DO UPDATE SET user_id = $3`,
      [recordId, orgId, userId],
      'keep-owner',
    );
}

/** Takes away all that is kept of a case. Done again it does nothing. */
export async function eraseDeadlines(tx: Tx, caseId: string): Promise<void> {
  await tx.execute(
    'DELETE FROM record_owner WHERE record_id = $1 OR record_id IN (SELECT record_id FROM deadline WHERE case_id = $1)',
    [caseId],
    'erase-owners',
  );
  await tx.execute(
    'DELETE FROM deadline_rung WHERE deadline_id IN (SELECT id FROM deadline WHERE case_id = $1)',
    [caseId],
    'erase-rungs',
  );
  await tx.execute('DELETE FROM deadline WHERE case_id = $1', [caseId], 'erase-deadlines');
  await tx.execute('DELETE FROM case_access WHERE case_id = $1', [caseId], 'erase-case-access');
}

export interface Fired extends Record<string, unknown> {
  readonly id: string;
  readonly kind: DeadlineKind;
  readonly recordId: string;
  readonly caseId: string | null;
  readonly orgId: string;
  readonly dueAt: Date;
  readonly version: number;
  readonly rule: string;
}
const FIRED = `d.id, d.kind, d.record_id AS "recordId", d.case_id AS "caseId", d.org_id AS "orgId", d.due_at AS "dueAt", d.version, d.rule`;

/** fire takes a deadline that is due, once, by the database's clock; undefined when there is none such any more (events.md D2). */
export async function fireDeadline(tx: Tx, id: string, version: number): Promise<Fired | undefined> {
  const [row] = await tx.query<Fired>(
    `UPDATE deadline d SET status = 'fired', fired_at = clock_timestamp()
      WHERE d.id = $1 AND d.version = $2 AND d.status = 'pending' AND d.due_at <= clock_timestamp() RETURNING ${FIRED}`,
    [id, version],
    'fire-deadline',
  );
  return row;
}

export interface Climbed extends Fired {
  readonly n: number;
  readonly to: RungRecipient;
  readonly roles: readonly string[];
}
const STILL = `d.status IN ('pending', 'fired') AND d.version = r.version AND (r.even_acknowledged OR d.acknowledged_at IS NULL)`;

/** climb takes a rung whose time has come, once, while its deadline is open and nobody sees to it. */
export async function climbRung(tx: Tx, id: string, n: number): Promise<Climbed | undefined> {
  const [row] = await tx.query<Climbed>(
    `UPDATE deadline_rung r SET status = 'fired', fired_at = clock_timestamp() FROM deadline d
      WHERE r.deadline_id = $1 AND r.n = $2 AND d.id = r.deadline_id AND r.status = 'pending' AND r.at <= clock_timestamp() AND ${STILL}
     RETURNING ${FIRED}, r.n, r.to_whom AS "to", r.roles`,
    [id, n],
    'climb-rung',
  );
  return row;
}

/** Deadlines that are due, the longest first, but for those that somebody is just firing (events.md D3). */
export const dueDeadlines = (tx: Tx): Promise<{ id: string; version: number }[]> =>
  tx.query(
    `SELECT id, version FROM deadline WHERE status = 'pending' AND due_at <= clock_timestamp()
      ORDER BY due_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED`,
    [],
    'due-deadlines',
  );

/** Rungs whose time has come. */
export const dueRungs = (tx: Tx): Promise<{ id: string; n: number }[]> =>
  tx.query(
    `SELECT r.deadline_id AS id, r.n FROM deadline_rung r JOIN deadline d ON d.id = r.deadline_id
      WHERE r.status = 'pending' AND r.at <= clock_timestamp() AND ${STILL} ORDER BY r.at LIMIT ${AT_ONCE} FOR UPDATE OF r SKIP LOCKED`,
    [],
    'due-rungs',
  );

/** Notes that the sweep went round, and answers how many deadlines are later than it can explain. */
export async function beat(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ late: number }>(
    `INSERT INTO sweep_heartbeat (at, late) SELECT clock_timestamp(), count(*)::int FROM deadline
      WHERE status = 'pending' AND due_at <= clock_timestamp() - interval '${LATE_SECONDS} seconds'
     ON CONFLICT (one) DO UPDATE SET at = EXCLUDED.at, late = EXCLUDED.late RETURNING late`,
    [],
    'sweep-heartbeat',
  );
  return row!.late;
}
