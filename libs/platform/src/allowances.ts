import type { FastifyReply } from 'fastify';
import { TooMany } from './errors';

const WINDOW_SECONDS = 60;
const REMEMBERED = 10_000;

/**
 * How often each API client, or each person, may ask this process: so many requests in a minute, counted in windows that begin
 * with the first request of whoever asks. What pages ask for a person counts for that person. Every answer says what is left (draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy`,
 * `RateLimit`), a refusal when to come back (`Retry-After`). Counted in memory: each process has an allowance of its own.
 */
export class Allowances {
  private readonly windows = new Map<string, { used: number; endsAt: number }>();

  /** `of` is the name of the policy in the headers: whose requests are counted together. */
  constructor(
    private readonly of: 'client' | 'person',
    private readonly perMinute: number,
  ) {}

  /** take counts one request of `who` at `now` (milliseconds) and sets the headers. Throws TooMany beyond the allowance. */
  take(who: string, reply: Pick<FastifyReply, 'header'>, now: number): void {
    const window = this.windowOf(who, now);
    window.used++;
    const resetSeconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const left = Math.max(0, this.perMinute - window.used);
    void reply.header('ratelimit-policy', `"${this.of}";q=${this.perMinute};w=${WINDOW_SECONDS}`);
    void reply.header('ratelimit', `"${this.of}";r=${left};t=${resetSeconds}`);
    if (window.used > this.perMinute)
      throw new TooMany('request.too-many', 'This was asked too often in a minute. Wait as long as Retry-After says', {
        retryAfterSeconds: resetSeconds,
      });
  }

  private windowOf(who: string, now: number): { used: number; endsAt: number } {
    const known = this.windows.get(who);
    if (known && known.endsAt > now) return known;
    this.windows.delete(who);
    if (this.windows.size >= REMEMBERED) this.windows.delete(this.windows.keys().next().value!);
    const fresh = { used: 0, endsAt: now + WINDOW_SECONDS * 1000 };
    this.windows.set(who, fresh);
    return fresh;
  }
}
