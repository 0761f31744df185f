import { AccessModule } from '@concordat/access';
import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import {
  AccessRequestChanged,
  CaseApprovalChanged,
  CaseFlagChanged,
  CaseNoteAdded,
  CaseOwnerChanged,
  CaseBroughtIn,
  CasesLinked,
  ChronologyChanged,
  DocumentKept,
  GlassRefused,
  GlassReviewed,
  KeyFactsChanged,
  OnwardReferralChanged,
  OnwardReferralOffered,
  PersonAskedAbout,
  PersonChanged,
  RelationshipChanged,
  RetentionDecided,
  TransferChanged,
} from '@concordat/contracts';
import { News, type ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { ActionsController } from './actions/actions.controller';
import { ActionsService } from './actions/actions.service';
import { TogetherService } from './actions/together.service';
import { AdvocateContactsController } from './advocate-contacts/advocate-contacts.controller';
import { AdvocateContactsService } from './advocate-contacts/advocate-contacts.service';
import { AmendmentsController } from './amendments/amendments.controller';
import { AmendmentsService } from './amendments/amendments.service';
import { Ages } from './ages';
import { AgendaItemsController } from './agenda-items/agenda-items.controller';
import { ResearchOwedController } from './agenda-items/research-owed.controller';
import { NotesService } from './agenda-items/notes.service';
import { ProposingService } from './agenda-items/proposing.service';
import { ReadingItemsService } from './agenda-items/reading.service';
import { ResearchService } from './agenda-items/research.service';
import { InSession } from './agenda-items/in-session';
import { SessionService } from './agenda-items/session.service';
import { VotingService } from './agenda-items/voting.service';
import { AssessmentsController } from './assessments/assessments.controller';
import { CompletingService } from './assessments/completing.service';
import { DraftingService } from './assessments/drafting.service';
import { ReadingService } from './assessments/reading.service';
import { CasePeople } from './case-people.handlers';
import { EmergenciesController } from './emergencies/emergencies.controller';
import { EmergenciesService } from './emergencies/emergencies.service';
import { EmergencyOpenings } from './emergency-openings.handlers';
import { ErasureHandlers } from './erasure/erasure.handlers';
import { ErasureService } from './erasure/erasure.service';
import { FlagsController } from './flags/flags.controller';
import { FlagsService } from './flags/flags.service';
import { ForumKinds } from './forum-kinds';
import { ScreenedReferralsController } from './forum-referrals/screening.controller';
import { ScreeningService } from './forum-referrals/screening.service';
import { StagesService } from './forum-referrals/stages.service';
import { ForumReferralsController } from './forum-referrals/forum-referrals.controller';
import { ForumReferralsService } from './forum-referrals/forum-referrals.service';
import { ForumTransfersController } from './forum-transfers/forum-transfers.controller';
import { ReceivingService } from './forum-transfers/receiving.service';
import { TransferringService } from './forum-transfers/transferring.service';
import { ForumsController } from './forums/forums.controller';
import { ForumsService } from './forums/forums.service';
import { Instruments } from './instruments';
import { MeetingsController } from './meetings/meetings.controller';
import { MeetingsService } from './meetings/meetings.service';
import { DecisionRecordsService } from './meetings/decision-records.service';
import { MinutesPapersController } from './meetings/minutes-papers.controller';
import { MinutesPapersRunner } from './meetings/minutes-papers.runner';
import { MinutesPapersService } from './meetings/minutes-papers.service';
import { MinutesService } from './meetings/minutes.service';
import { PaperPeople } from './meetings/paper-people';
import { PlanningService } from './meetings/planning.service';
import { ObservingService } from './meetings/observing.service';
import { RearrangingService } from './meetings/rearranging.service';
import { CreateRisk1700000090000 } from './migrations/1700000090000-create-risk';
import { HoldConferences1700000120000 } from './migrations/1700000120000-hold-conferences';
import { NotesOfTwo1700000150000 } from './migrations/1700000150000-notes-of-two';
import { CountConferences1700000190000 } from './migrations/1700000190000-count-conferences';
import { FlagCases1700000191000 } from './migrations/1700000191000-flag-cases';
import { ScreenReferrals1700000192000 } from './migrations/1700000192000-screen-referrals';
import { CallEmergencies1700000225000 } from './migrations/1700000225000-call-emergencies';
import { ContactBeforeMeetings1700000225100 } from './migrations/1700000225100-contact-before-meetings';
import { AmendMinutes1700000225200 } from './migrations/1700000225200-amend-minutes';
import { TransferBetweenForums1700000226000 } from './migrations/1700000226000-transfer-between-forums';
import { CountPractice1700000227000 } from './migrations/1700000227000-count-practice';
import { CancelMeetings1700000251000 } from './migrations/1700000251000-cancel-meetings';
import { ObserveMeetings1700000253000 } from './migrations/1700000253000-observe-meetings';
import { VoteOnCases1700000250000 } from './migrations/1700000250000-vote-on-cases';
import { WriteMinutes1700000273000 } from './migrations/1700000273000-write-minutes';
import { BeginStages1700000280000 } from './migrations/1700000280000-begin-stages';
import { OverseeWork1700000287000 } from './migrations/1700000287000-oversee-work';
import { WordInstruments1700000340000 } from './migrations/1700000340000-word-instruments';
import { DivertCases1700000350000 } from './migrations/1700000350000-divert-cases';
import { BandByForums1700000360000 } from './migrations/1700000360000-band-by-forums';
import { DivertTransfers1700000361000 } from './migrations/1700000361000-divert-transfers';
import { StagesSideBySide1700000400000 } from './migrations/1700000400000-stages-side-by-side';
import { CallForResearch1700000450000 } from './migrations/1700000450000-call-for-research';
import { MergeReferrals1700000451000 } from './migrations/1700000451000-merge-referrals';
import { KeepTransferEnds1700000471000 } from './migrations/1700000471000-keep-transfer-ends';
import { WorkController } from './work/work.controller';
import { WorkService } from './work/work.service';
import { ResearchShares } from './research-shares';
import { StatisticsController } from './statistics/statistics.controller';
import { StatisticsService } from './statistics/statistics.service';
import { HeldAboutController } from './subject-access/held-about.controller';
import { HeldAboutService } from './subject-access/held-about.service';
import { Texts } from './texts';
import { WordingsController } from './wordings/wordings.controller';
import { WordingsService } from './wordings/wordings.service';

/** Of what records tells, all that changes neither who is in a case nor who may look into it. */
const OF_NO_RISK = [
  AccessRequestChanged,
  CaseApprovalChanged,
  CaseFlagChanged,
  CaseNoteAdded,
  CaseOwnerChanged,
  CaseBroughtIn,
  CasesLinked,
  ChronologyChanged,
  DocumentKept,
  GlassRefused,
  GlassReviewed,
  KeyFactsChanged,
  OnwardReferralChanged,
  OnwardReferralOffered,
  PersonAskedAbout,
  PersonChanged,
  RelationshipChanged,
  RetentionDecided,
  TransferChanged,
];

/**
 * Risk: assessments of people in cases, by instruments that are data of the pack.
 *
 *   /api/risk/instruments                      instruments that may be answered anew
 *   /api/risk/cases/:id/assessments            assessments in a case; begin one
 *   /api/risk/cases/:id/comparison             one subject, one instrument, over time
 *   /api/risk/assessments/:id                  one assessment; save or throw away a draft
 *     …/completion  …/corrections              complete it for good; begin one that takes its place
 *   /api/risk/wordings  /:id  …/removal          an agency's licensed wording of an instrument, for that agency alone
 *     /wordings/checks                         a file of it read, and shown beside the neutral labels
 *   /api/risk/forums  /forums/:id  …/meetings  forums as they are set locally; their meetings
 *     …/statistics  …/published-figures        what a forum counts, for whoever leads it; what it has published, for everybody
 *   /api/risk/cases/:id/forum-referrals        referrals of a case to forums; make one
 *   /api/risk/forum-referrals/:id/steps        returned, completed, not accepted, challenged
 *     …/stages                                 when a stage of the case at the forum began
 *     …/emergency-meetings                     a meeting out of the forum's rhythm
 *     …/transfers  /forum-transfers/:id  …/acknowledgements  to the forum of another area, and referred anew there
 *   /api/risk/advocate-contacts  /:id/attempts contact with the person harmed before a meeting, by an agency's advocate
 *   /api/risk/meetings/:id                     a meeting with its agenda
 *     …/steps  …/order  …/signatures           its next step; another order; sign, and declare conflicts
 *     …/cancellations  …/rearrangements      not held, or at another time or place
 *     …/observers                            who observes it; on a case, whom a chair lets in
 *     …/minutes  …/approvals                   minutes as far as the reader may see them; a chair's approval
 *     …/minutes-papers  /minutes-papers/:id  …/file  the same as a PDF, made as a job and kept a while
 *   /api/risk/work                             how far they have come, for administrators
 *   /api/risk/agenda-items/:id                 a case on an agenda
 *     …/research  …/deferrals  …/openings  …/presence  …/notes  …/actions  …/decisions
 *     …/home-agency  …/ballots  …/votes      who must be there, and votes of a panel
 *     …/decision-record  …/file              what a panel decided, as a document of its own
 *     …/amendments  /minute-amendments/:id/answers  what is put right after minutes were issued
 *   /api/risk/conference-actions  /:id/steps   an agency's own actions, and what became of them
 *   /api/risk/forum-flags  /:id/steps          flags on an agency's own files after hearings
 *   /api/risk/held-about/:id                   assessments of somebody who asks: for the records service alone
 *
 * Publishes risk.*; receives identity's events (who works where), records' (who takes part in which case, who is in it, and what
 * was erased) and audit's (which details of acts are destroyed).
 */
@Module({
  imports: [
    AccessModule.for({ name: 'risk', caseAccess: true, restrictions: true, erasures: true, ignores: OF_NO_RISK }),
  ],
  controllers: [
    AssessmentsController,
    HeldAboutController,
    ForumsController,
    ForumReferralsController,
    MeetingsController,
    MinutesPapersController,
    WorkController,
    AgendaItemsController,
    ResearchOwedController,
    ActionsController,
    StatisticsController,
    FlagsController,
    ScreenedReferralsController,
    EmergenciesController,
    AdvocateContactsController,
    ForumTransfersController,
    AmendmentsController,
    WordingsController,
  ],
  providers: [
    Instruments,
    Texts,
    DraftingService,
    CompletingService,
    ReadingService,
    CasePeople,
    EmergencyOpenings,
    ErasureService,
    ErasureHandlers,
    HeldAboutService,
    ForumKinds,
    ForumsService,
    ForumReferralsService,
    PlanningService,
    RearrangingService,
    ObservingService,
    MeetingsService,
    MinutesService,
    MinutesPapersService,
    WorkService,
    MinutesPapersRunner,
    PaperPeople,
    DecisionRecordsService,
    ReadingItemsService,
    InSession,
    Ages,
    SessionService,
    VotingService,
    NotesService,
    News,
    ResearchService,
    ResearchShares,
    ProposingService,
    ActionsService,
    TogetherService,
    StatisticsService,
    FlagsService,
    ScreeningService,
    StagesService,
    EmergenciesService,
    AdvocateContactsService,
    TransferringService,
    ReceivingService,
    AmendmentsService,
    WordingsService,
  ],
})
export class RiskModule {
  static readonly context: ContextDefinition = {
    name: 'risk',
    migrations: [
      CreateRisk1700000090000,
      HoldConferences1700000120000,
      NotesOfTwo1700000150000,
      IndexNumberedActs1700000170000,
      CountConferences1700000190000,
      FlagCases1700000191000,
      ScreenReferrals1700000192000,
      CallEmergencies1700000225000,
      ContactBeforeMeetings1700000225100,
      AmendMinutes1700000225200,
      TransferBetweenForums1700000226000,
      CountPractice1700000227000,
      VoteOnCases1700000250000,
      CancelMeetings1700000251000,
      ObserveMeetings1700000253000,
      WriteMinutes1700000273000,
      BeginStages1700000280000,
      OverseeWork1700000287000,
      WordInstruments1700000340000,
      DivertCases1700000350000,
      BandByForums1700000360000,
      DivertTransfers1700000361000,
      StagesSideBySide1700000400000,
      CallForResearch1700000450000,
      MergeReferrals1700000451000,
      KeepTransferEnds1700000471000,
    ],
  };
}
