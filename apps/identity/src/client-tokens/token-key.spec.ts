import { isDue, publishedKeys, signingKey } from './token-key';

const at = (time: string) => new Date(`2026-${time}Z`);
const [old, next] = [
  { id: 'old', madeAt: at('01-01T00:00:00') },
  { id: 'next', madeAt: at('04-01T00:00:00') },
];

describe('keys that tokens are signed with', () => {
  it('are replaced after ninety days', () => {
    expect(isDue([], at('01-01T00:00:00'))).toBe(true);
    expect(isDue([old], at('03-31T23:59:59'))).toBe(false);
    expect(isDue([old], at('04-01T00:00:00'))).toBe(true);
    expect(isDue([next, old], at('04-01T00:00:01'))).toBe(false);
  });

  it('sign once they have been published for a minute; the first at once', () => {
    expect(signingKey([old], at('01-01T00:00:00')).id).toBe('old');
    expect(signingKey([next, old], at('04-01T00:00:59')).id).toBe('old');
    expect(signingKey([next, old], at('04-01T00:01:00')).id).toBe('next');
  });

  it('are published as long as a token of theirs can be in use', () => {
    expect(publishedKeys([next, old], at('04-01T23:59:59')).map((k) => k.id)).toEqual(['next', 'old']);
    expect(publishedKeys([next, old], at('04-02T00:00:00')).map((k) => k.id)).toEqual(['next']);
  });
});
