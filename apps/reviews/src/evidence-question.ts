import { createHash } from 'node:crypto';
import type { ReviewKind } from '@concordat/packs';
import { dateOf, type ReviewDocument } from './review';

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
  /** Whom the review is about is known to be dead. */
  readonly dead: boolean;
}

type Evidence = NonNullable<ReviewKind['evidence']>;

/** Whom a review is about, by the codes of agreements. Pure. */
const subjectOf = ({ subject }: Evidence): string => subject?.about ?? 'VICTIM';

/**
 * subjectIsDead says whether whom a review is about is known to be dead: always in a kind that is about a death; else once the date is
 * recorded that its kind names for it. Fails closed: nobody is taken to be dead because nothing says so. Pure.
 */
export function subjectIsDead({ subject }: Evidence, document: ReviewDocument): boolean {
  if (!subject) return true;
  return subject.diedOn !== undefined && dateOf(document, subject.diedOn) !== undefined;
}

/**
 * Whom a review is about has no record of a person here: an id that is always the same for the review, and another for each
 * other whom evidence is about. It leads nobody to a person.
 */
function pidOf(reviewId: string, about: string, subject: string): string {
  if (about === subject) return reviewId;
  const hex = createHash('sha256').update(`${reviewId} ${about}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/**
 * questionOf is what the decision point is asked before an item enters a review, and each time that it is looked at: codes
 * and ids only, never what it says (decision 0021). Of those whom it is about only whom the review is about can be
 * known to be dead. Pure.
 */
export function questionOf(evidence: Evidence, offer: EvidenceOffer) {
  const { purpose, informs } = evidence;
  const subject = subjectOf(evidence);
  const about = new Set(offer.informs.map((code) => informs.find((i) => i.code === code)?.about ?? 'OTHER'));
  return {
    ...{ kind: offer.kind, sender: offer.fromOrg, recipients: [offer.toOrg], purpose },
    actor: { userId: offer.byId, orgId: offer.kind === 'DISCLOSE' ? offer.fromOrg : offer.toOrg },
    items: [...new Set(offer.informs)].sort(),
    conditions: {},
    subjects: [...about].sort().map((who) => ({
      ...{ pid: pidOf(offer.reviewId, who, subject), about: who, match: 'EXACT' },
      deceased: who === subject && offer.dead,
    })),
    ...{ method: 'CONCORDAT', classification: 'OFFICIAL-SENSITIVE', setting: 'OUTSIDE' },
    consent: { state: 'NOT_SOUGHT' },
  };
}
