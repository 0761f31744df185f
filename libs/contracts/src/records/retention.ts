/** From what a period of retention runs (domain/information-sharing.md §8, as far as cases know it). */
export const retentionTriggers = ['last-involvement', 'subject-birth', 'subject-death'] as const;
export type RetentionTrigger = (typeof retentionTriggers)[number];

/** What may be decided of a case whose time is up, or be done to keep it from that. */
export const retentionSteps = ['kept', 'proposed', 'refused', 'confirmed', 'held', 'released', 'stopped'] as const;
export type RetentionStep = (typeof retentionSteps)[number];

/** What the review queue can be narrowed to. */
export const retentionViews = ['due', 'soon', 'proposed', 'confirmed', 'held', 'all'] as const;
export type RetentionView = (typeof retentionViews)[number];
