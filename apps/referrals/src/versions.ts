import { Conflict, Unreadable } from '@concordat/contracts';
import type { Call } from '@concordat/platform';

/**
 * expectVersion throws unless the change was made from the version in force (acceptance.md, rules that hold everywhere, 4):
 * Unreadable when If-Match is missing, Conflict naming the `differing` fields when somebody else was first.
 */
export function expectVersion(call: Call, version: number, differing: () => readonly string[]): void {
  if (call.expectedVersion === null)
    throw new Unreadable('if-match.missing', 'Send If-Match with the version that you changed');
  expectVersionIfSent(call, version, differing);
}

/** As expectVersion, for what only adds and can overwrite nothing: If-Match may be left out. */
export function expectVersionIfSent(call: Call, version: number, differing: () => readonly string[]): void {
  if (call.expectedVersion === null || call.expectedVersion === version) return;
  throw new Conflict('referral.changed', 'Somebody else changed this referral first', {
    currentVersion: version,
    differing: differing(),
  });
}
