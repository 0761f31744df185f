import type { Agreement } from './agreement';
import { judgedAt } from './decisions/in-force';
import type { Register } from './decisions/register';

/** As for a parent, of which it is asked whether it is in force, and not whether it permits anything by itself. */
const AS_PARENT = 1;

/**
 * inForceNow lists the version in force of each agreement at an instant, by the rule that decisions go by: activated, begun,
 * not over, not suspended or withdrawn, and its parents likewise. Accords and overarching agreements are among them.
 */
export function inForceNow(agreements: readonly Agreement[], register: Register, at: Date): readonly Agreement[] {
  return [...new Set(agreements.map(({ id }) => id))].flatMap((id) => {
    const judged = judgedAt(register, id, at.getTime(), AS_PARENT);
    return judged?.reason === null ? [judged.version.agreement] : [];
  });
}
