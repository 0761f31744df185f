/** What is done to a review, as events and its history name it. */
export const reviewChanges = [
  'registered',
  'date',
  'dates-allowed',
  'notice',
  'confirmation',
  'decision',
  'step',
  'pause',
  'resumption',
  'extension',
  'member-named',
  'member-released',
] as const;
export type ReviewChange = (typeof reviewChanges)[number];

/** Where a time limit comes from. What is unverified is never shown as a legal deadline. */
export const clockForces = ['law', 'guidance', 'local', 'unverified'] as const;
export type ClockForce = (typeof clockForces)[number];

/** How a criterion was answered. Not known is an answer; a blank is none. */
export const criterionAnswers = ['yes', 'no', 'unknown'] as const;
export type CriterionAnswer = (typeof criterionAnswers)[number];
