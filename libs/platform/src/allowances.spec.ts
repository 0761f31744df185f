import { Allowances } from './allowances';
import { TooMany } from './errors';

describe('allowances of whoever asks the API', () => {
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
    const allowances = new Allowances('client', 2);
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

  it('of people are named so, and counted apart from those of clients', () => {
    const [clients, people] = [new Allowances('client', 1), new Allowances('person', 3)];
    expect(asked(clients, 'a', 1_000).headers['ratelimit-policy']).toBe('"client";q=1;w=60');
    expect(asked(people, 'a', 1_000).headers).toEqual({
      'ratelimit-policy': '"person";q=3;w=60',
      ratelimit: '"person";r=2;t=60',
    });
  });
});
