import type { Tx } from '@concordat/messaging';
import type { Counted, CountedSubject } from '../figures';
import { after, type Period } from '../period';
import type { Dimension, Filter, Plan, TablePlan } from '../plan';

export type Chosen = Readonly<Partial<Record<Filter, string>>>;
export interface Asked {
  readonly period: Period;
  readonly before: Period;
  /** The civil day by which an open action is overdue. */
  readonly today: string;
  readonly chosen: Chosen;
}

/** An open action whose day is past is overdue. That is never stored: it follows from the day. */
const CODE = `CASE WHEN t.measure = 'action' AND t.code = 'open' AND t.day < $2 THEN 'overdue' ELSE t.code END`;
const COLUMNS: Readonly<Record<Dimension, string>> = { area: 't.area', kind: 't.kind', agency: 't.agency', code: CODE };

/** The rows of one table, in a period and in the one before. Those of which there were none in either are left out. */
async function rowsOf(tx: Tx, table: TablePlan, always: boolean, asked: Asked): Promise<Record<string, Counted>> {
  const { period, before, today, chosen } = asked;
  const [now, then] = always
    ? ['true', 'false']
    : ['t.day >= $3::date AND t.day < $4::date', 't.day >= $5::date AND t.day < $6::date'];
  const rows = await tx.query<Counted & { row: string }>(
    `SELECT ${COLUMNS[table.by]} AS row, coalesce(sum(t.n) FILTER (WHERE ${now}), 0)::int AS now,
            coalesce(sum(t.n) FILTER (WHERE ${then}), 0)::int AS before
       FROM tally t
      WHERE t.generation = (SELECT g.number FROM generation g WHERE NOT g.filling) AND t.measure = $1
        AND ((${now}) OR (${then})) AND $3::date IS NOT NULL AND $4::date IS NOT NULL AND $5::date IS NOT NULL AND $6::date IS NOT NULL
        AND ($2::date IS NOT NULL) AND ($7::text IS NULL OR t.area = $7) AND ($8::text IS NULL OR t.agency = $8) AND ($9::text IS NULL OR t.kind = $9)
        AND ($10::text[] IS NULL OR ${CODE} = ANY ($10))
      GROUP BY 1`,
    [
      ...[table.measure, today, period.from, after(period), before.from, after(before)],
      ...[chosen.area ?? null, chosen.agency ?? null, chosen.kind ?? null, table.only?.codes ?? null],
    ],
  );
  return Object.fromEntries(rows.map(({ row, now: n, before: b }) => [row, { now: n, before: b }]));
}

/** What was counted of a subject, as far as it is asked about: a total is the sum of the first table that parts it. */
export async function countedOf(tx: Tx, plan: Plan, asked: Asked): Promise<CountedSubject> {
  const tables: Record<string, Record<string, Counted>> = {};
  for (const table of plan.tables) {
    const always = plan.totals.find(({ code }) => code === table.of)?.always ?? false;
    tables[table.code] = await rowsOf(tx, table, always, asked);
  }
  const totals = plan.totals.map(({ code }) => {
    const rows = Object.values(tables[plan.tables.find((table) => table.of === code && !table.only)!.code]!);
    const sum = (of: (row: Counted) => number): number => rows.reduce((all, row) => all + of(row), 0);
    return [code, { now: sum((row) => row.now), before: sum((row) => row.before) }] as const;
  });
  return { totals: Object.fromEntries(totals), tables };
}
