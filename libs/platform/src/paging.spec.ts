import { Invalid } from '@concordat/contracts';
import { countOf, Paging, type Sorting } from './paging';

const ID = 'd22cacf3-000b-4ccb-b1fc-23e09b777df1';
const sorting: Sorting = {
  name: '-received',
  keys: [
    { sql: 'r.received_at', type: 'timestamptz' },
    { sql: 'r.id', type: 'uuid' },
  ],
  descending: true,
};
const row = (n: number) => ({ n, keys: [`2026-11-24 10:00:0${n}+00`, ID] });

describe('paging', () => {
  it('begins at the beginning', () => {
    const first = new Paging(sorting, 2, undefined);
    expect([first.where(5), first.order(), first.params]).toEqual(['true', 'r.received_at DESC, r.id DESC', []]);
    expect(first.page([row(3), row(2), row(1)])).toEqual({
      items: [{ n: 3 }, { n: 2 }],
      next: expect.any(String),
      previous: null,
    });
    expect(first.page([])).toEqual({ items: [], next: null, previous: null });
  });

  it('goes on after what was last, and back before what was first', () => {
    const { next } = new Paging(sorting, 1, undefined).page([row(3), row(2)]);
    const second = new Paging(sorting, 1, next!);
    expect(second.where(5)).toBe('(r.received_at, r.id) < ($5::timestamptz, $6::uuid)');
    expect(second.params).toEqual(row(3).keys);
    const { previous } = second.page([row(2), row(1)]);
    const back = new Paging(sorting, 1, previous!);
    expect(back.where(1, ['x', 'y'])).toBe('(x, y) > ($1::timestamptz, $2::uuid)');
    expect(back.order()).toBe('r.received_at ASC, r.id ASC');
    expect(back.page([row(3)])).toMatchObject({ items: [{ n: 3 }], previous: null, next: expect.any(String) });
  });

  it.each([
    'nonsense',
    '',
    Buffer.from('{}').toString('base64url'),
    ...[
      ['-due', 'next', row(1).keys[0], ID],
      ['-received', 'sideways', row(1).keys[0], ID],
      ['-received', 'next', row(1).keys[0]],
      ['-received', 'next', 'yesterday', ID],
      ['-received', 'next', row(1).keys[0], "' OR true"],
      ['-received', 'next', 5, ID],
    ].map((cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')),
  ])('does not take %s for a cursor of its own', (cursor) => {
    expect(() => new Paging(sorting, 1, cursor)).toThrow(Invalid);
  });

  it('counts honestly', () => {
    expect([countOf(0), countOf(1_000), countOf(1_001)]).toEqual([
      { value: 0, more: false },
      { value: 1_000, more: false },
      { value: 1_000, more: true },
    ]);
  });
});
