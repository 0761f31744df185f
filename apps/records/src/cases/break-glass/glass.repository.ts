import { isId, readReference } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { COUNTED, countOf, Paging, type Count, type Page } from '@concordat/platform';
import type { ListGlassDto } from './break-glass.dto';

/** What a notice of an emergency opening says, and what its review found. */
export interface GlassUse {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  readonly reference: string;
  readonly leadOrg: string;
  readonly areaId: string;
  /** Whether the case was open to named staff only then. */
  readonly restricted: boolean;
  readonly userId: string;
  readonly orgId: string;
  readonly refused: boolean;
  readonly ground: string | null;
  readonly reason: string | null;
  readonly since: Date;
  readonly until: Date | null;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
  readonly reviewNote: string | null;
  readonly reviewedAt: Date | null;
  readonly reviewedBy: string | null;
  readonly reviewedOrg: string | null;
}

const COLUMNS = `g.id, g.version, g.case_id AS "caseId", g.reference, g.lead_org AS "leadOrg", g.area_id AS "areaId", g.restricted,
  g.user_id AS "userId", g.org_id AS "orgId", g.refused, g.ground, g.reason, g.since, g.until, g.ended_at AS "endedAt", g.outcome,
  g.review_note AS "reviewNote", g.reviewed_at AS "reviewedAt", g.reviewed_by AS "reviewedBy", g.reviewed_org AS "reviewedOrg"`;

/** The case behind a reference or an id, for whoever holds it: no more of it than a notice says. */
export async function caseBehind(
  tx: Tx,
  held: string,
): Promise<{ id: string; reference: string; leadOrg: string; areaId: string; restricted: boolean } | undefined> {
  const [row] = await tx.query<{ id: string; reference: string; leadOrg: string; areaId: string; restricted: boolean }>(
    'SELECT id, reference, lead_org AS "leadOrg", area_id AS "areaId", restricted FROM case_behind($1, $2)',
    [readReference(held), isId(held) ? held : null],
    'case-behind',
  );
  return row;
}

/** Counts one more attempt of somebody's, and those that they have made within the hour. What is older is forgotten. */
export async function countAttempt(tx: Tx, userId: string): Promise<{ count: number; oldestSecondsAgo: number }> {
  await tx.execute("DELETE FROM glass_attempt WHERE at < clock_timestamp() - interval '1 hour'");
  await tx.execute('INSERT INTO glass_attempt (user_id, at) VALUES ($1, clock_timestamp())', [userId]);
  const [row] = await tx.query<{ count: number; oldestSecondsAgo: number }>(
    `SELECT count(*)::int AS count, extract(epoch FROM clock_timestamp() - min(at))::float8 AS "oldestSecondsAgo"
       FROM glass_attempt WHERE user_id = $1 AND at > clock_timestamp() - interval '1 hour'`,
    [userId],
    'glass-attempts',
  );
  return row!;
}

export async function keepUse(
  tx: Tx,
  use: Omit<GlassUse, 'version' | `review${string}` | 'outcome' | 'endedAt' | 'since'> & { readonly pack: string },
): Promise<void> {
  await tx.execute(
    `INSERT INTO break_glass (id, case_id, reference, lead_org, area_id, restricted, user_id, org_id, refused, ground, reason, pack, since, until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[use.id, use.caseId, use.reference, use.leadOrg, use.areaId, use.restricted, use.userId, use.orgId],
      ...[use.refused, use.ground, use.reason, use.pack, tx.now, use.until],
    ],
    'keep-glass-use',
  );
}

export async function useById(tx: Tx, id: string): Promise<GlassUse | undefined> {
  const [row] = await tx.query<GlassUse & Record<string, unknown>>(
    `SELECT ${COLUMNS} FROM break_glass g WHERE g.id = $1`,
    [id],
    'glass-use-by-id',
  );
  return row;
}

/** Uses that the caller is told of, newest first: which those are, is the database's policy. */
export async function usesOf(
  tx: Tx,
  { state, limit = 25, cursor }: ListGlassDto,
): Promise<Page<GlassUse> & { count: Count }> {
  const where = state ? STATES[state] : 'true';
  const paging = new Paging({ name: `glass/${state ?? 'all'}`, keys: KEYS, descending: true }, limit, cursor);
  const rows = await tx.query<GlassUse & { keys: string[] }>(
    `SELECT ${COLUMNS}, ${paging.keys()} FROM break_glass g WHERE ${where} AND ${paging.where(1)} ORDER BY ${paging.order()} LIMIT ${limit + 1}`,
    [...paging.params],
  );
  const [counted] = await tx.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT 1 FROM break_glass g WHERE ${where} LIMIT ${COUNTED + 1}) counted`,
  );
  return { ...paging.page(rows), count: countOf(counted!.n) };
}

const KEYS = [
  { sql: 'g.since', type: 'timestamptz' },
  { sql: 'g.id', type: 'uuid' },
] as const;
const STATES: Readonly<Record<NonNullable<ListGlassDto['state']>, string>> = {
  'to-review': 'NOT g.refused AND g.reviewed_at IS NULL',
  reviewed: 'g.reviewed_at IS NOT NULL',
  refused: 'g.refused',
};

export async function keepReview(tx: Tx, id: string, outcome: string, note: string): Promise<number> {
  return tx.execute(
    `UPDATE break_glass SET version = version + 1, outcome = $2, review_note = $3, reviewed_at = $4, reviewed_by = $5, reviewed_org = $6
      WHERE id = $1 AND reviewed_at IS NULL`,
    [id, outcome, note, tx.now, tx.actor.id, tx.actor.orgId],
    'keep-glass-review',
  );
}

/** Uses whose time is up and whose end is not on record yet, the oldest first. */
export const endedUses = (tx: Tx): Promise<{ id: string }[]> =>
  tx.query(
    'SELECT id FROM break_glass WHERE until <= clock_timestamp() AND ended_at IS NULL ORDER BY until LIMIT 100',
    [],
    'ended-glass-uses',
  );

/** Puts the end of a use on record; undefined when it was already, or is not yet. */
export async function endUse(tx: Tx, id: string): Promise<{ caseId: string } | undefined> {
  const [row] = await tx.query<{ caseId: string }>(
    'UPDATE break_glass SET ended_at = until WHERE id = $1 AND until <= clock_timestamp() AND ended_at IS NULL RETURNING case_id AS "caseId"',
    [id],
    'end-glass-use',
  );
  return row;
}
