import { Conflict, Unreadable } from '@concordat/contracts';
import type { Call } from '@concordat/platform';

/** Throws unless the change was made from the version in force (acceptance.md, rules that hold everywhere, 4). */
export function expectVersion(call: Call, version: number): void {
  if (call.expectedVersion === null)
    throw new Unreadable('if-match.missing', 'Send If-Match with the version that you changed');
  if (call.expectedVersion !== version)
    throw new Conflict('agreement.changed', 'Somebody else changed this agreement first', { currentVersion: version });
}
