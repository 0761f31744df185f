/** A key that tokens are signed with, as far as its age matters. */
export interface AgedKey {
  readonly id: string;
  readonly madeAt: Date;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
export const KEY_DAYS = 90;

/** Whether another key is due. `keys` newest first. */
export const isDue = (keys: readonly AgedKey[], now: Date): boolean =>
  !keys[0] || now.getTime() - keys[0].madeAt.getTime() >= KEY_DAYS * DAY_MS;

/**
 * The key to sign with: the newest that has been published for a minute, because whoever checks asks for unknown keys every
 * few seconds at most; the very first at once. `keys` newest first, not empty.
 */
export const signingKey = <T extends AgedKey>(keys: readonly T[], now: Date): T =>
  keys.find((key) => now.getTime() - key.madeAt.getTime() >= MINUTE_MS) ?? keys.at(-1)!;

/** The keys that tokens in use may be signed with: the newest, and each whose successor is not a day old. */
export const publishedKeys = <T extends AgedKey>(keys: readonly T[], now: Date): T[] =>
  keys.filter((_, i) => i === 0 || now.getTime() - keys[i - 1]!.madeAt.getTime() < DAY_MS);
