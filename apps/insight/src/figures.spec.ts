import type { Shown } from '@concordat/figures';
import fc from 'fast-check';
import { shownOf, systemOf, type Counted, type CountedSubject } from './figures';
import { financialYearOf, isOver, periodOf, periodsOn, yearBefore } from './period';
import { plans, subjects, type Plan } from './plan';

const LIMIT = 5;
const pair = (now: number, before = 0): Counted => ({ now, before });
const small = (shown: Shown | null, value: number): boolean => value === 0 || value >= LIMIT || shown === 'few';

/** A count of a subject whose tables agree with each other: as many records, each of a row of every table. */
function subjectOf(plan: Plan, records: readonly (readonly number[])[]): CountedSubject {
  const totals: Record<string, Counted> = {};
  const tables: Record<string, Record<string, Counted>> = Object.fromEntries(plan.tables.map(({ code }) => [code, {}]));
  const add = (to: Record<string, Counted>, key: string): void => void (to[key] = pair((to[key]?.now ?? 0) + 1));
  records.forEach((record) => {
    for (const { code } of plan.totals) add(totals, code);
    const rowOf = (code: string): string => {
      const at = plan.tables.findIndex((table) => table.code === code);
      const { order } = plan.tables[at]!;
      return order ? order[record[at]! % order.length]! : `r${record[at]}`;
    };
    for (const { code, only } of plan.tables) {
      if (!only) add(tables[code]!, rowOf(code));
      else if (only.codes.includes(rowOf(only.table))) add(tables[code]!, rowOf(only.within));
    }
  });
  return { totals, tables };
}

describe('what is shown of a subject', () => {
  const records = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 5, maxLength: 5 }), { maxLength: 60 });

  it.each(subjects.filter((subject) => !plans[subject].exact))(
    '%s: no small number, and a system of sums that is true',
    (subject) => {
      const plan = plans[subject];
      fc.assert(
        fc.property(records, (all) => {
          const counted = subjectOf(plan, all);
          const { cells, sums } = systemOf(plan, plan.tables, counted, 'now');
          const of = new Map(cells.map((cell) => [cell.id, cell.value]));
          for (const sum of sums) expect(sum.parts.reduce((n, id) => n + of.get(id)!, 0)).toBe(of.get(sum.total));
          const shown = shownOf(plan, counted, LIMIT, true);
          for (const { code, now } of shown.totals) expect(small(now, counted.totals[code]?.now ?? 0)).toBe(true);
          for (const table of shown.tables)
            for (const { code, now } of table.rows ?? []) {
              expect(small(now, counted.tables[table.code]![code]?.now ?? 0)).toBe(true);
              if (typeof now === 'number') expect(now % LIMIT).toBe(0);
            }
        }),
        { numRuns: 40 },
      );
    },
  );

  it('hides beside a small number what would tell of it, and rounds the others', () => {
    const { referrals: plan } = plans;
    const shown = shownOf(
      { ...plan, tables: plan.tables.slice(0, 1) },
      { totals: { referrals: pair(33) }, tables: { pathway: { a: pair(3), b: pair(8), c: pair(22) } } },
      ...[LIMIT, true],
    );
    expect(shown).toEqual({
      totals: [{ code: 'referrals', now: 35, before: 0, change: null }],
      tables: [
        {
          code: 'pathway',
          rows: [
            { code: 'c', now: 20, before: 0, change: null },
            { code: 'b', now: 'hidden', before: 0, change: null },
            { code: 'a', now: 'few', before: 0, change: null },
          ],
        },
      ],
    });
  });

  it('leaves a table out whole where even what it hides could be calculated', () => {
    const { referrals: plan } = plans;
    const rows = { a: pair(1), b: pair(1), c: pair(1), d: pair(1) };
    const shown = shownOf(
      { ...plan, tables: plan.tables.slice(0, 1) },
      { totals: { referrals: pair(4) }, tables: { pathway: rows } },
      ...[LIMIT, true],
    );
    // Four rows of at least one, and a total below five: each would be known to be one.
    expect(shown).toEqual({
      totals: [{ code: 'referrals', now: 'few', before: 0, change: null }],
      tables: [{ code: 'pathway', rows: null }],
    });
  });

  it('says a change from what is shown, and none of a period that is not over', () => {
    const counted = { totals: { offered: pair(31, 20) }, tables: { state: {}, agency: {} } };
    const [over, running] = [true, false].map(
      (compares) => shownOf(plans['hand-overs'], counted, LIMIT, compares).totals[0],
    );
    expect([over, running]).toMatchObject([
      { now: 30, before: 20, change: 50 },
      { now: 30, before: 20, change: null },
    ]);
  });

  it('shows documents as they are', () => {
    const counted = {
      totals: { all: pair(2), due: pair(1) },
      tables: { due: { review: pair(1) }, owner: {}, status: {} },
    };
    const shown = shownOf(plans.agreements, counted, LIMIT, true);
    expect(shown.totals.map(({ now, before }) => [now, before])).toEqual([
      ...[
        [2, null],
        [1, null],
      ],
    ]);
    expect(shown.tables[0]!.rows!.map(({ code, now }) => [code, now])).toEqual([
      ...[
        ['review-overdue', 0],
        ['review', 1],
        ['expiry', 0],
      ],
    ]);
  });
});

describe('periods', () => {
  it('are quarters and financial years, beside the same a year before', () => {
    expect(periodOf('2026')).toEqual({
      code: '2026',
      title: 'April 2026 to March 2027',
      from: '2026-04-01',
      to: '2027-03-31',
    });
    expect(periodOf('2027-Q1')).toMatchObject({ title: 'January to March 2027', from: '2027-01-01', to: '2027-03-31' });
    expect(['2026', '2027-Q1'].map((code) => yearBefore(periodOf(code)).code)).toEqual(['2025', '2026-Q1']);
    expect(['2026-03-31', '2026-04-01'].map(financialYearOf)).toEqual(['2025', '2026']);
    expect(['2026-06-30', '2026-07-01'].map((day) => isOver(periodOf('2026-Q2'), day))).toEqual([false, true]);
    expect(periodsOn('2026-11-29').map(({ code }) => code)).toEqual([
      ...[
        '2026',
        '2025',
        '2024',
        '2026-Q4',
        '2026-Q3',
        '2026-Q2',
        '2026-Q1',
        '2025-Q4',
        '2025-Q3',
        '2025-Q2',
        '2025-Q1',
      ],
    ]);
  });
});
