import type { CompiledVersion } from './compiled';
import type { StoppingReason } from './reasons';
import type { Register } from './register';

/** The version that an act is judged by, and why it is not in force, if it is not. */
export interface Judged {
  readonly version: CompiledVersion;
  readonly reason: StoppingReason | null;
}

/** More generations than anybody has; whoever writes more has written a circle. */
const MOST_PARENTS = 16;

/** judgedAt finds the version of an agreement that an instant is judged by. Undefined when there is no such agreement. */
export function judgedAt(register: Register, id: string, at: number, parents = 0): Judged | undefined {
  const versions = register.versions(id);
  if (!versions) return undefined;
  const { version, begun, activated } = lastToHaveBegun(versions, at);
  if (!version.operative && parents === 0) return { version, reason: 'TIER_NOT_OPERATIVE' };
  if (!activated) return { version, reason: 'AGREEMENT_NOT_ACTIVE' };
  if (!begun) return { version, reason: 'AGREEMENT_NOT_STARTED' };
  return { version, reason: standing(version, at) ?? parentStanding(register, version, at, parents) };
}

/**
 * Of those activated by then, the last to have begun: it has taken over from all before it, for good. When none has begun,
 * the first that will; when none is activated, the one that would begin last.
 */
function lastToHaveBegun(
  versions: readonly CompiledVersion[],
  at: number,
): { version: CompiledVersion; begun: boolean; activated: boolean } {
  let first: CompiledVersion | undefined;
  for (let i = versions.length - 1; i >= 0; i--) {
    const version = versions[i]!;
    if (version.activatedAt > at) continue;
    if (version.begins <= at) return { version, begun: true, activated: true };
    first = version;
  }
  return first
    ? { version: first, begun: false, activated: true }
    : { version: versions.at(-1)!, begun: false, activated: false };
}

function standing(version: CompiledVersion, at: number): StoppingReason | null {
  let state = 'ACTIVE';
  for (const each of version.states) if (each.at <= at) state = each.state;
  if (state === 'SUSPENDED') return 'AGREEMENT_SUSPENDED';
  if (state === 'WITHDRAWN') return 'AGREEMENT_WITHDRAWN';
  if (at >= version.ends) return 'AGREEMENT_EXPIRED';
  return state === 'SUPERSEDED' ? 'AGREEMENT_NOT_ACTIVE' : null;
}

function parentStanding(
  register: Register,
  version: CompiledVersion,
  at: number,
  parents: number,
): StoppingReason | null {
  const { parentId } = version.agreement;
  if (parentId === undefined) return null;
  const parent = parents < MOST_PARENTS ? judgedAt(register, parentId, at, parents + 1) : undefined;
  return parent?.reason === null ? null : 'PARENT_NOT_IN_FORCE';
}
