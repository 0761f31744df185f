import type { Tx } from '@concordat/messaging';
import { Peers } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

interface CaseAges {
  readonly people: readonly { readonly id: string; readonly minor: boolean | null }[];
}

/** How old people are, as far as consent depends on it: risk keeps no dates of birth, and asks records in the name of whoever acts. */
@Injectable()
export class Ages {
  constructor(private readonly peers: Peers) {}

  /** Whether somebody of a case is under 18 today; null where records does not know, or does not show it to them. Throws Unavailable. */
  async isMinor(tx: Tx, caseId: string, personId: string): Promise<boolean | null> {
    const asked = new URLSearchParams({ userId: tx.actor.id, orgId: tx.actor.orgId ?? '' });
    const path = `/cases/${caseId}/ages?${asked.toString()}`;
    const { people } = await this.peers.get<CaseAges>('risk', 'records', path, {
      'concordat-purpose': tx.call.purpose,
      'x-correlation-id': tx.call.correlationId,
    });
    return people.find(({ id }) => id === personId)?.minor ?? null;
  }
}
