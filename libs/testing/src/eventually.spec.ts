import { eventually } from './eventually';

describe('eventually', () => {
  it('answers with the first value that is not false', async () => {
    let tries = 0;
    expect(await eventually(() => ++tries > 2 && tries, { everyMs: 1 })).toBe(3);
  });

  it('accepts an assertion that returns nothing', async () => {
    let tries = 0;
    await eventually(() => expect(++tries).toBe(2), { everyMs: 1 });
    expect(tries).toBe(2);
  });

  it('fails with the last failure', async () => {
    const never = eventually(() => Promise.reject(new Error('still empty')), { timeoutMs: 10, everyMs: 1 });
    await expect(never).rejects.toThrow('not within 10 ms: still empty');
    await expect(eventually(() => false, { timeoutMs: 5, everyMs: 1 })).rejects.toThrow('not within 5 ms');
  });
});
