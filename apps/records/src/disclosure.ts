import { consentStates, type ViewItem } from '@concordat/contracts';
import type { Consent } from './onward-referral';

/** In the place of items: everything that a case holds or may come to hold. */
export const WHOLE_CASE = 'whole-case';

/** In the place of items: that somebody is known, or is not. */
export const THAT_THEY_ARE_KNOWN = 'that-they-are-known';

/** What is to go from one agency to another, as a decision is asked for it. */
export interface Disclosure {
  readonly fromOrg: string;
  readonly toOrg: string;
  /** Whoever acts is of the agency that discloses it, or, where it is looked at or asked for, of the one that looks or asks. */
  readonly kind: 'DISCLOSE' | 'CONSULT' | 'ASK_KNOWN';
  readonly byId: string;
  readonly purpose: string;
  readonly items: readonly ViewItem[] | typeof WHOLE_CASE | typeof THAT_THEY_ARE_KNOWN;
  readonly people: readonly Concerned[];
  /** Absent where nobody asked for it or said how it stands: no agreement that needs it permits anything then. */
  readonly consent?: Consent | undefined;
  /** Agreements that alone may answer, `id@version` or an id alone; any when there is none. */
  readonly policies?: readonly string[];
}

/** Somebody whom it is about, as their case has them. */
export interface Concerned {
  readonly id: string;
  readonly roles?: readonly string[];
  readonly deceased?: { readonly answer: string } | undefined;
  /** Whether it is certain who they are; EXACT unless said. */
  readonly match?: Match;
}

/** Who is held of whom somebody asks: one person for certain, perhaps somebody, or nobody. */
export type Match = 'EXACT' | 'POSSIBLE' | 'NONE';

/** How the pack in force speaks to agreements: what they call items, and which reason for doing without consent a ground is. */
export interface SharedWords {
  readonly itemCode: (item: ViewItem) => string;
  readonly wholeCase: readonly string[];
  readonly askedAs: readonly string[];
  readonly withoutReason: (ground: string | undefined) => string | undefined;
}

/**
 * questionOf is what the decision point is asked (information-sharing rules, section 5): codes and ids only. That a refusal was
 * weighed stays with the referral, so its words do not leave it. No agreement is named: the one that answers best is found.
 */
export function questionOf(
  { fromOrg, toOrg, kind, byId, purpose, items, people, consent, policies = [] }: Disclosure,
  { itemCode, wholeCase, askedAs, withoutReason }: SharedWords,
) {
  const reason = withoutReason(consent?.ground);
  const codes = items === WHOLE_CASE ? wholeCase : items === THAT_THEY_ARE_KNOWN ? askedAs : items.map(itemCode);
  return {
    kind,
    sender: fromOrg,
    recipients: [toOrg],
    actor: { userId: byId, orgId: kind === 'DISCLOSE' ? fromOrg : toOrg },
    purpose,
    items: [...new Set(codes)].sort(),
    conditions: {},
    subjects: people.map((p) => ({
      pid: p.id,
      about: aboutOf(p.roles ?? []),
      match: p.match ?? 'EXACT',
      deceased: p.deceased?.answer === 'yes',
    })),
    method: 'CONCORDAT',
    classification: 'OFFICIAL-SENSITIVE',
    setting: 'OUTSIDE',
    ...(policies.length > 0 ? { policies } : {}),
    consent: {
      state: consentStates[consent?.answer ?? 'not-asked'],
      ...(consent?.answer !== 'given' && reason ? { withoutReason: reason } : {}),
      ...(consent?.answer === 'refused'
        ? { refusalNote: 'Weighed in the reason that is kept with what was shared' }
        : {}),
    },
  };
}

function aboutOf(roles: readonly string[]) {
  if (roles.includes('subject')) return 'VICTIM';
  if (roles.includes('alleged-perpetrator')) return 'PERP';
  return roles.includes('child') ? 'CHILD' : 'OTHER';
}
