import type { Call } from './actor';
import { Conflict, Unreadable } from './errors';

/** Throws unless the change was made from the version in force (acceptance.md, rules that hold everywhere, 4). */
export function expectVersion(call: Call, noun: string, version: number, differing: readonly string[] = []): void {
  if (call.expectedVersion === null)
    throw new Unreadable('if-match.missing', 'Send If-Match with the version that you changed');
  if (call.expectedVersion !== version)
    throw new Conflict(`${noun}.changed`, 'Somebody else changed this first', {
      currentVersion: version,
      differing: [...differing],
    });
}
