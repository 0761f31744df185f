/** How often something was done in the present window. */
export interface Hits {
  readonly count: number;
  /** Whole seconds until the window ends and counting starts again; at least 1. */
  readonly resetSeconds: number;
}

/**
 * What may be forgotten: web sessions, rate-limit counters and live updates (docs/decisions/0009). Redis where services
 * run apart, PostgreSQL in the one process. Nothing may be kept here that would be missed.
 *
 * - A value MUST be readable from any process on the same store at once after `set` resolves, until its time is up.
 * - `replace` MUST not bring back what another call removes at the same time.
 * - `hit` MUST count every call once, however many come together.
 * - `publish` reaches whoever is subscribed at that moment, at most once; the order is that of one publisher.
 *   A message lost with a connection is not repeated.
 * - Every method rejects while the store cannot be reached. Whether that refuses the request is the caller's to say.
 */
export abstract class Ephemeral {
  /** The value kept under `kind` and `key`; null when there is none or its time is up. */
  abstract get(kind: string, key: string): Promise<string | null>;
  /** Keeps `value` for `seconds` from now, in the place of what was there. */
  abstract set(kind: string, key: string, value: string, seconds: number): Promise<void>;
  /** As `set`, where something is kept whose time is not up; false, and nothing is kept, where there is not. */
  abstract replace(kind: string, key: string, value: string, seconds: number): Promise<boolean>;
  /** As `set`, and `among` finds it by its kind. A kind MUST be small: all of it is read at once. */
  abstract setAmong(kind: string, key: string, value: string, seconds: number): Promise<void>;
  /** Every value of a kind that was kept by `setAmong`, in no order. */
  abstract among(kind: string): Promise<readonly string[]>;
  /** As `get`, and removes the value: of several callers at once, one gets it. */
  abstract take(kind: string, key: string): Promise<string | null>;
  abstract remove(kind: string, key: string): Promise<void>;
  /** Counts one more of `key` in a fixed window of `seconds` that begins with its first hit. */
  abstract hit(key: string, seconds: number): Promise<Hits>;
  /** Tells every process. `message` MUST be small (under 4 kB) and free of personal data. */
  abstract publish(channel: string, message: string): Promise<void>;
  /** Resolves when messages are being received; the function that it gives ends that. */
  abstract subscribe(channel: string, heard: (message: string) => void): Promise<() => Promise<void>>;
  abstract close(): Promise<void>;
}
