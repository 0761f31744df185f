import { SignInAgain } from '@concordat/contracts';

const SECOND = 1_000;
/** How far the identity provider's clock may be ahead of ours. */
const AHEAD_MS = 60 * SECOND;

/**
 * demandFresh throws SignInAgain unless whoever acts proved who they are within so many minutes of `now`. A screen that was
 * left open signs nothing in somebody's name. A time that nobody tells, or that is still to come, counts as too long ago. Pure.
 */
export function demandFresh(signedInAt: number | null | undefined, now: Date, minutes: number): void {
  if (!isFresh(signedInAt, now, minutes)) throw new SignInAgain(minutes * 60);
}

/** As `demandFresh`, for what is refused by a rule that says more than that. Pure. */
export function isFresh(signedInAt: number | null | undefined, now: Date, minutes: number): boolean {
  const age = now.getTime() - (signedInAt ?? -Infinity);
  return age <= minutes * 60 * SECOND && age >= -AHEAD_MS;
}
