import { consentStates } from '@concordat/contracts';

/** Information that an agency would share with another member of a forum about the people of a case. */
export interface ResearchOffer {
  /** Disclosed by the agency that returned it, or looked at by a member of the other. */
  readonly kind: 'DISCLOSE' | 'CONSULT';
  readonly fromOrg: string;
  readonly toOrg: string;
  readonly byId: string;
  /** As the kind of forum names its purpose for agreements. */
  readonly purpose: string;
  /** What it tells of, by codes of agreements. */
  readonly informs: readonly string[];
  readonly subjectId: string;
  readonly otherIds: readonly string[];
  readonly childIds: readonly string[];
  readonly consent: 'given' | 'refused' | 'not-asked';
  /** Which reason for doing without consent the ground of the referral is, if it is one. */
  readonly withoutReason: string | undefined;
}

/**
 * questionOf is what the decision point is asked before one member's research is shown to another, and each time that it is looked at: codes and ids only, never what
 * was found (decision 0021). No agreement is named: the one that answers best is found.
 */
export function questionOf(offer: ResearchOffer) {
  const subject = (pid: string, about: string) => ({ pid, about, match: 'EXACT', deceased: false });
  return {
    kind: offer.kind,
    sender: offer.fromOrg,
    recipients: [offer.toOrg],
    actor: { userId: offer.byId, orgId: offer.kind === 'DISCLOSE' ? offer.fromOrg : offer.toOrg },
    purpose: offer.purpose,
    items: [...new Set(offer.informs)].sort(),
    conditions: {},
    subjects: [
      subject(offer.subjectId, 'VICTIM'),
      ...offer.otherIds.map((id) => subject(id, 'PERP')),
      ...offer.childIds.map((id) => subject(id, 'CHILD')),
    ],
    method: 'CONCORDAT',
    classification: 'OFFICIAL-SENSITIVE',
    setting: 'OUTSIDE',
    consent: {
      state: consentStates[offer.consent],
      ...(offer.consent !== 'given' && offer.withoutReason ? { withoutReason: offer.withoutReason } : {}),
      ...(offer.consent === 'refused' ? { refusalNote: 'Weighed in the reason that is kept with the referral' } : {}),
    },
  };
}
