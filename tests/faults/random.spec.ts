import { Random } from './random';

const drawn = (random: Random): number[] => Array.from({ length: 20 }, () => random.next());

describe('Random', () => {
  it('gives the same for the same seed and something else for another', () => {
    expect(drawn(new Random(7))).toEqual(drawn(new Random(7)));
    expect(drawn(new Random(7))).not.toEqual(drawn(new Random(8)));
  });

  it('has forks that do not depend on what was drawn before', () => {
    const used = new Random(7);
    drawn(used);
    expect(drawn(used.fork('load'))).toEqual(drawn(new Random(7).fork('load')));
    expect(drawn(used.fork('load'))).not.toEqual(drawn(used.fork('faults')));
  });

  it('stays within bounds, reaches both ends and keeps what it shuffles', () => {
    const random = new Random(1);
    const seen = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
    expect(random.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(() => random.pick([])).toThrow('nothing to pick');
  });

  it('follows weights', () => {
    const random = new Random(3);
    const counted = { often: 0, seldom: 0, never: 0 };
    for (let i = 0; i < 2_000; i++) counted[random.weighted({ often: 9, seldom: 1, never: 0 })]++;
    expect(counted.never).toBe(0);
    expect(counted.often / counted.seldom).toBeGreaterThan(5);
  });
});
