import { ByHeart } from './by-heart';

describe('what is kept by heart', () => {
  it('is known while the transaction that made it runs, and after it has committed', () => {
    const kept = new ByHeart<number>(10);
    kept.propose('a', 1);
    expect(kept.get('a')).toBe(1);
    kept.settle();
    expect(kept.get('a')).toBe(1);
  });

  it('is gone with a transaction that was rolled back', () => {
    const kept = new ByHeart<number>(10);
    kept.learn('a', 1);
    kept.propose('b', 2);
    kept.forget();
    expect([kept.get('a'), kept.get('b')]).toEqual([1, undefined]);
  });

  it('is bounded, but never in the middle of a transaction', () => {
    const kept = new ByHeart<number>(10);
    for (let i = 0; i < 100; i++) kept.propose(String(i), i);
    expect(kept.get('0')).toBe(0);
    kept.settle();
    expect(kept.get('0')).toBeUndefined();
  });

  it('is forgotten when somebody else may have changed it', () => {
    const kept = new ByHeart<number>(10);
    kept.learn('a', 1);
    kept.propose('b', 2);
    kept.clear();
    expect([kept.get('a'), kept.get('b')]).toEqual([undefined, undefined]);
  });
});
