import { SignInAgain } from '@concordat/contracts';

const SECOND = 1_000;
/** How far the identity provider's clock may be ahead of ours. */
const AHEAD_MS = 60 * SECOND;

/**
 * demandFresh throws SignInAgain unless whoever acts proved who they are within so many minutes of `now`. A screen that was
 * left open signs nothing in somebody's name. A time that nobody tells, or that is still to come, counts as too long ago. Pure.
 */
export function demandFresh(signedInAt: number | null | undefined, now: Date, minutes: number): void {
  const age = now.getTime() - (signedInAt ?? -Infinity);
  if (!(age <= minutes * 60 * SECOND && age >= -AHEAD_MS)) throw new SignInAgain(minutes * 60);
}
