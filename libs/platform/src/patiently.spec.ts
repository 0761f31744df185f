import { patiently } from './patiently';

describe('a first connection', () => {
  const failing = (message: string, times: number) => {
    let tried = 0;
    return {
      connect: () => (++tried > times ? Promise.resolve('in') : Promise.reject(new Error(message))),
      tries: () => tried,
    };
  };

  it('is tried again while the server takes its time, six times at most', async () => {
    const slow = failing('timeout expired', 5);
    expect(await patiently(slow.connect)).toBe('in');
    const never = failing('Connection terminated due to connection timeout', 100);
    await expect(patiently(never.connect)).rejects.toThrow('timeout');
    expect([slow.tries(), never.tries()]).toEqual([6, 6]);
  });

  it('is not tried again when the server refuses', async () => {
    const refused = failing('password authentication failed', 1);
    await expect(patiently(refused.connect)).rejects.toThrow('password');
    expect(refused.tries()).toBe(1);
  });
});
