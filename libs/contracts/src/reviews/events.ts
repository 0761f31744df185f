import { IsIn, IsInt, IsOptional, IsUUID, Matches, Min } from 'class-validator';
import { EventType } from '../event';
import {
  recommendationChanges,
  recommendationLevels,
  reviewActionStates,
  reviewChanges,
  type RecommendationChange,
  type RecommendationLevel,
  type ReviewActionState,
  type ReviewChange,
} from './api';

@EventType('reviews.review-changed.v1', 'A statutory review was registered, recorded on, or taken a step further.')
export class ReviewChanged {
  @IsUUID() reviewId!: string;
  /** The kind of review, and the version of its definition that this review is pinned to. */
  @Matches(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/) kind!: string;
  @IsInt() @Min(1) kindVersion!: number;
  @Matches(/^[A-Z][A-Z0-9_]{1,39}$/) state!: string;
  @IsUUID() ownerOrg!: string;
  @IsIn(reviewChanges) what!: ReviewChange;
  /**
   * Of what is to be done first: its clock, and the last day for it. Absent when nothing is due, when only what nobody has verified
   * is, and in events of before they told of it.
   */
  @IsOptional() @Matches(/^[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*$/) clock?: string;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) dueOn?: string;
  /** The area that it is of, where whoever registered it said so; absent from events of before it was asked. */
  @IsOptional() @IsUUID() areaId?: string;
}

@EventType(
  'reviews.asb-application-changed.v1',
  'An application for an ASB case review came, was settled, or was erased.',
)
export class AsbApplicationChanged {
  @IsUUID() applicationId!: string;
  /** The body that is asked. */
  @IsUUID() ownerOrg!: string;
  @IsIn(['received', 'registered', 'set-aside', 'erased']) what!: 'received' | 'registered' | 'set-aside' | 'erased';
  /** Once it is registered, the area that its review is of, where that was said. */
  @IsOptional() @IsUUID() areaId?: string;
}

@EventType(
  'reviews.partnership-duty-done.v1',
  'A partnership did what it has to do again and again, and when it is due next.',
)
export class PartnershipDutyDone {
  @IsUUID() dutyId!: string;
  @IsUUID() ownerOrg!: string;
  @Matches(/^[a-z0-9-]{1,64}$/) duty!: string;
  @Matches(/^\d{4}-\d{2}-\d{2}$/) dueOn!: string;
}

@EventType(
  'reviews.recommendation-changed.v1',
  'A recommendation of a review, or one of its actions, was made or taken further.',
)
export class RecommendationChanged {
  @IsUUID() recommendationId!: string;
  @IsUUID() reviewId!: string;
  /** The agency that coordinates the review. */
  @IsUUID() ownerOrg!: string;
  @IsIn(recommendationLevels) level!: RecommendationLevel;
  @IsIn(recommendationChanges) what!: RecommendationChange;
  /** The action that it was about, who leads it, how it stands now and by when it is to be done. */
  @IsOptional() @IsUUID() actionId?: string;
  @IsOptional() @IsUUID() leadOrg?: string;
  @IsOptional() @IsIn(reviewActionStates) actionState?: ReviewActionState;
  @IsOptional() @Matches(/^\d{4}-\d{2}-\d{2}$/) due?: string;
}
