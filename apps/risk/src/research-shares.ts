import type { Tx } from '@concordat/messaging';
import { Peers, Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { ForumKinds } from './forum-kinds';
import type { AgendaItem } from './meetings.repository';
import { questionOf, type ResearchOffer } from './research-question';
import type { Research } from './research.repository';

/** What the decision point answers. */
interface Answer {
  readonly id: string;
  readonly decision: {
    readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
    readonly reasons: readonly string[];
    readonly isa: string | null;
    readonly flowId: string | null;
  };
}

/** Whom something is about, and on which consent it is shared. */
type ReferredPeople = Pick<AgendaItem, 'subjectId' | 'otherIds' | 'childIds' | 'consent'>;

/** What was decided about showing an agency's research to another. */
export interface ShareDecision {
  readonly toOrg: string;
  readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
  readonly decisionId: string;
  readonly isa: string | null;
  readonly flowId: string | null;
  readonly reasons: readonly string[];
}

/**
 * The one way by which an agency's research becomes visible to another member: the sharing context is asked, and keeps question and
 * decision. What is not permitted stays the agency's own; no answer (Unavailable), and nothing is returned at all.
 */
@Injectable()
export class ResearchShares {
  constructor(
    private readonly peers: Peers,
    private readonly kinds: ForumKinds,
  ) {}

  /** An offer of research about the people of a case, as the question is made of it. */
  offerOf(tx: Tx, item: ReferredPeople, purpose: string, informs: readonly string[]) {
    const ground = this.kinds.packs.consentGrounds().find((g) => g.code === item.consent.ground);
    return {
      ...{
        byId: tx.actor.id,
        purpose,
        informs,
        subjectId: item.subjectId,
        otherIds: item.otherIds,
        childIds: item.childIds,
      },
      ...{ consent: item.consent.answer, withoutReason: ground?.withoutReason },
    };
  }

  /**
   * Of research that the caller's agency was permitted to see, what it may see now: asked at each look, so that an agreement that
   * has ended shows nothing from that moment. What cannot be decided is not shown.
   */
  async stillShown<T extends Pick<Research, 'orgId' | 'informs'>>(
    tx: Tx,
    item: ReferredPeople,
    purpose: string,
    all: readonly T[],
  ): Promise<T[]> {
    const toOrg = tx.actor.orgId ?? '';
    const shown: T[] = [];
    for (const research of all) {
      const { orgId: fromOrg, informs } = research;
      const permitted =
        fromOrg === toOrg ||
        (await this.looked(tx, { kind: 'CONSULT', fromOrg, toOrg, ...this.offerOf(tx, item, purpose, informs) }));
      if (permitted) shown.push(research);
    }
    return shown;
  }

  private async looked(tx: Tx, offer: ResearchOffer): Promise<boolean> {
    try {
      return (await this.decide(tx, offer)).outcome === 'PERMIT';
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }

  async decide(tx: Tx, offer: ResearchOffer): Promise<ShareDecision> {
    const { id, decision } = await this.peers.ask<Answer>('risk', 'sharing', '/decisions', questionOf(offer), {
      'concordat-purpose': tx.call.purpose,
      'x-correlation-id': tx.call.correlationId,
    });
    const { isa, flowId, reasons } = decision;
    // A permission that names no agreement is none.
    const outcome = decision.outcome === 'PERMIT' && isa === null ? 'DENY' : decision.outcome;
    tx.about({
      objects: [{ t: 'decision', id }],
      ...(outcome === 'PERMIT' ? { recipients: [{ org: offer.toOrg, role: 'member' }], rule: isa ?? '' } : {}),
    });
    return { toOrg: offer.toOrg, outcome, decisionId: id, isa, flowId, reasons };
  }
}
