import { inventory, packDifferences, partDifferences, standingOn, type PackDocument } from './inventory';
import type { PackContents } from './types';

const kind = (version: number, effectiveFrom: string, more: object = {}) => ({
  ...{ code: 'rapid', version, effectiveFrom, source: 'Statute', clocks: [{ code: 'notify', value: 5 }], ...more },
});
const contents = (...reviewKinds: object[]): PackContents =>
  ({
    manifest: { id: 'place', version: '1.0.0' },
    forums: [{ code: 'marac', title: 'MARAC' }],
    reasons: { redirect: [{ code: 'a' }], decline: [] },
    rights: { version: 2, effectiveFrom: '2024-01-01', source: 'Statute', verified: false },
    reviewKinds,
  }) as unknown as PackContents;

describe('what a pack holds', () => {
  const two = inventory(contents(kind(1, '2024-01-01'), kind(2, '2025-01-01')));
  const version = (n: number): PackDocument => two.find((d) => d.kind === 'reviewKinds' && d.version === n)!;

  it('is every document with its version, and each list that has none', () => {
    expect(two.map(({ kind: k, code, version: v }) => [k, code, v])).toEqual([
      ...[
        ['forums', '', null],
        ['reasons', 'redirect', null],
        ['reasons', 'decline', null],
        ['rights', '', 2],
      ],
      ...[
        ['reviewKinds', 'rapid', 1],
        ['reviewKinds', 'rapid', 2],
      ],
    ]);
    expect(two.find((d) => d.kind === 'rights')).toMatchObject({ verified: false, source: 'Statute' });
    const of = { ...contents(), forumKinds: [{ forum: 'marac', version: 1 }] } as unknown as PackContents;
    expect(inventory(of).at(-1)).toMatchObject({ code: 'marac', title: 'MARAC' });
  });

  it('stands as its days say: not yet, in force, replaced by a newer one, ended', () => {
    expect([1, 2].map((n) => standingOn(version(n), two, '2024-06-01'))).toEqual(['in-force', 'not-yet']);
    expect([1, 2].map((n) => standingOn(version(n), two, '2025-01-01'))).toEqual(['replaced', 'in-force']);
    const ended = inventory(contents(kind(1, '2024-01-01', { effectiveTo: '2024-12-31' })));
    const last = ended.at(-1)!;
    expect(['2024-12-31', '2025-01-01'].map((day) => standingOn(last, ended, day))).toEqual(['in-force', 'ended']);
    expect(standingOn(two[0]!, two, '2020-01-01')).toBe('in-force');
  });

  it('differs from another by what was added, changed under its own version, or is gone', () => {
    const one = inventory(contents(kind(1, '2024-01-01')));
    expect(packDifferences(one, two)).toEqual([{ kind: 'reviewKinds', code: 'rapid', version: 2, how: 'added' }]);
    expect(packDifferences(two, one)).toEqual([{ kind: 'reviewKinds', code: 'rapid', version: 2, how: 'gone' }]);
    const other = inventory(contents(kind(1, '2024-01-01', { clocks: [] })));
    expect(packDifferences(one, other)).toMatchObject([{ version: 1, how: 'changed' }]);
    expect(packDifferences(two, two)).toEqual([]);
  });
});

describe('what a version changed of the one before', () => {
  it('is told by part and by the code of an item, never by the day and number that a version has for itself', () => {
    const clocks = (...values: [string, number][]) => ({ clocks: values.map(([code, value]) => ({ code, value })) });
    const before = kind(1, '2024-01-01', { ...clocks(['notify', 5], ['decide', 30]), title: 'A' });
    const after = kind(2, '2025-01-01', { ...clocks(['notify', 10], ['publish', 90]), panel: {} });
    expect(partDifferences(before, after)).toEqual([
      { part: 'clocks', item: 'notify', how: 'changed' },
      { part: 'clocks', item: 'decide', how: 'gone' },
      { part: 'clocks', item: 'publish', how: 'added' },
      { part: 'title', item: null, how: 'gone' },
      { part: 'panel', item: null, how: 'added' },
    ]);
    expect(partDifferences({ list: ['a', 'b'] }, { list: ['b', 'a'] })).toEqual([
      { part: 'list', item: null, how: 'changed' },
    ]);
    const turned = [{ code: 'a' }, { code: 'b' }];
    expect(partDifferences({ list: turned }, { list: [...turned].reverse() })).toEqual([
      { part: 'list', item: null, how: 'changed' },
    ]);
  });
});
