import { demand } from '@concordat/access';
import type { AccessLevel, Action } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { NotFound } from '@concordat/platform';

/** The part of the caller's agency in a case, as records told of it. */
export interface CasePart {
  readonly caseId: string;
  readonly level: AccessLevel;
  /** Whether there is no part: the caller reads by an emergency opening, and changes nothing. */
  readonly byGlass: boolean;
}

/**
 * The caller's part in a case. Throws NotFound when there is none, when it is no more than knowing that the case exists, and when
 * the case is open to others by name only: absent and forbidden look alike.
 */
export async function partIn(tx: Tx, caseId: string): Promise<CasePart> {
  const [row] = await tx.query<{ level: AccessLevel | null; glass: string | null; ground: string | null }>(
    `SELECT part_in($1) AS level, g.use_id AS glass, g.ground FROM (SELECT glass_on($1) AS id) one
       LEFT JOIN open_glass g ON g.use_id = one.id`,
    [caseId],
    'part-in-case',
  );
  if (row?.level) return { caseId, level: row.level, byGlass: false };
  if (!row?.glass) throw new NotFound('case');
  // Each reading under it says so in the ledger.
  tx.about({ reasons: ['break-glass'], objects: [{ t: 'break-glass', id: row.glass }] });
  if (row.ground) tx.about({ justification: row.ground });
  return { caseId, level: 'reader', byGlass: true };
}

/** Whether a part in a case lets an agency assess in it. */
export const mayAssess = ({ level }: CasePart): boolean => level === 'lead' || level === 'contributor';

/** Throws Forbidden unless the caller's role and their agency's part in the case let them do this to an assessment in it. */
export function demandAssessing(tx: Tx, part: CasePart, action: Action): void {
  demand(tx.actor, action, { orgs: mayAssess(part) && tx.actor.orgId ? [tx.actor.orgId] : [], level: part.level });
}
