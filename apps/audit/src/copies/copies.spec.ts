import { copyName } from './copy-name';
import { isName } from './write-once';

describe('the name of a copy', () => {
  it('puts the largest checkpoint first, and tells two of the same size apart', () => {
    const names = [0n, 9n, 10n, 123_456n, (1n << 63n) - 1n].map((size) => copyName(size, 'note'));
    expect([...names].sort()).toEqual([...names].reverse());
    expect(copyName(7n, 'one')).not.toBe(copyName(7n, 'another'));
    expect(names.every(isName)).toBe(true);
    expect(copyName(10n, 'note')).toContain('-10-');
  });

  it.each(['../x', 'checkpoint', `${copyName(7n, 'x')}.part`, ''])('is not %p', (name) =>
    expect(isName(name)).toBe(false),
  );
});
