import * as fc from 'fast-check';
import { moved, orderAsked } from './moved';

describe('an agenda in another order', () => {
  it('has one case a place earlier or later, and loses none', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.uuid(), { minLength: 1 }),
        fc.nat(),
        fc.constantFrom(-1 as const, 1 as const),
        (ids, n, by) => {
          expect([...moved(ids, ids[n % ids.length]!, by)].sort()).toEqual([...ids].sort());
        },
      ),
    );
  });

  it('is the one that rows were dragged to, or has one case at its top', () => {
    const ids = ['a', 'b', 'c'];
    expect(orderAsked(ids, { order: ['c', 'a', 'b'] })).toEqual(['c', 'a', 'b']);
    expect(orderAsked(ids, { order: [], top: 'c' })).toEqual(['c', 'a', 'b']);
    expect(orderAsked(ids, { order: [], up: 'c' })).toEqual(['a', 'c', 'b']);
    expect(orderAsked(ids, { order: [], down: 'a' })).toEqual(['b', 'a', 'c']);
    // What is not on it moves nothing, and a step asks for no order.
    expect([orderAsked(ids, { order: [], top: 'x' }), orderAsked(ids, { order: [] })]).toEqual([ids, null]);
  });
});
