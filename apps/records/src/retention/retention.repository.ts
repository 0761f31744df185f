import { readReference, type RetentionStep, type RetentionView } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page } from '@concordat/platform';
import type { KeptPerson } from '../retention';
import type { ListRetentionDto } from './retention.dto';

/** How long a case is kept, as a queue shows it to those who do not see the case. */
export interface RetentionRow {
  readonly caseId: string;
  readonly version: number;
  readonly reference: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly dueOn: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly pack: string;
  readonly moratorium: string | null;
  readonly keptUntil: string | null;
  readonly state: 'kept' | 'proposed' | 'confirmed';
  readonly decisionId: string | null;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly holds: number;
}

/** What decides how long a case is kept, with what a queue shows of it. */
export interface FactsRow {
  readonly caseId: string;
  readonly reference: string;
  readonly kind: string;
  readonly areaId: string;
  readonly leadOrg: string;
  readonly openedAt: Date;
  readonly lastInvolvement: Date;
  readonly people: readonly (KeptPerson & { readonly id: string })[];
}

const COLUMNS = `k.case_id AS "caseId", k.version, k.reference, k.kind, k.area_id AS "areaId", k.lead_org AS "leadOrg", k.due_on::text AS "dueOn",
  k.rule, k.rule_version AS "ruleVersion", k.pack, k.moratorium, k.kept_until::text AS "keptUntil", k.state, k.decision_id AS "decisionId",
  k.proposed_by AS "proposedBy", k.proposed_at AS "proposedAt", k.confirmed_by AS "confirmedBy", k.confirmed_at AS "confirmedAt",
  (SELECT count(*)::int FROM retention_hold h WHERE h.case_id = k.case_id AND h.released_at IS NULL) AS holds`;
/** Whether something keeps a case whatever its rule says. */
const KEPT = `(k.moratorium IS NOT NULL
  OR EXISTS (SELECT 1 FROM retention_hold h WHERE h.case_id = k.case_id AND h.released_at IS NULL))`;
const DUE_FIRST = {
  keys: [
    { sql: 'k.due_on', type: 'date' },
    { sql: 'k.case_id', type: 'uuid' },
  ],
  descending: false,
} as const;

/** Cases of one view, whose time is up first at the top. Which of them the caller is told of is the database's policy. */
export async function retentionOf(
  tx: Tx,
  { view = 'due', reference, limit = 25, cursor }: ListRetentionDto,
  days: { readonly today: string; readonly soon: string },
): Promise<Page<RetentionRow> & { count: Count }> {
  const paging = new Paging({ name: `retention/${view}`, ...DUE_FIRST }, limit, cursor);
  const sought = reference === undefined ? null : (readReference(reference) ?? '');
  const given = [days.today, days.soon, sought];
  const where = `${VIEWS[view]} AND ($1::date, $2::date) IS NOT NULL AND ($3::text IS NULL OR k.reference = $3)`;
  const rows = await tx.query<RetentionRow & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM retention k WHERE ${where} AND ${paging.where(4)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...given, ...paging.params],
  );
  const [counted] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM retention k WHERE ${where} LIMIT ${COUNTED + 1}) counted`,
    given,
  );
  return { ...paging.page(rows), count: countOf(counted!.n) };
}

const VIEWS: Readonly<Record<RetentionView, string>> = {
  due: `k.due_on <= $1 AND k.state = 'kept' AND NOT ${KEPT}`,
  soon: `k.due_on > $1 AND k.due_on <= $2 AND k.state = 'kept' AND NOT ${KEPT}`,
  proposed: `k.state = 'proposed'`,
  confirmed: `k.state = 'confirmed'`,
  held: KEPT,
  all: 'true',
};

/** One case's keeping, if the caller is told of it; held to the end of the unit when it is to be changed. */
export async function retentionById(tx: Tx, caseId: string, change = false): Promise<RetentionRow | undefined> {
  const [row] = await tx.query<RetentionRow & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM retention k WHERE k.case_id = $1 ${change ? 'FOR UPDATE OF k' : ''}`,
    [caseId],
    change ? 'retention-for-change' : 'retention-by-id',
  );
  return row;
}

/** How many requests about anybody in a case, for what is held about them, are not answered yet. */
export async function openRequestsAbout(tx: Tx, caseId: string): Promise<number> {
  const [row] = await tx.query<{ n: number }>('SELECT requests_open_about($1) AS n', [caseId], 'open-requests-about');
  return row!.n;
}

/** A hold of a case, released or not. */
export interface HoldRow {
  readonly id: string;
  readonly reason: string;
  readonly since: Date;
  readonly by: string;
  readonly orgId: string;
  readonly releasedAt: Date | null;
  readonly releasedBy: string | null;
  readonly releasedOrg: string | null;
  readonly releaseReason: string | null;
}

export const holdsOf = (tx: Tx, caseId: string): Promise<HoldRow[]> =>
  tx.query<HoldRow & Record<string, unknown>>(
    `SELECT id, reason, since, by_id AS by, org_id AS "orgId", released_at AS "releasedAt", released_by AS "releasedBy",
            released_org AS "releasedOrg", release_reason AS "releaseReason"
       FROM retention_hold WHERE case_id = $1 ORDER BY released_at IS NOT NULL, since DESC, id`,
    [caseId],
    'holds-of-case',
  );

export async function placeHold(tx: Tx, caseId: string, id: string, reason: string): Promise<void> {
  await tx.execute(
    'INSERT INTO retention_hold (id, case_id, reason, since, by_id, org_id) VALUES ($1, $2, $3, $4, $5, $6)',
    [id, caseId, reason, tx.now, tx.actor.id, tx.actor.orgId],
    'place-hold',
  );
}

/** Releases a hold; false when it was released already. */
export async function releaseHold(tx: Tx, id: string, reason: string): Promise<boolean> {
  const released = await tx.execute(
    `UPDATE retention_hold SET released_at = $2, released_by = $3, released_org = $4, release_reason = $5
      WHERE id = $1 AND released_at IS NULL`,
    [id, tx.now, tx.actor.id, tx.actor.orgId, reason],
    'release-hold',
  );
  return released === 1;
}

/** Something that was decided of a case, and why. */
export interface StepRow {
  readonly at: Date;
  readonly what: RetentionStep;
  readonly reason: string | null;
  readonly until: string | null;
  readonly by: string;
  readonly orgId: string | null;
}

export const stepsOf = (tx: Tx, caseId: string): Promise<StepRow[]> =>
  tx.query<StepRow & Record<string, unknown>>(
    `SELECT at, what, reason, until::text AS until, by_id AS by, org_id AS "orgId" FROM retention_step WHERE case_id = $1
      ORDER BY seq DESC`,
    [caseId],
    'retention-steps',
  );

export async function keepRetentionStep(
  tx: Tx,
  caseId: string,
  { what, reason = null, until = null }: { what: RetentionStep; reason?: string | null; until?: string | null },
): Promise<void> {
  await tx.execute(
    'INSERT INTO retention_step (case_id, at, what, reason, until, by_id, org_id) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [caseId, tx.now, what, reason, until, tx.actor.id, tx.actor.orgId],
    'keep-retention-step',
  );
}

/** What of the keeping of a case a decision changes. */
export interface Changed {
  readonly state: RetentionRow['state'];
  readonly dueOn?: string;
  readonly keptUntil?: string | null;
  readonly decisionId?: string | null;
  readonly proposedBy?: string | null;
  readonly proposedAt?: Date | null;
  readonly confirmedBy?: string | null;
  readonly confirmedAt?: Date | null;
}

/** Keeps a decision, under the next version. What is not given of a proposal is taken back. */
export async function changeRetention(tx: Tx, row: RetentionRow, to: Changed): Promise<number> {
  await tx.execute(
    `UPDATE retention SET version = version + 1, state = $2, due_on = coalesce($3, due_on), kept_until = $4, decision_id = $5, proposed_by = $6,
            proposed_at = $7, confirmed_by = $8, confirmed_at = $9 WHERE case_id = $1`,
    [
      ...[row.caseId, to.state, to.dueOn ?? null, to.keptUntil === undefined ? row.keptUntil : to.keptUntil],
      ...[to.decisionId ?? null, to.proposedBy ?? null, to.proposedAt ?? null],
      ...[to.confirmedBy ?? null, to.confirmedAt ?? null],
    ],
    'change-retention',
  );
  return row.version + 1;
}

export const factsOfCases = (tx: Tx, caseIds: readonly string[]): Promise<FactsRow[]> =>
  tx.query<FactsRow & Record<string, unknown>>(
    `SELECT case_id AS "caseId", reference, kind, area_id AS "areaId", lead_org AS "leadOrg", opened_at AS "openedAt",
            last_involvement AS "lastInvolvement", people FROM keeping_facts($1)`,
    [caseIds],
    'keeping-facts',
  );
