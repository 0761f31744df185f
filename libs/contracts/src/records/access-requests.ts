/** Who asks for what is held about somebody. */
export const accessRequesters = ['themselves', 'parent', 'representative'] as const;
export type AccessRequester = (typeof accessRequesters)[number];

export const accessRequestStates = ['open', 'prepared', 'released', 'closed'] as const;
export type AccessRequestState = (typeof accessRequestStates)[number];

/** What may be done to a request, beside gathering, deciding about items and releasing. */
export const accessRequestSteps = [
  'prove-identity',
  'ask',
  'answered',
  'extend',
  'prepare',
  'return',
  'close',
] as const;
export type AccessRequestStep = (typeof accessRequestSteps)[number];

/** What was held, by where it was. */
export const accessItemKinds = [
  'details',
  'earlier-details',
  'relationship',
  'case',
  'entry',
  'note',
  'document',
  'fact',
  'referral',
  'assessment',
  'conference',
  'accesses',
] as const;
export type AccessItemKind = (typeof accessItemKinds)[number];

/** What is decided of an item. */
export const accessItemDecisions = ['give', 'redact', 'withhold'] as const;
export type AccessItemDecision = (typeof accessItemDecisions)[number];

/** An item as another context gives it: what is held about somebody, to be decided about one by one. */
export interface HeldItem {
  readonly kind: AccessItemKind;
  /** The record that it is, or is from. */
  readonly id: string;
  /** When it was recorded. */
  readonly at: string;
  readonly title: string;
  readonly text: string;
  /** Whether it is, or may be, about somebody else as well. */
  readonly others: boolean;
}
