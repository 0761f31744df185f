import type { Tx } from '@concordat/messaging';
import type { FactsRow } from './retention.repository';

/** When a case's time is up, and by which rule of which pack. */
export interface Calculated extends Pick<FactsRow, 'caseId' | 'reference' | 'kind' | 'areaId' | 'leadOrg'> {
  readonly dueOn: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly pack: string;
  readonly moratorium: string | null;
}

/** Keeps what was calculated. A case that was put off to a later day stays put off. */
export async function keepCalculated(tx: Tx, rows: readonly Calculated[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `INSERT INTO retention AS k (case_id, reference, kind, area_id, lead_org, due_on, rule, rule_version, pack, moratorium, calculated_at)
     SELECT c."caseId", c.reference, c.kind, c."areaId", c."leadOrg", c."dueOn", c.rule, c."ruleVersion", c.pack, c.moratorium, $2
       FROM jsonb_to_recordset($1::jsonb) AS c("caseId" uuid, reference text, kind text, "areaId" uuid, "leadOrg" uuid, "dueOn" date,
              rule text, "ruleVersion" int, pack text, moratorium text)
     ON CONFLICT (case_id) DO UPDATE SET area_id = EXCLUDED.area_id, lead_org = EXCLUDED.lead_org,
       due_on = greatest(EXCLUDED.due_on, k.kept_until), rule = EXCLUDED.rule, rule_version = EXCLUDED.rule_version,
       pack = EXCLUDED.pack, moratorium = EXCLUDED.moratorium, calculated_at = EXCLUDED.calculated_at`,
    [JSON.stringify(rows), tx.now],
    'keep-calculated',
  );
}

/** As `keepCalculated`, of one case that is there and held. */
export async function recalculate(tx: Tx, c: Calculated): Promise<void> {
  await tx.execute(
    `UPDATE retention SET due_on = greatest($2::date, kept_until), rule = $3, rule_version = $4, pack = $5, moratorium = $6,
            lead_org = $7, calculated_at = $8 WHERE case_id = $1`,
    [c.caseId, c.dueOn, c.rule, c.ruleVersion, c.pack, c.moratorium, c.leadOrg, tx.now],
    'recalculate-retention',
  );
}

/**
 * Cases that were opened within the hour and are not calculated yet, that another pack decided, or that were calculated long ago: each is
 * looked for by an index, so that finding none costs nothing. Older ones that never were are found by a walk (`newCases`).
 */
export async function outdatedCases(tx: Tx, pack: string, atMost: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT case_id AS id FROM (
       (SELECT f.id AS case_id FROM case_file f WHERE f.opened_at > $3::timestamptz - interval '1 hour'
           AND NOT EXISTS (SELECT 1 FROM retention r WHERE r.case_id = f.id) LIMIT $2) UNION
       (SELECT case_id FROM retention WHERE pack < $1 ORDER BY pack LIMIT $2) UNION
       (SELECT case_id FROM retention WHERE pack > $1 ORDER BY pack LIMIT $2) UNION
       (SELECT case_id FROM retention WHERE calculated_at < $3::timestamptz - interval '30 days' ORDER BY calculated_at LIMIT $2)) k LIMIT $2`,
    [pack, atMost, tx.now],
    'outdated-cases',
  );
  return rows.map((r) => r.id);
}

/** How far a walk over cases has come, and which of those that it passed are to be calculated. */
export interface Passed<At> {
  readonly ids: string[];
  /** Null at the end. */
  readonly at: At | null;
}
export const FIRST_CASE = '00000000-0000-0000-0000-000000000000';

/** The next cases by their ids: which of them were never calculated. */
export async function newCases(tx: Tx, after: string, atOnce: number): Promise<Passed<string>> {
  const rows = await tx.query<{ id: string; new: boolean }>(
    `SELECT f.id, NOT EXISTS (SELECT 1 FROM retention k WHERE k.case_id = f.id) AS new
       FROM (SELECT id FROM case_file WHERE id > $1 ORDER BY id LIMIT $2) f ORDER BY f.id`,
    [after, atOnce],
    'new-cases',
  );
  return { ids: rows.flatMap((r) => (r.new ? [r.id] : [])), at: rows.length < atOnce ? null : rows.at(-1)!.id };
}

export interface DueAt {
  readonly dueOn: string;
  readonly id: string;
}
export const FIRST_DUE: DueAt = { dueOn: '-infinity', id: FIRST_CASE };

/**
 * The next cases whose time is up or soon will be: which of them were not calculated for an hour, because whatever was added to them
 * since has moved it.
 */
export async function dueCases(tx: Tx, soon: string, after: DueAt, atOnce: number): Promise<Passed<DueAt>> {
  const rows = await tx.query<{ id: string; dueOn: string; old: boolean }>(
    `SELECT case_id AS id, due_on::text AS "dueOn", calculated_at < $5::timestamptz - interval '1 hour' AS old
       FROM retention WHERE due_on <= $1::date AND (due_on, case_id) > ($2::date, $3::uuid) ORDER BY due_on, case_id LIMIT $4`,
    [soon, after.dueOn, after.id, atOnce, tx.now],
    'due-cases',
  );
  return { ids: rows.flatMap((r) => (r.old ? [r.id] : [])), at: rows.length < atOnce ? null : rows.at(-1)! };
}
