import { AccessModule } from '@concordat/access';
import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import type { ContextDefinition } from '@concordat/platform';
import {
  AdvocateContactChanged,
  AssessmentCompleted,
  CaseHeard,
  CaseReferredToForum,
  ConferenceActionChanged,
  EmergencyMeetingCalled,
  ForumFlagChanged,
  ForumReferralChanged,
  ForumStageBegan,
  AgendaIssued,
  ForumStageEnded,
  MinutesIssued,
  ResearchCallChanged,
  ForumTransferChanged,
  MeetingCancelled,
  MeetingRearranged,
  MinutesAmended,
  MinutesDueChanged,
} from '@concordat/contracts';
import { Module } from '@nestjs/common';
import { AgreementsController } from './agreements/agreements.controller';
import { AgreementsService } from './agreements/agreements.service';
import { AttentionService } from './agreements/attention.service';
import { AgreementsExchange } from './agreements/exchange.service';
import { ClockService } from './agreements/clock.service';
import { AgreementsReading } from './agreements/reading.service';
import { BreachesController } from './breaches/breaches.controller';
import { BreachesService } from './breaches/breaches.service';
import { DecisionsController } from './decisions/decisions.controller';
import { DecisionsService } from './decisions/decisions.service';
import { Deciding } from './decisions/deciding';
import { EmergenciesController } from './decisions/emergencies.controller';
import { EmergenciesService } from './decisions/emergencies.service';
import { QuestionsController } from './decisions/questions.controller';
import { QuestionsService } from './decisions/questions.service';
import { PictureController } from './picture/picture.controller';
import { PictureService } from './picture/picture.service';
import { PreviewsController } from './previews/previews.controller';
import { PreviewsService } from './previews/previews.service';
import { PublishedController } from './published/published.controller';
import { PublishedService } from './published/published.service';
import { DropsController } from './drops/drops.controller';
import { DropsService } from './drops/drops.service';
import { RegisterKeeper } from './register-keeper';
import { Law } from './law';
import { CreateSharing1700000040000 } from './migrations/1700000040000-create-sharing';
import { KeepAgreementClocks1700000090000 } from './migrations/1700000090000-keep-agreement-clocks';
import { KeepDrops1700000090010 } from './migrations/1700000090010-keep-drops';
import { EndAnswers1700000187000 } from './migrations/1700000187000-end-answers';
import { KeepSignatures1700000186000 } from './migrations/1700000186000-keep-signatures';
import { FindSignaturesById1700000271100 } from './migrations/1700000271100-find-signatures-by-id';
import { ReviewEmergencies1700000470000 } from './migrations/1700000470000-review-emergencies';
import { SignatureHandlers } from './signatures.handlers';
import { SignaturesService } from './signatures.service';
import { KeepQuestions1700000091000 } from './migrations/1700000091000-keep-questions';

/** Of what risk tells, all that says nothing of who signed at a meeting. */
const OF_NO_SHARING = [
  AdvocateContactChanged,
  AssessmentCompleted,
  CaseHeard,
  CaseReferredToForum,
  ConferenceActionChanged,
  EmergencyMeetingCalled,
  ForumFlagChanged,
  ForumReferralChanged,
  ForumStageBegan,
  AgendaIssued,
  ForumStageEnded,
  MinutesIssued,
  ResearchCallChanged,
  ForumTransferChanged,
  MeetingCancelled,
  MeetingRearranged,
  MinutesAmended,
  MinutesDueChanged,
];

/**
 * Sharing: the register of information-sharing agreements, and the decision point. Publishes agreement-changed,
 * agreement-fell-due, drop-received, question-changed and breach-changed. Receives risk's events (who signed the statement of a meeting).
 *
 *   /api/sharing/agreements            the register; draft one
 *   /api/sharing/agreements/imports    draft one from what another system says (MAIS)
 *   /api/sharing/agreements/attention  what the caller's organisation has to do about them
 *   /api/sharing/agreements/:id        one version: its terms, findings and history; save, discard
 *     …/changes  …/copy  …/odrl  …/mais  …/copies  …/steps  …/signatures  …/departures  …/successors  …/preview
 *   /api/sharing/decisions[/:id]       decide whether something may be shared; what was decided, made again
 *   /api/sharing/questions[/:id]       what the rules left to a person; …/answer  …/authorisation
 *   /api/sharing/emergencies           what was shared in an emergency, and its reviews
 *   /api/sharing/breaches[/:id]        what may be breaches of personal data; …/assessment  …/notification
 *   /api/sharing/drops                 files of depersonalised sets: check one; what was checked; …/owed what was due for a quarter
 *   /api/sharing/picture               who may send what to whom, under the agreements in force
 *     …/liaison                      whom to turn to at each party
 *   /api/sharing/published[/:code]     open: agreements in force, as far as anybody may read them
 */
@Module({
  imports: [AccessModule.for({ name: 'sharing', erasures: true, ignores: OF_NO_SHARING })],
  controllers: [
    AgreementsController,
    DecisionsController,
    QuestionsController,
    EmergenciesController,
    BreachesController,
    PublishedController,
    PictureController,
    PreviewsController,
    DropsController,
  ],
  providers: [
    Law,
    AgreementsService,
    AgreementsReading,
    AttentionService,
    AgreementsExchange,
    ClockService,
    PublishedService,
    PictureService,
    PreviewsService,
    DropsService,
    RegisterKeeper,
    DecisionsService,
    Deciding,
    QuestionsService,
    EmergenciesService,
    BreachesService,
    SignaturesService,
    SignatureHandlers,
  ],
})
export class SharingModule {
  static readonly context: ContextDefinition = {
    name: 'sharing',
    migrations: [
      CreateSharing1700000040000,
      KeepAgreementClocks1700000090000,
      KeepDrops1700000090010,
      KeepQuestions1700000091000,
      IndexNumberedActs1700000170000,
      KeepSignatures1700000186000,
      EndAnswers1700000187000,
      FindSignaturesById1700000271100,
      ReviewEmergencies1700000470000,
    ],
  };
}
