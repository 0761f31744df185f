import type { HappeningKind, Role } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { Happening, Reach } from './happening';

/** Somebody who was told, with the row that tells them. */
export interface ToldPerson extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
  readonly orgId: string;
}

interface Reached extends Record<string, unknown> {
  readonly userId: string;
  readonly orgId: string;
}

/** Of which of the happenings that were asked about. */
type Nth<T> = T & { readonly n: number };

/**
 * Whom happenings reach now, by their place in the list. Whether they may hear of it is asked when they look and when something goes out
 * to them, not here: who takes part in a case may be heard later than what happened in it.
 */
export async function reachedBy(
  tx: Tx,
  happenings: readonly Happening[],
  rolesOf: (kind: HappeningKind) => readonly Role[],
): Promise<Nth<Reached>[]> {
  const all = happenings.map((happening, n) => ({ ...happening, n }));
  const ofAgency = all.flatMap((h) => ('people' in h.reach ? [] : [{ ...h, reach: h.reach }]));
  const named = all.flatMap((h) => ('people' in h.reach ? [{ n: h.n, reach: h.reach }] : []));
  const reached: Nth<Reached>[] = [];
  for (const { n, reach } of named) reached.push(...(await namedFor(tx, reach)).map((each) => ({ ...each, n })));
  if (ofAgency.length === 0) return reached;
  const found = await tx.query<Nth<Reached>>(
    `WITH asked AS (
       SELECT i.*, coalesce(i.named, owner_of(i.record_id, i.case_id, i.org)) AS who
         FROM unnest($1::int[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[]) AS i(n, named, record_id, case_id, org, by_id, roles)),
     reached AS (
       SELECT a.*, coalesce((SELECT s.to_id FROM stand_in s WHERE s.user_id = a.who AND s.org_id = a.org AND s.ended_at IS NULL
                          AND s.from_at <= clock_timestamp() AND s.until > clock_timestamp() ORDER BY s.from_at DESC LIMIT 1), a.who) AS whom
         FROM asked a),
     known AS (
       SELECT r.*, EXISTS (SELECT 1 FROM member x WHERE x.user_id = r.whom AND x.org_id = r.org AND x.active) AS is_known FROM reached r)
     SELECT k.n, m.user_id AS "userId", m.org_id AS "orgId" FROM known k JOIN member m ON m.org_id = k.org
      WHERE m.active AND m.user_id IS DISTINCT FROM k.by_id
        AND CASE WHEN k.is_known THEN m.user_id = k.whom ELSE m.may_receive AND m.roles && string_to_array(k.roles, ',') END
      ORDER BY k.n, m.user_id`,
    [
      ...[ofAgency.map(({ n }) => n), ofAgency.map(({ reach }) => reach.named)],
      ...[ofAgency.map(({ recordId }) => recordId), ofAgency.map(({ caseId }) => caseId)],
      ...[ofAgency.map(({ reach }) => reach.orgId), ofAgency.map(({ byId }) => byId)],
      ofAgency.map(({ reach, kind }) => (reach.orRoles ? rolesOf(kind).join(',') : '')),
    ],
    'reached-by-happenings',
  );
  return [...reached, ...found];
}

const namedFor = (tx: Tx, { people, orgs }: Extract<Reach, { people: readonly string[] }>): Promise<Reached[]> =>
  tx.query(
    `SELECT user_id AS "userId", org_id AS "orgId" FROM member
      WHERE active AND user_id = ANY ($1::uuid[]) AND org_id = ANY ($2::uuid[]) ORDER BY user_id, org_id`,
    [people, orgs],
    'named-for-happening',
  );

/**
 * One to each about a record, of which there is one among the happenings. What happened before something that they were told of it
 * already is not told; those who were.
 */
export async function tellOf(
  tx: Tx,
  happenings: readonly (Happening & { readonly time: Date })[],
  reached: readonly Nth<Reached>[],
): Promise<Nth<ToldPerson>[]> {
  const rows = reached.map((each) => ({ ...each, of: happenings[each.n]! }));
  const told = await tx.query<ToldPerson & { recordId: string }>(
    `INSERT INTO happening AS h (id, user_id, org_id, kind, record_id, case_id, at, happened_at, times, told_at)
     SELECT gen_random_uuid(), t.who, t.org, t.kind, t.record_id, t.case_id, t.at, t.happened_at, 1, $8
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[])
         AS t(who, org, kind, record_id, case_id, at, happened_at)
     ON CONFLICT (user_id, org_id, record_id) DO UPDATE
       SET kind = EXCLUDED.kind, case_id = EXCLUDED.case_id, at = EXCLUDED.at, happened_at = EXCLUDED.happened_at, times = h.times + 1,
           told_at = $8, read_at = NULL, ended_at = NULL
     WHERE h.happened_at < EXCLUDED.happened_at
     RETURNING h.id, h.user_id AS "userId", h.org_id AS "orgId", h.record_id AS "recordId"`,
    [
      ...[rows.map((r) => r.userId), rows.map((r) => r.orgId), rows.map((r) => r.of.kind)],
      ...[rows.map((r) => r.of.recordId), rows.map((r) => r.of.caseId), rows.map((r) => r.of.at)],
      ...[rows.map((r) => r.of.time), tx.now],
    ],
    'tell-of-happenings',
  );
  return told.map(({ recordId, ...each }) => ({ ...each, n: happenings.findIndex((h) => h.recordId === recordId) }));
}

/** What was told of records, of some kinds and until then, wants nobody any more but `except`. Of each record once. */
export async function settleHappenings(
  tx: Tx,
  settled: readonly {
    readonly recordId: string;
    readonly kinds: readonly HappeningKind[];
    readonly except: string | null;
    readonly time: Date;
  }[],
): Promise<void> {
  await tx.execute(
    `UPDATE happening h SET ended_at = $5 FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[]) AS s(record_id, kinds, spared, until)
      WHERE h.record_id = s.record_id AND h.kind = ANY (string_to_array(s.kinds, ',')) AND h.user_id IS DISTINCT FROM s.spared
        AND h.ended_at IS NULL AND h.happened_at <= s.until`,
    [
      ...[settled.map(({ recordId }) => recordId), settled.map(({ kinds }) => kinds.join(','))],
      ...[settled.map(({ except }) => except), settled.map(({ time }) => time), tx.now],
    ],
    'settle-happenings',
  );
}

/** Takes away what is kept of these records, and of the cases among them. */
export async function eraseHappenings(tx: Tx, records: readonly string[]): Promise<void> {
  await tx.execute(
    'DELETE FROM happening WHERE record_id = ANY ($1) OR case_id = ANY ($1)',
    [records],
    'erase-happenings',
  );
}
