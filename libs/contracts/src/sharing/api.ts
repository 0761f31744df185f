/** Where a version of an agreement stands (domain/information-sharing.md §1). */
export const agreementStatuses = [
  'DRAFT',
  'IN_QA',
  'ASSURED',
  'SIGNED',
  'ACTIVE',
  'SUSPENDED',
  'EXPIRED',
  'WITHDRAWN',
  'SUPERSEDED',
] as const;
export type AgreementStatus = (typeof agreementStatuses)[number];

/** What its owner does to a version, besides editing it. Signing and leaving are each party's own. */
export const agreementSteps = [
  'submit',
  'return',
  'assure',
  'activate',
  'amend',
  'review',
  'suspend',
  'resume',
  'withdraw',
] as const;
export type AgreementStep = (typeof agreementSteps)[number];

/** What falls due for an agreement: its review, a review whose day is past, or its last day. */
export const agreementDues = ['review', 'review-overdue', 'expiry'] as const;
export type AgreementDue = (typeof agreementDues)[number];

/** Where a question stands that the rules leave to a person. */
export const questionStates = ['open', 'allowed', 'refused'] as const;
export type QuestionState = (typeof questionStates)[number];

/** What somebody answered when they were asked for consent, as the decision point is told of it. */
export const consentStates = { given: 'GIVEN', refused: 'REFUSED', 'not-asked': 'NOT_SOUGHT' } as const;

/** What the named authoriser of an emergency says afterwards: that they authorised it, or that they did not. */
export const authorisations = ['given', 'not-given'] as const;
export type Authorisation = (typeof authorisations)[number];

/** Where the assessment of a breach of personal data stands: to be assessed, the Commissioner still to be told, or done. */
export const breachStates = ['open', 'to-notify', 'closed'] as const;
export type BreachState = (typeof breachStates)[number];

/** How likely a breach is to harm those whom it affects (UK GDPR articles 33 and 34). */
export const breachRisks = ['unlikely', 'likely', 'high'] as const;
export type BreachRisk = (typeof breachRisks)[number];

export const decisionOutcomes = ['PERMIT', 'REVIEW', 'DENY'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];
