import { RuleBroken } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ReviewKind } from '@concordat/packs';
import { Peers, Unavailable } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { ChronologyItem } from './combined-chronology';
import { questionOf, subjectIsDead, type EvidenceOffer } from './evidence-question';
import type { ReviewRecord } from './review';

type Evidence = NonNullable<ReviewKind['evidence']>;
/** What the decision point answers. */
interface Answer {
  readonly id: string;
  readonly decision: {
    readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
    readonly reasons: readonly string[];
    readonly isa: string | null;
  };
}
export interface EvidenceDecision {
  readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
  readonly decisionId: string;
  readonly reasons: readonly string[];
}

/** What a review of this kind may be told, and for which purpose. Throws RuleBroken `chronology.not-taken` when it takes none. */
export function evidenceOf({ evidence }: ReviewKind): Evidence {
  if (!evidence) throw new RuleBroken('chronology.not-taken', 'Reviews of this kind take no evidence here');
  return evidence;
}

/**
 * The one way by which what an agency holds comes into a review, and by which another agency sees it there: the sharing context
 * is asked, and keeps question and decision. What is not permitted is not kept; no answer (Unavailable), and nothing is.
 */
@Injectable()
export class EvidenceShares {
  constructor(private readonly peers: Peers) {}

  async decide(tx: Tx, evidence: Evidence, offer: EvidenceOffer): Promise<EvidenceDecision> {
    const question = questionOf(evidence, offer);
    const { id, decision } = await this.peers.ask<Answer>('reviews', 'sharing', '/decisions', question, {
      'concordat-purpose': tx.call.purpose,
      'x-correlation-id': tx.call.correlationId,
    });
    const { isa, reasons } = decision;
    // A permission that names no agreement is none.
    const outcome = decision.outcome === 'PERMIT' && isa === null ? 'DENY' : decision.outcome;
    tx.about({
      objects: [{ t: 'decision', id }],
      ...(outcome === 'PERMIT' ? { recipients: [{ org: offer.toOrg, role: 'review' }], rule: isa ?? '' } : {}),
    });
    return { outcome, decisionId: id, reasons };
  }

  /**
   * permitted is the id of the decision that lets evidence into a review.
   * @throws RuleBroken `chronology.not-permitted` or, when it is left to a person, `chronology.for-a-person`
   */
  async permitted(tx: Tx, evidence: Evidence, offer: Omit<EvidenceOffer, 'kind'>): Promise<string> {
    const { outcome, decisionId, reasons } = await this.decide(tx, evidence, { kind: 'DISCLOSE', ...offer });
    if (outcome === 'PERMIT') return decisionId;
    throw outcome === 'DENY'
      ? new RuleBroken('chronology.not-permitted', 'No agreement permits that this is given to the review', { reasons })
      : new RuleBroken('chronology.for-a-person', 'Your agency must decide on this first: it was asked', { reasons });
  }

  /**
   * Of a review's items those that the caller's agency may see now: its own; those of others, when their agency may still give
   * them to the one that leads the review, and that one to the caller's. Each is asked at each look, once for what is alike, so
   * that an agreement that has ended shows nothing from that moment. What cannot be decided is not shown.
   */
  async stillShown(
    tx: Tx,
    { id: reviewId, ownerOrg, document }: Pick<ReviewRecord, 'id' | 'ownerOrg' | 'document'>,
    evidence: Evidence | undefined,
    items: readonly ChronologyItem[],
  ): Promise<ChronologyItem[]> {
    const own = tx.actor.orgId ?? '';
    const asked = new Map<string, Promise<boolean>>();
    const may = (fromOrg: string, toOrg: string, informs: readonly string[]): Promise<boolean> => {
      if (fromOrg === toOrg) return Promise.resolve(true);
      if (!evidence) return Promise.resolve(false);
      const key = [fromOrg, toOrg, ...[...informs].sort()].join(' ');
      const offer = {
        ...{ kind: 'CONSULT' as const, fromOrg, toOrg, byId: tx.actor.id, reviewId, informs },
        dead: subjectIsDead(evidence, document),
      };
      const answer = asked.get(key) ?? this.permits(tx, evidence, offer);
      asked.set(key, answer);
      return answer;
    };
    const shown: ChronologyItem[] = [];
    for (const item of items) {
      const { orgId, informs } = item;
      if (orgId === own || ((await may(orgId, ownerOrg, informs)) && (await may(ownerOrg, own, informs))))
        shown.push(item);
    }
    return shown;
  }

  private async permits(tx: Tx, evidence: Evidence, offer: EvidenceOffer): Promise<boolean> {
    try {
      return (await this.decide(tx, evidence, offer)).outcome === 'PERMIT';
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  }
}
