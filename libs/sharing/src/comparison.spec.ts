import fc from 'fast-check';
import type { Agreement } from './agreement';
import { compareAgreements, type SectionChange } from './comparison';
import { contentHashOf } from './content-hash';
import { example, unsignedExample } from './worked.testing';

const base = unsignedExample;
const [f1, f2] = base.flows as [Agreement['flows'][number], Agreement['flows'][number]];
const compared = (change: Partial<Agreement>) => compareAgreements(base, { ...base, version: '2.0.0', ...change });

describe('what changed between two versions', () => {
  it('is nothing when only signatures, dates of parties and the number differ', () => {
    expect(compareAgreements(base, { ...example, version: '1.3.0' })).toEqual([]);
  });

  it('is told of the agreement itself, and of the parts that are no lists', () => {
    expect(
      compared({ expiresOn: '2028-03-31', apdRefs: ['APD-2', 'APD-1'], breach: { ...base.breach, icoWithinH: 48 } }),
    ).toEqual([
      {
        section: 'about',
        rows: [],
        changes: expect.arrayContaining([
          { path: 'expiresOn', before: '2027-03-31', after: '2028-03-31' },
          { path: 'apdRefs', before: ['APD-1'], after: ['APD-1', 'APD-2'] },
        ]),
      },
      { section: 'breach', rows: [], changes: [{ path: 'icoWithinH', before: 72, after: 48 }] },
    ]);
  });

  it('is told row by row: what is new, what is gone and what differs in what stayed', () => {
    const changed = compared({
      flows: [
        { ...f2, to: ['POL1'], minimisationRule: 'Score only' },
        { ...f1, id: 'F3' },
      ],
      parties: base.parties.filter((p) => p.orgId !== 'VCS1'),
    });
    expect(changed.map((s) => [s.section, s.rows.map((r) => `${r.what} ${r.row}`)])).toEqual([
      ['parties', ['removed VCS1']],
      ['flows', ['removed F1', 'changed F2', 'added F3']],
    ]);
    expect(changed[1]!.rows[1]!.changes).toEqual([
      { path: 'to', before: ['LA1', 'POL1'], after: ['POL1'] },
      { path: 'minimisationRule', before: undefined, after: 'Score only' },
    ]);
    expect(changed[1]!.rows[2]!.changes).toContainEqual({ path: 'maxRecipients', before: undefined, after: 3 });
    expect(changed[0]!.rows[0]!.changes).toContainEqual({
      path: 'signatory.name',
      before: 'Signatory',
      after: undefined,
    });
  });

  it('does not call another order a change, though the content hash is another', () => {
    const turned = { ...base, flows: [f2, { ...f1, items: [...f1.items].reverse() }] };
    expect(compareAgreements(base, turned)).toEqual([]);
    expect(contentHashOf(turned)).not.toBe(contentHashOf(base));
  });

  it('reads the same from either side, and finds whatever is changed', () => {
    const code = fc.constantFrom('NAME', 'DASH', 'HEALTH', 'CONV', 'FIN');
    const flow = fc.record({
      ...{ id: fc.constantFrom('F1', 'F2', 'F3', 'F4'), items: fc.uniqueArray(code, { minLength: 1 }) },
      ...{ maxRecipients: fc.integer({ min: 1, max: 9 }), outsideMeetingAllowed: fc.boolean() },
    });
    const agreements = fc
      .record({
        flows: fc.uniqueArray(flow, { selector: (f) => f.id }),
        title: fc.constantFrom('One', 'Two'),
        icoWithinH: fc.integer({ min: 1, max: 72 }),
      })
      .map(({ flows, title, icoWithinH }): Agreement => ({
        ...{ ...base, title, breach: { ...base.breach, icoWithinH } },
        flows: flows.map((each) => ({ ...f1, ...each })),
      }));
    const turned = { added: 'removed', removed: 'added', changed: 'changed' } as const;
    const mirrored = (sections: readonly SectionChange[]) =>
      sections.map((s) => ({
        ...s,
        changes: s.changes.map((c) => ({ ...c, before: c.after, after: c.before })),
        rows: s.rows.map((r) => ({
          ...{ row: r.row, what: turned[r.what] },
          changes: r.changes.map((c) => ({ ...c, before: c.after, after: c.before })),
        })),
      }));
    const ordered = (sections: readonly SectionChange[]) =>
      sections.map((s) => ({ ...s, rows: [...s.rows].sort((a, b) => a.row.localeCompare(b.row)) }));
    const sorted = (a: Agreement) =>
      contentHashOf({
        ...a,
        flows: [...a.flows].sort((x, y) => x.id.localeCompare(y.id)).map((f) => ({ ...f, items: [...f.items].sort() })),
      });
    fc.assert(
      fc.property(agreements, agreements, (a, b) => {
        const forth = compareAgreements(a, b);
        expect(ordered(mirrored(compareAgreements(b, a)))).toEqual(ordered(forth));
        expect(forth.length === 0).toBe(sorted(a) === sorted(b));
      }),
    );
  });
});
