import { Attempts, FAILURES, LOCKED_MS } from './attempts';

const fail = (attempts: Attempts, account: string, times: number, at: number): void => {
  for (let i = 0; i < times; i++) attempts.failed(account, at);
};

describe('Attempts (REC-4)', () => {
  it('locks an account at the sixth failure, for a minute from then', () => {
    const attempts = new Attempts();
    fail(attempts, 'mallory', FAILURES - 1, 0);
    expect(attempts.lockedFor('mallory', 0)).toBe(0);
    attempts.failed('mallory', 1_000);
    expect(attempts.lockedFor('mallory', 1_000)).toBe(60);
    expect(attempts.lockedFor('mallory', 60_500)).toBe(1);
    expect(attempts.lockedFor('mallory', 1_000 + LOCKED_MS)).toBe(0);
  });

  it('starts afresh after the lock, after a success, and when failures are a minute apart', () => {
    const attempts = new Attempts();
    fail(attempts, 'a', FAILURES, 0);
    attempts.lockedFor('a', LOCKED_MS);
    fail(attempts, 'a', FAILURES - 1, LOCKED_MS);
    expect(attempts.lockedFor('a', LOCKED_MS)).toBe(0);

    fail(attempts, 'b', FAILURES - 1, 0);
    attempts.succeeded('b');
    attempts.failed('b', 0);
    expect(attempts.lockedFor('b', 0)).toBe(0);

    for (let i = 0; i < 2 * FAILURES; i++) attempts.failed('c', i * LOCKED_MS);
    expect(attempts.lockedFor('c', (2 * FAILURES - 1) * LOCKED_MS)).toBe(0);
  });

  it('locks no other account, and forgets the oldest of very many', () => {
    const attempts = new Attempts();
    fail(attempts, 'a', FAILURES, 0);
    expect(attempts.lockedFor('b', 0)).toBe(0);
    for (let i = 0; i < 1_000; i++) attempts.failed(`n${i}`, 1);
    expect(attempts.lockedFor('a', 1)).toBe(0);
  });
});
