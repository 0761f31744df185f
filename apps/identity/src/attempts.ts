/** How many sign-ins an account may fail before it is locked, and for how long (acceptance.md REC-4). */
export const FAILURES = 6;
export const LOCKED_MS = 60_000;
const REMEMBERED = 1_000;

/**
 * Failed sign-ins by account name, known or not: an unknown account is locked just as a known one is, so that a lock tells
 * nobody which names exist. Pure: time is an argument. Bounded: the account that failed longest ago is forgotten first.
 */
export class Attempts {
  private readonly failures = new Map<string, { count: number; lastAt: number }>();

  /** Seconds until `account` may try again; 0 when it may now. */
  lockedFor(account: string, now: number): number {
    const failed = this.failures.get(account);
    if (!failed || failed.count < FAILURES) return 0;
    const left = failed.lastAt + LOCKED_MS - now;
    if (left > 0) return Math.ceil(left / 1000);
    this.failures.delete(account);
    return 0;
  }

  /** Counts a failure. Failures more than a minute apart do not add up. */
  failed(account: string, now: number): void {
    const before = this.failures.get(account);
    this.failures.delete(account);
    const count = before && now - before.lastAt < LOCKED_MS ? before.count + 1 : 1;
    this.failures.set(account, { count, lastAt: now });
    if (this.failures.size > REMEMBERED) this.failures.delete(this.failures.keys().next().value!);
  }

  succeeded(account: string): void {
    this.failures.delete(account);
  }
}
