import * as fc from 'fast-check';
import { jaroWinkler, oneSlipApart, soundCode } from './similarity';

describe('likeness of words', () => {
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
    ['jones', 'johnson', 0.832],
    ['abc', 'xyz', 0],
    ['', 'x', 0],
  ])('%s and %s: %d, as Winkler’s tables have it', (a, b, likeness) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(likeness, 3);
  });

  it('is symmetric, between 0 and 1, and 1 for the same', () => {
    const word = fc.stringMatching(/^[a-e]{0,9}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        const likeness = jaroWinkler(a, b);
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness).toBeLessThanOrEqual(1);
        expect(jaroWinkler(b, a)).toBeCloseTo(likeness, 10);
        expect(oneSlipApart(a, b)).toBe(oneSlipApart(b, a));
      }),
    );
  });

  it.each([
    ['ashgrove', 'ashgrov', true],
    ['ashgrove', 'ashgorve', true],
    ['ashgrove', 'axhgrove', true],
    ['ashgrove', 'ashgroove', true],
    ['ashgrove', 'ashgrove', false],
    ['ashgrove', 'axhgrov', false],
    ['ab', 'ba', true],
    ['abcd', 'badc', false],
  ])('%s and %s are one slip apart: %s', (a, b, apart) => {
    expect(oneSlipApart(a, b)).toBe(apart);
  });

  it('gives words that sound alike one code', () => {
    expect(soundCode('catherine')).toBe(soundCode('katharine'));
    expect(soundCode('smith')).toBe(soundCode('smyth'));
    expect(soundCode('ashcroft')).toBe(soundCode('ashcraft'));
    expect(soundCode('evans')).not.toBe(soundCode('jones'));
  });
});
