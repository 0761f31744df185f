import { Conflict, Unreadable, type Call, type ProblemDetails } from '@concordat/platform';

type Details = Partial<ProblemDetails>;
/** Written out for each register, because the catalogue of problems is read from the code. */
const CHANGED = {
  organisation: (more: Details) => new Conflict('organisation.changed', 'Somebody else changed this first', more),
  area: (more: Details) => new Conflict('area.changed', 'Somebody else changed this first', more),
};
const TAKEN = {
  organisation: {
    code: (more: Details) => new Conflict('organisation.code-taken', 'Another organisation has this code', more),
    name: (more: Details) => new Conflict('organisation.name-taken', 'Another organisation has this name', more),
  },
  area: {
    code: (more: Details) => new Conflict('area.code-taken', 'Another area has this code', more),
    name: (more: Details) => new Conflict('area.name-taken', 'Another area has this name', more),
  },
};

/**
 * Throws Unreadable without a version, and Conflict naming the fields that differ when another is current (acceptance.md:
 * rule 4). `what` is the noun of the code.
 */
export function mustBeCurrent(
  call: Call,
  what: keyof typeof CHANGED,
  was: { readonly version: number; readonly [field: string]: unknown },
): void {
  if (call.expectedVersion === null)
    throw new Unreadable('if-match.missing', 'Send the version that you changed in the If-Match header');
  if (call.expectedVersion === was.version) return;
  const sent = (call.body ?? {}) as Record<string, unknown>;
  const differing = ['name', 'type', 'leadOrg'].filter(
    (field) => sent[field] !== undefined && sent[field] !== was[field],
  );
  throw CHANGED[what]({ currentVersion: was.version, differing });
}

/** Throws Conflict when another record of the register has this code or name. */
export function mustBeFree(what: keyof typeof TAKEN, taken: 'code' | 'name' | null): void {
  if (taken) throw TAKEN[what][taken]({ differing: [taken] });
}
