import type { FastifyReply } from 'fastify';
import { TooMany } from './errors';

const WINDOW_SECONDS = 60;
const REMEMBERED = 10_000;

/**
 * How often each API client may ask this process: so many requests in a minute, counted in windows that begin with a
 * client's first request. Every answer says what is left (draft-ietf-httpapi-ratelimit-headers-10: `RateLimit-Policy`,
 * `RateLimit`), a refusal when to come back (`Retry-After`). Counted in memory: each process has an allowance of its own.
 */
export class Allowances {
  private readonly windows = new Map<string, { used: number; endsAt: number }>();

  constructor(private readonly perMinute: number) {}

  /** take counts one request of `client` at `now` (milliseconds) and sets the headers. Throws TooMany beyond the allowance. */
  take(client: string, reply: Pick<FastifyReply, 'header'>, now: number): void {
    const window = this.windowOf(client, now);
    window.used++;
    const resetSeconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    const left = Math.max(0, this.perMinute - window.used);
    void reply.header('ratelimit-policy', `"client";q=${this.perMinute};w=${WINDOW_SECONDS}`);
    void reply.header('ratelimit', `"client";r=${left};t=${resetSeconds}`);
    if (window.used > this.perMinute)
      throw new TooMany('request.too-many', 'This client has asked too often. Wait as long as Retry-After says', {
        retryAfterSeconds: resetSeconds,
      });
  }

  private windowOf(client: string, now: number): { used: number; endsAt: number } {
    const known = this.windows.get(client);
    if (known && known.endsAt > now) return known;
    this.windows.delete(client);
    if (this.windows.size >= REMEMBERED) this.windows.delete(this.windows.keys().next().value!);
    const fresh = { used: 0, endsAt: now + WINDOW_SECONDS * 1000 };
    this.windows.set(client, fresh);
    return fresh;
  }
}
