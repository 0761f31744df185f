/** States of a referral. `discarded` is a draft that was thrown away: nobody sees it again. */
export const referralStatuses = [
  'draft',
  'discarded',
  'received',
  'rated',
  'information-requested',
  'returned',
  'accepted',
  'redirected',
  'stepped-up',
  'stepped-down',
  'signposted',
  'no-further-action',
  'reopened',
  'withdrawn',
] as const;
export type ReferralStatus = (typeof referralStatuses)[number];
/** Those that a list may be narrowed to: nobody else sees what was not sent. */
export const listedStatuses = referralStatuses.filter((s) => s !== 'draft' && s !== 'discarded');

/** Triage has something to do about referrals in these states. */
export const openStatuses = ['received', 'rated', 'information-requested', 'returned', 'reopened'] as const;
/** A triage decision put a referral into these. */
export const decidedStatuses = [
  'accepted',
  'redirected',
  'stepped-up',
  'stepped-down',
  'signposted',
  'no-further-action',
] as const;

/** What a triage decision may be, as it is asked for. */
export const triageDecisions = ['accept', 'redirect', 'step-up', 'step-down', 'signpost', 'no-further-action'] as const;
export type TriageDecision = (typeof triageDecisions)[number];

/**
 * The closed lists from which fields of a referral's content are answered. A blank is none of them: `not-known`,
 * `declined` and `not-asked` are answers and differ (user-interface.md §6).
 */
export const referralVocabulary = {
  urgency: ['routine', 'urgent', 'immediate-danger'],
  personRole: ['subject', 'alleged-perpetrator', 'child', 'witness', 'other-at-risk', 'other'],
  sex: ['female', 'male', 'other', 'not-known'],
  aliasKind: ['maiden', 'former', 'nickname', 'online', 'spelling', 'other'],
  datePrecision: ['day', 'month', 'year', 'approximate'],
  addressKind: ['home', 'temporary', 'previous', 'work', 'school', 'other'],
  interpreter: ['needed', 'not-needed', 'not-known'],
  relationship: [
    'partner',
    'ex-partner',
    'spouse',
    'ex-spouse',
    'parent',
    'child',
    'step-parent',
    'step-child',
    'sibling',
    'grandparent',
    'grandchild',
    'other-relative',
    'carer',
    'cared-for',
    'friend',
    'neighbour',
    'acquaintance',
    'colleague',
    'stranger',
    'other',
    'not-known',
  ],
  contactChannel: ['phone', 'text', 'email', 'letter', 'visit', 'through-someone', 'other'],
  safe: ['yes', 'no', 'unknown'],
  evidenceKind: ['photograph', 'message', 'document', 'recording', 'report', 'other'],
  met: ['yes', 'no', 'not-known'],
  consentAsked: ['yes', 'no', 'unsafe-to-ask'],
  consentGiven: ['yes', 'no', 'partly', 'not-asked'],
  aware: ['yes', 'no', 'not-known'],
  equalityAnswer: ['given', 'declined', 'not-asked', 'not-known'],
  staffRisk: ['none-known', 'known', 'not-known'],
} as const;

/** The channel of live updates on which an agency's worklist is said to have changed; the message is when, in ms. */
export const worklistChannel = (org: string): string => `worklist/${org}`;
