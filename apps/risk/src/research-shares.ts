import type { Tx } from '@concordat/messaging';
import { Peers } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { questionOf, type ResearchOffer } from './research-question';

/** What the decision point answers. */
interface Answer {
  readonly id: string;
  readonly decision: {
    readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
    readonly reasons: readonly string[];
    readonly isa: string | null;
  };
}

/** What was decided about showing an agency's research to another. */
export interface ShareDecision {
  readonly toOrg: string;
  readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
  readonly decisionId: string;
  readonly isa: string | null;
  readonly reasons: readonly string[];
}

/**
 * The one way by which an agency's research becomes visible to another member: the sharing context is asked, and keeps question and
 * decision. What is not permitted stays the agency's own; no answer (Unavailable), and nothing is returned at all.
 */
@Injectable()
export class ResearchShares {
  constructor(private readonly peers: Peers) {}

  async decide(tx: Tx, offer: ResearchOffer): Promise<ShareDecision> {
    const { id, decision } = await this.peers.ask<Answer>('risk', 'sharing', '/decisions', questionOf(offer), {
      'concordat-purpose': tx.call.purpose,
      'x-correlation-id': tx.call.correlationId,
    });
    const { isa, reasons } = decision;
    // A permission that names no agreement is none.
    const outcome = decision.outcome === 'PERMIT' && isa === null ? 'DENY' : decision.outcome;
    tx.about({
      objects: [{ t: 'decision', id }],
      ...(outcome === 'PERMIT' ? { recipients: [{ org: offer.toOrg, role: 'member' }], rule: isa ?? '' } : {}),
    });
    return { toOrg: offer.toOrg, outcome, decisionId: id, isa, reasons };
  }
}
