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
 * Cases to be calculated: new ones; those that another pack, or long ago, decided; and, each hour, those whose time is up or
 * soon will be, because whatever was added to them since has moved it.
 */
export async function casesToCalculate(tx: Tx, pack: string, soon: string, atMost: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `(SELECT f.id FROM case_file f WHERE NOT EXISTS (SELECT 1 FROM retention k WHERE k.case_id = f.id) LIMIT $3)
      UNION ALL
     (SELECT k.case_id FROM retention k
       WHERE k.pack <> $1 OR k.calculated_at < $4::timestamptz - interval '30 days'
          OR (k.due_on <= $2::date AND k.calculated_at < $4::timestamptz - interval '1 hour')
       ORDER BY k.calculated_at LIMIT $3)`,
    [pack, soon, atMost, tx.now],
    'cases-to-calculate',
  );
  return rows.map((r) => r.id);
}
