import { AccessModule } from '@concordat/access';
import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import { Keeping, type ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import {
  AnswersController,
  FiguresController,
  LedgerController,
  PublishedFiguresController,
} from './asb/asb.controller';
import { ApplicationsController } from './asb/applications.controller';
import { ApplicationsService } from './asb/applications.service';
import { AppealsService } from './asb/appeals.service';
import { FiguresService } from './asb/figures.service';
import { KeepingService } from './asb/keeping.service';
import { LedgerService } from './asb/ledger.service';
import { LettersService } from './asb/letters.service';
import { ChronologyController } from './chronology/chronology.controller';
import { ChronologyService } from './chronology/chronology.service';
import { TakingService } from './chronology/taking.service';
import { DataController } from './data/data.controller';
import { DataService } from './data/data.service';
import { DutiesController } from './duties/duties.controller';
import { DutiesService } from './duties/duties.service';
import { EvidenceShares } from './evidence-shares';
import { FamilyController } from './family/family.controller';
import { FamilyService } from './family/family.service';
import { Kinds } from './kinds';
import { KindsController } from './kinds/kinds.controller';
import { KindsService } from './kinds/kinds.service';
import { CreateReviews1700000050000 } from './migrations/1700000050000-create-reviews';
import { KeepRecommendations1700000060000 } from './migrations/1700000060000-keep-recommendations';
import { PublishFigures1700000060010 } from './migrations/1700000060010-publish-figures';
import { TakeApplications1700000060020 } from './migrations/1700000060020-take-applications';
import { ReleaseFiles1700000160000 } from './migrations/1700000160000-release-files';
import { AuditReviews1700000195000 } from './migrations/1700000195000-audit-reviews';
import { AnswerRecommendations1700000195010 } from './migrations/1700000195010-answer-recommendations';
import { KeepEvidence1700000228000 } from './migrations/1700000228000-keep-evidence';
import { AnswerApplicants1700000240000 } from './migrations/1700000240000-answer-applicants';
import { KeepDuties1700000240010 } from './migrations/1700000240010-keep-duties';
import { KeepReviewData1700000240020 } from './migrations/1700000240020-keep-review-data';
import { CorrectEvidence1700000240030 } from './migrations/1700000240030-correct-evidence';
import { PageReviews1700000370000 } from './migrations/1700000370000-page-reviews';
import { SeeWhoIsSilent1700000460000 } from './migrations/1700000460000-see-who-is-silent';
import { DecidingService } from './publication/deciding.service';
import { PublicationController, PublishedReviewsController } from './publication/publication.controller';
import { PublishingService } from './publication/publishing.service';
import { ActionsService } from './recommendations/actions.service';
import { ChangingRecommendations } from './recommendations/changing';
import {
  RecommendationsController,
  ReviewRecommendationsController,
} from './recommendations/recommendations.controller';
import { RecommendationsService } from './recommendations/recommendations.service';
import { TrackingService } from './recommendations/tracking.service';
import { RegistersController } from './registers/registers.controller';
import { RegistersService } from './registers/registers.service';
import { ClearingService } from './release/clearing.service';
import { ComposingService } from './release/composing.service';
import { Nameable } from './release/drafting';
import { FilesService } from './release/files.service';
import { MapService } from './release/map.service';
import { ReleaseController } from './release/release.controller';
import { BoardService } from './reviews/board.service';
import { Changing } from './reviews/changing';
import { CheckingService } from './reviews/checking.service';
import { LinkingService } from './reviews/linking.service';
import { BoardController, ChecksController } from './reviews/oversight.controller';
import { ManagementService } from './reviews/management.service';
import { MeetingsService } from './reviews/meetings.service';
import { PanelController } from './reviews/panel.controller';
import { PanelService } from './reviews/panel.service';
import { PausingService } from './reviews/pausing.service';
import { ReviewsReading } from './reviews/reading.service';
import { RecordingController } from './reviews/recording.controller';
import { RecordingService } from './reviews/recording.service';
import { ReviewsController } from './reviews/reviews.controller';
import { ReviewsService } from './reviews/reviews.service';
import { ScopingService } from './reviews/scoping.service';

/**
 * Reviews: statutory reviews of deaths and of how agencies answered, by kinds that are pack data. Publishes review-changed,
 * recommendation-changed, asb-application-changed and partnership-duty-done.
 *
 *   /api/reviews/kinds[/:code]      kinds of reviews: law, states, guards, clocks; …/checklist[/findings] finds which
 *   /api/reviews/board              the coordinator's board, sorted and filtered; …/export takes it out
 *   /api/reviews/checks[/:id]       auditors' checks
 *   /api/reviews/registers/copies|publications[/export]   across reviews: what central bodies are to have, what is published
 *   /api/reviews/reviews            reviews, the last changed first; register a notification
 *   /api/reviews/reviews/:id        one review: clocks, decisions, dates, pauses, open steps
 *     …/steps  …/members  …/dates  …/allowed-dates  …/notices  …/confirmations  …/decisions  …/pauses[/:id/end]  …/extensions
 *     …/panel[/:memberId/declarations|end]  …/meetings  …/planned-meetings[/:meetingId/call-off|apologies|calendar]  …/terms  …/scoping[/:requestId/returns|moves]  …/links  …/kind-tests
 *     …/management-reviews[/:imrId/submissions|judgements]
 *     …/release[/people|uploads|files[/:fileId/scans|clearings|release|withdrawal|content]]   who is protected; what leaves
 *     …/data[/export]                   what a central body asks of it
 *     …/family[/people|contacts]        the family log   …/chronology[/items|same-events|versions|export]   combined
 *     …/submissions  …/quality-letters  …/quality-answers  …/publication-decisions  …/copies[/acknowledgements]  …/publications
 *   /api/reviews/partnership-duties[/:code/records|copies]   what the partnership has to do again and again
 *   /api/reviews/published-reviews[/:id/files/:number]   for anybody
 *     …/recommendations                 propose one; those of this review
 *     …/complaints  …/appeals  …/appeal-decisions  …/letters[/:letterId[/sending]]   of an ASB case review: ledger, appeals, letters
 *   /api/reviews/asb-applications       applications for ASB case reviews; …/:id/register|set-aside
 *   /api/reviews/asb-figures            figures of a period; publish them. …/published-figures: for anybody
 *   /api/reviews/recommendations        the tracker, across all reviews; …/export takes it out
 *   /api/reviews/recommendations/:id    …/requests  …/answers  …/repeats  …/central  …/actions[/:actionId/targets|progress|checks|end]
 */
@Module({
  imports: [AccessModule.for({ name: 'reviews' })],
  controllers: [
    KindsController,
    ReviewsController,
    BoardController,
    ChecksController,
    RecordingController,
    PanelController,
    ReviewRecommendationsController,
    RecommendationsController,
    LedgerController,
    AnswersController,
    ApplicationsController,
    FiguresController,
    PublishedFiguresController,
    ReleaseController,
    PublicationController,
    PublishedReviewsController,
    FamilyController,
    ChronologyController,
    DutiesController,
    DataController,
    RegistersController,
  ],
  providers: [
    ...[Kinds, KindsService, Changing, ReviewsService, RecordingService, PausingService, ReviewsReading],
    ...[FamilyService, ChronologyService, TakingService, EvidenceShares, DutiesService, DataService],
    ...[BoardService, CheckingService, ManagementService, RegistersService],
    ...[AppealsService, LettersService, KeepingService, ComposingService],
    ...[
      PanelService,
      MeetingsService,
      LinkingService,
      ScopingService,
      LedgerService,
      FiguresService,
      ApplicationsService,
    ],
    ...[Keeping, Nameable, MapService, FilesService, ClearingService, DecidingService, PublishingService],
    ...[ChangingRecommendations, RecommendationsService, ActionsService, TrackingService],
  ],
})
export class ReviewsModule {
  static readonly context: ContextDefinition = {
    name: 'reviews',
    migrations: [
      CreateReviews1700000050000,
      KeepRecommendations1700000060000,
      PublishFigures1700000060010,
      TakeApplications1700000060020,
      ReleaseFiles1700000160000,
      IndexNumberedActs1700000170000,
      AuditReviews1700000195000,
      AnswerRecommendations1700000195010,
      KeepEvidence1700000228000,
      AnswerApplicants1700000240000,
      KeepDuties1700000240010,
      KeepReviewData1700000240020,
      CorrectEvidence1700000240030,
      PageReviews1700000370000,
      SeeWhoIsSilent1700000460000,
    ],
  };
}
