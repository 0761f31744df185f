import { NotShared } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { lookedAt } from './both-ends';
import { concernedIn } from './case-people';
import type { PersonRow } from './people.repository';
import { demandReading, type CaseRow } from './visible-case';
import { WholeCases } from './whole-cases';

/** Of a case, what it takes to decide a look at it. */
export type Looked = Pick<CaseRow, 'id' | 'leadOrg' | 'level' | 'ground' | 'sharing' | 'letInBy'>;

/** What of a case a caller may see: everything, or what is their own agency's with the refusal of the rest. */
export type Extent = { readonly own: null } | { readonly own: string; readonly refusal: NotShared };
const EVERYTHING: Extent = { own: null };

/** Of some items those that may be seen. Throws the refusal when everything was refused and none of them is the agency's own. Pure. */
export function within<T extends { readonly orgId: string }>(extent: Extent, items: readonly T[]): T[] {
  if (extent.own === null) return [...items];
  const own = items.filter(({ orgId }) => orgId === extent.own);
  if (own.length === 0) throw extent.refusal;
  return own;
}

/** What is told beside what is shown: why the rest is not, null when it is. Pure. */
export const withheldOf = (extent: Extent) =>
  extent.own === null
    ? null
    : { code: extent.refusal.code, reasons: extent.refusal.details.reasons ?? [], decision: extent.refusal.decisionId };

/**
 * Decides each look at a case by an agency that takes part in it under an agreement. The agency that leads it holds it; and
 * whoever has taken part since it opened told what was in it then. An emergency is a ground of its own.
 */
@Injectable()
export class Looks {
  constructor(private readonly whole: WholeCases) {}

  /**
   * Throws Forbidden unless the caller's part lets them read; NotShared when no agreement allows it any more, which an agreement
   * that has ended or is suspended does not; Unavailable when it cannot be decided.
   */
  async demand(tx: Tx, row: Looked): Promise<void> {
    demandReading(tx, row);
    if (row.ground !== 'part' || row.level === 'lead' || !row.sharing) return;
    const people = await concernedIn(tx, row.id);
    const look = { kind: 'CONSULT', fromOrg: row.leadOrg, toOrg: tx.actor.orgId!, byId: tx.actor.id } as const;
    await this.whole.permit(tx, { ...look, people, sharing: row.sharing });
    if (row.letInBy) tx.about(lookedAt(row.letInBy));
  }

  /**
   * A person is seen through the cases that they are in: one of which the caller's agency needs no agreement, or one that it may
   * look at now. Throws as `demand` when there is none.
   */
  async demandPerson(tx: Tx, { cases }: Pick<PersonRow, 'cases'>): Promise<void> {
    if (cases.some((c) => c.qualified || c.level === 'lead' || !c.sharing)) return;
    const [last, ...others] = cases.map((c) => ({ ...c, ground: 'part' as const })).reverse();
    for (const each of others.reverse()) if (await this.allows(tx, each)) return;
    if (last) await this.demand(tx, last);
  }

  /**
   * What of a case they may see: all that is in it, or, when no agreement allows that any more, what their own agency put there, which
   * was never disclosed to it. The refusal stands in the act. Throws as `demand` does for everything else.
   */
  async extent(tx: Tx, row: Looked): Promise<Extent> {
    try {
      await this.demand(tx, row);
      return EVERYTHING;
    } catch (error) {
      const own = tx.actor.orgId;
      if (!(error instanceof NotShared) || !own) throw error;
      tx.about({ reasons: ['own-only', ...(error.details.reasons ?? [])] });
      return { own, refusal: error };
    }
  }

  /** Whether they may: for what is shown only if they may, and is not what they asked for. */
  async allows(tx: Tx, row: Looked): Promise<boolean> {
    return this.demand(tx, row).then(
      () => true,
      (error: unknown) => {
        if (error instanceof NotShared) return false;
        throw error;
      },
    );
  }
}
