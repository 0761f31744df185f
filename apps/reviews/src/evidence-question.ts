import { createHash } from 'node:crypto';
import type { ReviewKind } from '@concordat/packs';

/** Evidence that would go from one agency to another for a review. */
export interface EvidenceOffer {
  /** Given to the review by the agency whose records it is from, or looked at by somebody of another. */
  readonly kind: 'DISCLOSE' | 'CONSULT';
  readonly fromOrg: string;
  readonly toOrg: string;
  readonly byId: string;
  readonly reviewId: string;
  /** What it tells of, by codes of agreements. */
  readonly informs: readonly string[];
}

/**
 * Whom a review is about has no record of a person here: an id that is always the same for the review, and another for each
 * other whom evidence is about. It leads nobody to a person.
 */
function pidOf(reviewId: string, about: string): string {
  if (about === 'VICTIM') return reviewId;
  const hex = createHash('sha256').update(`${reviewId} ${about}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/**
 * questionOf is what the decision point is asked before an item enters a review, and each time that it is looked at: codes
 * and ids only, never what it says (decision 0021). Of those whom it is about only the person who died is known to be dead.
 * Pure.
 */
export function questionOf({ purpose, informs }: NonNullable<ReviewKind['evidence']>, offer: EvidenceOffer) {
  const about = new Set(offer.informs.map((code) => informs.find((i) => i.code === code)?.about ?? 'OTHER'));
  return {
    ...{ kind: offer.kind, sender: offer.fromOrg, recipients: [offer.toOrg], purpose },
    actor: { userId: offer.byId, orgId: offer.kind === 'DISCLOSE' ? offer.fromOrg : offer.toOrg },
    items: [...new Set(offer.informs)].sort(),
    conditions: {},
    subjects: [...about].sort().map((who) => ({
      ...{ pid: pidOf(offer.reviewId, who), about: who, match: 'EXACT', deceased: who === 'VICTIM' },
    })),
    ...{ method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE' },
    consent: { state: 'NOT_SOUGHT' },
  };
}
