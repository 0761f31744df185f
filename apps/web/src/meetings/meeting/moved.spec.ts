import * as fc from 'fast-check';
import { moved } from './moved';

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
});
