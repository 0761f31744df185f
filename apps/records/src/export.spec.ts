import { isStrongPassword, stepExport } from './export';

describe('an export', () => {
  it.each(['short-1!', 'aaaaaaaaaaaaaaaa', 'Password-of-mine-77', 'my concordat file 9', '1234567890abcdef'])(
    'EXP-2: is not protected by %j',
    (password) => {
      expect(isStrongPassword(password)).toBe(false);
    },
  );

  it('EXP-2: is protected by a long one of many characters', () => {
    expect(isStrongPassword('seven herons by a cold weir')).toBe(true);
  });

  it('is cancelled while it runs and removed once it is done, and not otherwise', () => {
    expect(stepExport('running', 'cancel')).toBe('cancelled');
    expect(stepExport('done', 'remove')).toBe('removed');
    for (const state of ['cancelled', 'failed', 'expired', 'removed'] as const)
      for (const step of ['cancel', 'remove'] as const) expect(() => stepExport(state, step)).toThrow('not open');
    expect(() => stepExport('done', 'cancel')).toThrow('not open');
  });
});
