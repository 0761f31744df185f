import { IsIn, IsInt, IsUUID, Matches, Min } from 'class-validator';
import { EventType } from '../event';
import { reviewChanges, type ReviewChange } from './api';

@EventType('reviews.review-changed.v1', 'A statutory review was registered, recorded on, or taken a step further.')
export class ReviewChanged {
  @IsUUID() reviewId!: string;
  /** The kind of review, and the version of its definition that this review is pinned to. */
  @Matches(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/) kind!: string;
  @IsInt() @Min(1) kindVersion!: number;
  @Matches(/^[A-Z][A-Z0-9_]{1,39}$/) state!: string;
  @IsUUID() ownerOrg!: string;
  @IsIn(reviewChanges) what!: ReviewChange;
}
