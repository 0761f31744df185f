import { demand } from '@concordat/access';
import type { AccessLevel, Action } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';

/** The part of the caller's agency in a case, as records told of it. */
export interface CasePart {
  readonly caseId: string;
  readonly level: AccessLevel;
}

/**
 * The caller's part in a case. Throws NotFound when there is none, when it is no more than knowing that the case exists, and when
 * the case is open to others by name only: absent and forbidden look alike.
 */
export async function partIn(tx: Tx, caseId: string): Promise<CasePart> {
  const [row] = await tx.query<{ level: AccessLevel | null }>('SELECT part_in($1) AS level', [caseId], 'part-in-case');
  if (!row?.level) throw new NotFound('case');
  return { caseId, level: row.level };
}

/** Whether a part in a case lets an agency assess in it. */
export const mayAssess = ({ level }: CasePart): boolean => level === 'lead' || level === 'contributor';

/** Throws Forbidden unless the caller's role and their agency's part in the case let them do this to an assessment in it. */
export function demandAssessing(tx: Tx, part: CasePart, action: Action): void {
  demand(tx.actor, action, { orgs: mayAssess(part) && tx.actor.orgId ? [tx.actor.orgId] : [], level: part.level });
}
