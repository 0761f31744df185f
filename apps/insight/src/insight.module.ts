import { AccessModule } from '@concordat/access';
import {
  AccessRequestChanged,
  AdvocateContactChanged,
  AssessmentCompleted,
  BreachChanged,
  CaseAccessChanged,
  CaseApprovalChanged,
  CaseErased,
  CaseFlagChanged,
  CaseNoteAdded,
  CaseOwnerChanged,
  CasesLinked,
  ChronologyChanged,
  DeadlineEscalated,
  DocumentKept,
  DropReceived,
  EmergencyMeetingCalled,
  FeedbackGiven,
  ForumFlagChanged,
  ForumStageBegan,
  AgendaIssued,
  ForumStageEnded,
  MinutesIssued,
  ResearchCallChanged,
  ForumTransferChanged,
  GlassBroken,
  GlassEnded,
  GlassRefused,
  GlassReviewed,
  InformationRequested,
  InformationReturned,
  KeyFactsChanged,
  MeetingCancelled,
  MeetingRearranged,
  MeetingStatementSigned,
  MergeUndone,
  MinutesAmended,
  MinutesDueChanged,
  NoteAdded,
  PartnershipDutyDone,
  PeopleMerged,
  PersonAskedAbout,
  PersonChanged,
  PersonJoinedCase,
  QuestionChanged,
  ReferralAssigned,
  RelationshipChanged,
  RestrictionChanged,
  RetentionDecided,
  TransferChanged,
} from '@concordat/contracts';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { Answering } from './answering';
import { CountsHandlers } from './counts.handlers';
import { CountsService } from './counts.service';
import { FiguresController } from './figures/figures.controller';
import { FiguresService } from './figures/figures.service';
import { CreateInsight1700000210000 } from './migrations/1700000210000-create-insight';
import { OverseeWork1700000260300 } from './migrations/1700000260300-oversee-work';
import { ReadByTheBoard1700000289000 } from './migrations/1700000289000-read-by-the-board';
import { PlaceRecords1700000320000 } from './migrations/1700000320000-place-records';
import { WorkController } from './work/work.controller';
import { WorkService } from './work/work.service';
import { PacksController } from './packs/packs.controller';
import { PacksRunner } from './packs/packs.runner';
import { PacksService } from './packs/packs.service';
import { Practice } from './practice';
import { Past } from './rebuilding/past';
import { RebuildsController } from './rebuilding/rebuilds.controller';
import { RebuildsRunner } from './rebuilding/rebuilds.runner';
import { RebuildsService } from './rebuilding/rebuilds.service';

/**
 * What is told of people, of who may see what, or of work within a case: nothing is counted by it. That a case was erased changes no
 * number either: what is kept of it is ids, codes and times, and its count stays (decision 38).
 */
const NOT_COUNTED = [
  AccessRequestChanged,
  AdvocateContactChanged,
  AssessmentCompleted,
  BreachChanged,
  CaseAccessChanged,
  CaseApprovalChanged,
  CaseErased,
  CaseFlagChanged,
  CaseNoteAdded,
  CaseOwnerChanged,
  CasesLinked,
  ChronologyChanged,
  DeadlineEscalated,
  DocumentKept,
  DropReceived,
  EmergencyMeetingCalled,
  FeedbackGiven,
  ForumFlagChanged,
  ForumStageBegan,
  AgendaIssued,
  ForumStageEnded,
  MinutesIssued,
  ResearchCallChanged,
  ForumTransferChanged,
  GlassBroken,
  GlassEnded,
  GlassRefused,
  GlassReviewed,
  InformationRequested,
  InformationReturned,
  KeyFactsChanged,
  MeetingCancelled,
  MeetingRearranged,
  MeetingStatementSigned,
  MergeUndone,
  MinutesAmended,
  MinutesDueChanged,
  NoteAdded,
  PartnershipDutyDone,
  PeopleMerged,
  PersonAskedAbout,
  PersonChanged,
  PersonJoinedCase,
  QuestionChanged,
  ReferralAssigned,
  RelationshipChanged,
  RestrictionChanged,
  RetentionDecided,
  TransferChanged,
];

/**
 * Insight: numbers for those who lead the partnership, kept from what every context tells, and counted anew from the beginning at will.
 *
 *   /api/insight/figures                 totals of every subject, and deadlines that were missed
 *   /api/insight/figures/missed          those alone, as a subject
 *   /api/insight/figures/:subject        one subject; …/export for a file
 *   /api/insight/quarterly-packs         packs for a board; ask for one
 *     …/:id  …/:id/file                  how far it has come; the PDF
 *   /api/insight/rebuilds  …/latest      count anew; how far that has come
 *
 * Publishes nothing. Receives identity's events (who works where), audit's (which details of acts are destroyed), and referrals',
 * records', risk's, reviews', sharing's and notifications' (what passed its time): of these ids, codes and times.
 */
@Module({
  imports: [AccessModule.for({ name: 'insight', pace: 'unhurried', erasures: true, ignores: NOT_COUNTED })],
  controllers: [FiguresController, PacksController, RebuildsController, WorkController],
  providers: [
    WorkService,
    Practice,
    CountsService,
    CountsHandlers,
    Answering,
    FiguresService,
    PacksService,
    PacksRunner,
    Past,
    RebuildsService,
    RebuildsRunner,
  ],
})
export class InsightModule {
  static readonly context: ContextDefinition = {
    name: 'insight',
    migrations: [
      CreateInsight1700000210000,
      OverseeWork1700000260300,
      ReadByTheBoard1700000289000,
      PlaceRecords1700000320000,
    ],
  };
}
