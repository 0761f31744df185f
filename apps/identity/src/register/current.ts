import { Conflict, Unreadable, type Call } from '@concordat/platform';

/**
 * Throws Unreadable without a version, and Conflict naming the fields that differ when another is current (acceptance.md:
 * rule 4). `what` is the noun of the code.
 */
export function mustBeCurrent(
  call: Call,
  what: 'organisation' | 'area',
  was: { readonly version: number; readonly [field: string]: unknown },
): void {
  if (call.expectedVersion === null)
    throw new Unreadable('if-match.missing', 'Send the version that you changed in the If-Match header');
  if (call.expectedVersion === was.version) return;
  const sent = (call.body ?? {}) as Record<string, unknown>;
  throw new Conflict(`${what}.changed`, 'Somebody else changed this first', {
    currentVersion: was.version,
    differing: ['name', 'type', 'leadOrg'].filter((field) => sent[field] !== undefined && sent[field] !== was[field]),
  });
}

/** Throws Conflict when another record of the register has this code or name. */
export function mustBeFree(what: 'organisation' | 'area', taken: 'code' | 'name' | null): void {
  if (taken) throw new Conflict(`${what}.${taken}-taken`, 'Another one has this already', { differing: [taken] });
}
