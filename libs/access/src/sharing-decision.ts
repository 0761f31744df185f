import type { Tx } from '@concordat/messaging';
import type { Peers } from '@concordat/platform';

/** What the decision point answers. */
interface Answer {
  readonly id: string;
  readonly decision: {
    readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
    readonly reasons: readonly string[];
    readonly isa: string | null;
  };
}

/** What was decided about one agency being shown what another holds. */
export interface SharingDecision {
  readonly outcome: 'PERMIT' | 'DENY' | 'REVIEW';
  readonly decisionId: string;
  readonly isa: string | null;
  readonly reasons: readonly string[];
}

/**
 * decideSharing asks the sharing context, which keeps question and decision, and names both in the act of `tx`: the decision, and
 * the recipient under which agreement where it is permitted. A permission that names no agreement is none. Throws Unavailable
 * when it cannot be decided: nothing is shown then.
 */
export async function decideSharing(
  tx: Tx,
  peers: Peers,
  context: 'risk' | 'reviews',
  question: object,
  recipient: { readonly org: string; readonly role: string },
): Promise<SharingDecision> {
  const { id, decision } = await peers.ask<Answer>(context, 'sharing', '/decisions', question, {
    'concordat-purpose': tx.call.purpose,
    'x-correlation-id': tx.call.correlationId,
  });
  const { isa, reasons } = decision;
  const outcome = decision.outcome === 'PERMIT' && isa === null ? 'DENY' : decision.outcome;
  tx.about({
    objects: [{ t: 'decision', id }],
    ...(outcome === 'PERMIT' ? { recipients: [recipient], rule: isa ?? '' } : {}),
  });
  return { outcome, decisionId: id, isa, reasons };
}
