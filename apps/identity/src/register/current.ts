import { Conflict, expectVersion, type Call, type ProblemDetails } from '@concordat/platform';

type Details = Partial<ProblemDetails>;
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
  what: keyof typeof TAKEN,
  was: { readonly version: number; readonly [field: string]: unknown },
): void {
  expectVersion(call, what, was.version, () => {
    const sent = (call.body ?? {}) as Record<string, unknown>;
    return ['name', 'type', 'leadOrg'].filter((field) => sent[field] !== undefined && sent[field] !== was[field]);
  });
}

/** Throws Conflict when another record of the register has this code or name. */
export function mustBeFree(what: keyof typeof TAKEN, taken: 'code' | 'name' | null): void {
  if (taken) throw TAKEN[what][taken]({ differing: [taken] });
}
