import type { Call } from './actor';
import { Conflict, Unreadable } from './errors';

/** Fields that somebody else changed, or how to find out: looked for only when they are told. */
type Differing = readonly string[] | (() => readonly string[]);

/**
 * expectVersion throws unless the change was made from the version in force (acceptance.md, rules that hold everywhere, 4).
 * @throws Unreadable (400) when If-Match is missing
 * @throws Conflict (409) `<noun>.changed`, with the version in force and the `differing` fields, when somebody else was first
 */
export function expectVersion(call: Call, noun: string, version: number, differing: Differing = []): void {
  if (call.expectedVersion === null)
    throw new Unreadable('if-match.missing', 'Send the version that you changed in the If-Match header');
  expectVersionIfSent(call, noun, version, differing);
}

/** As expectVersion, for what only adds and can overwrite nothing: If-Match may be left out. */
export function expectVersionIfSent(call: Call, noun: string, version: number, differing: Differing = []): void {
  if (call.expectedVersion === null || call.expectedVersion === version) return;
  throw new Conflict(`${noun}.changed`, 'Somebody else changed this first', {
    currentVersion: version,
    differing: typeof differing === 'function' ? differing() : [...differing],
  });
}
