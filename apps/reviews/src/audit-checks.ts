import type { ReviewKind } from '@concordat/packs';
import type { AuditCheck, AuditedReview } from './audit-check';
import { DECISION_CHECKS } from './decision-checks';
import { LEAVING_CHECKS } from './leaving-checks';
import { PANEL_CHECKS } from './panel-checks';

/**
 * auditChecks computes what auditors check of a review (domain/statutory-reviews.md §12) as of a civil day, each with what it
 * rests on. A check that nothing calls for yet is `not-yet`; one that a step was taken over is `not-met`. Pure.
 */
export const auditChecks = (kind: ReviewKind, review: AuditedReview, today: string): AuditCheck[] =>
  [...DECISION_CHECKS, ...PANEL_CHECKS, ...LEAVING_CHECKS].map(({ code, title, find }) => ({
    ...{ code, title },
    ...find(kind, review, today),
  }));
