import type { Tx } from '@concordat/messaging';
import { Forbidden } from '@concordat/platform';
import { visiblePerson } from '../../people.repository';
import { addToTimeline } from '../../timeline';
import { lockedCase } from '../../visible-case';

/** What a restriction is on, as the caller sees it: the cases through which, each with the agency that leads it. */
export interface Restricted {
  readonly t: 'case' | 'person';
  readonly id: string;
  readonly version: number;
  readonly cases: readonly { readonly id: string; readonly leadOrg: string }[];
  /** False for whoever only reads it: by a qualification, or in an emergency. */
  readonly named: boolean;
}

/** Throws NotFound for a case that is not visible to the caller. Nobody else changes it until the end of the unit. */
export async function restrictedCase(tx: Tx, id: string): Promise<Restricted> {
  const { row } = await lockedCase(tx, id);
  const { version, leadOrg, ground } = row;
  return { t: 'case', id, version, cases: [{ id, leadOrg }], named: ground === 'part' };
}

/** A person is restricted by an agency that leads a case of theirs. Throws NotFound for one whom the caller does not see. */
export async function restrictedPerson(tx: Tx, id: string): Promise<Restricted> {
  const { version, cases } = await visiblePerson(tx, id);
  const open = cases.filter((c) => !c.qualified);
  return { t: 'person', id, version, cases: open, named: open.length > 0 };
}

export function demandNamed({ named }: Restricted): void {
  if (named) return;
  throw new Forbidden('restriction.forbidden', 'You may read this and not change it', ['restriction.not-named']);
}

/** Before the restriction is written: whoever leaves themselves out could not write to the case afterwards. */
export async function noteRestriction(tx: Tx, on: Restricted, what: string): Promise<void> {
  for (const { id } of on.cases)
    await addToTimeline(tx, id, { at: tx.now, what, orgId: tx.actor.orgId, byId: tx.actor.id, detail: {} });
  if (on.t === 'case') await tx.execute('UPDATE case_file SET version = version + 1 WHERE id = $1', [on.id]);
}
