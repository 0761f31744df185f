import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { Kinds } from './kinds';
import { KindsController } from './kinds/kinds.controller';
import { KindsService } from './kinds/kinds.service';
import { CreateReviews1700000050000 } from './migrations/1700000050000-create-reviews';
import { Changing } from './reviews/changing';
import { PausingService } from './reviews/pausing.service';
import { ReviewsReading } from './reviews/reading.service';
import { RecordingController } from './reviews/recording.controller';
import { RecordingService } from './reviews/recording.service';
import { ReviewsController } from './reviews/reviews.controller';
import { ReviewsService } from './reviews/reviews.service';

/**
 * Reviews: statutory reviews of deaths and of how agencies answered, by kinds that are pack data. Publishes review-changed.
 *
 *   /api/reviews/kinds[/:code]      kinds of reviews: law, states, guards, clocks
 *   /api/reviews/reviews            the coordinator's board; register a notification
 *   /api/reviews/reviews/:id        one review: clocks, decisions, dates, pauses, open steps
 *     …/steps  …/members  …/dates  …/allowed-dates  …/notices  …/confirmations  …/decisions  …/pauses[/:id/end]  …/extensions
 */
@Module({
  imports: [AccessModule.for({ name: 'reviews' })],
  controllers: [KindsController, ReviewsController, RecordingController],
  providers: [Kinds, KindsService, Changing, ReviewsService, RecordingService, PausingService, ReviewsReading],
})
export class ReviewsModule {
  static readonly context: ContextDefinition = { name: 'reviews', migrations: [CreateReviews1700000050000] };
}
