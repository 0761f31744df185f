import { Allowances } from './allowances';
import { TooMany } from './errors';

describe('allowances of API clients', () => {
  const asked = (allowances: Allowances, client: string, now: number) => {
    const headers: Record<string, string> = {};
    const reply = { header: (name: string, value: string) => void (headers[name] = value) } as never;
    try {
      allowances.take(client, reply, now);
      return { headers, refused: null };
    } catch (error) {
      return { headers, refused: error as TooMany };
    }
  };

  it('tell what is left, refuse what is too much, say when to come back, and begin again then', () => {
    const allowances = new Allowances(2);
    expect(asked(allowances, 'a', 1_000).headers).toEqual({
      'ratelimit-policy': '"client";q=2;w=60',
      ratelimit: '"client";r=1;t=60',
    });
    expect(asked(allowances, 'a', 31_500).headers['ratelimit']).toBe('"client";r=0;t=30');
    const refused = asked(allowances, 'a', 31_600);
    expect(refused.refused).toBeInstanceOf(TooMany);
    expect(refused.refused?.details).toEqual({ retryAfterSeconds: 30 });
    expect(refused.headers['ratelimit']).toBe('"client";r=0;t=30');
    expect(asked(allowances, 'b', 31_700).refused).toBeNull();
    expect(asked(allowances, 'a', 60_999).refused).not.toBeNull();
    expect(asked(allowances, 'a', 61_000).refused).toBeNull();
  });
});
