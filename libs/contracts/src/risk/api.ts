/** Where an assessment stands. One that is completed is never changed; it may be superseded by another. */
export const assessmentStatuses = ['draft', 'completed'] as const;
export type AssessmentStatus = (typeof assessmentStatuses)[number];

/** From whom the answers of an assessment came. */
export const askedOf = ['subject', 'relative-or-friend', 'professional', 'records', 'somebody-else'] as const;
export type AskedOf = (typeof askedOf)[number];
