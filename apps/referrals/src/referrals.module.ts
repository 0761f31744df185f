import { AccessModule } from '@concordat/access';
import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import {
  CaseOpened,
  CaseBroughtIn,
  CasesLinked,
  KeyFactsChanged,
  PersonJoinedCase,
  DocumentKept,
  CaseNoteAdded,
  CaseOwnerChanged,
  RetentionDecided,
  AccessRequestChanged,
  ChronologyChanged,
  MergeUndone,
  OnwardReferralChanged,
  OnwardReferralOffered,
  PeopleMerged,
  PersonChanged,
  RelationshipChanged,
  TransferChanged,
  CaseApprovalChanged,
  CaseFlagChanged,
  FeedbackGiven,
  GlassBroken,
  GlassEnded,
  GlassRefused,
  GlassReviewed,
  NoteAdded,
  PersonAskedAbout,
} from '@concordat/contracts';
import { News, type ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { PlaceMembersInReferrals1700000030000 } from './migrations/1700000030000-place-members';
import { CaseFileController } from './hand-over/case-file.controller';
import { CaseFileService } from './hand-over/case-file.service';
import { Areas } from './intake/areas';
import { Drafts } from './intake/drafts.repository';
import { DraftsService } from './intake/drafts.service';
import { DraftsController, SubmissionsController } from './intake/intake.controllers';
import { ReferenceSeries } from './intake/reference-series';
import { SubmissionsService } from './intake/submissions.service';
import { CreateReferrals1700000001000 } from './migrations/1700000001000-create-referrals';
import { RestrictReferrals1700000010000 } from './migrations/1700000010000-restrict-referrals';
import { ListByPart1700000005000 } from './migrations/1700000005000-list-by-part';
import { EraseReferrals1700000080000 } from './migrations/1700000080000-erase-referrals';
import { ErasureHandlers } from './erasure/erasure.handlers';
import { ErasureService } from './erasure/erasure.service';
import { TellOfPeople1700000080100 } from './migrations/1700000080100-tell-of-people';
import { KeepPacksTaken1700000260100 } from './migrations/1700000260100-keep-packs-taken';
import { ListAtScale1700000440000 } from './migrations/1700000440000-list-at-scale';
import { ListWhatIsOpen1700000490000 } from './migrations/1700000490000-list-what-is-open';
import { HeldAboutController } from './subject-access/held-about.controller';
import { HeldAboutService } from './subject-access/held-about.service';
import { PacksTaken } from './packs/packs-taken';
import { PacksController } from './packs/packs.controller';
import { PacksService } from './packs/packs.service';
import { Practice } from './practice';
import { PracticeController } from './practice.controller';
import { Referrals } from './referrals.repository';
import { Assignees } from './triage/assignees.repository';
import { Changes } from './triage/changes';
import { DecisionsService } from './triage/decisions.service';
import { TriageClockHandlers } from './triage/triage-clock.handlers';
import { TriageClockService } from './triage/triage-clock.service';
import { TriageClocks } from './triage/triage-clocks.repository';
import { TriageController } from './triage/triage.controller';
import { TriageService } from './triage/triage.service';
import { ViewingService } from './triage/viewing.service';
import { SearchIndex } from './worklist/search-index.service';
import { Searches } from './worklist/searches.repository';
import { SearchesService } from './worklist/searches.service';
import { SearchesController, WorklistController } from './worklist/worklist.controllers';
import { Worklist } from './worklist/worklist.repository';
import { WorklistHandlers } from './worklist/worklist.handlers';
import { WorklistService } from './worklist/worklist.service';

/** What is known of people, and what cases hold, is records' business. */
const RECORDS = [
  CaseBroughtIn,
  CasesLinked,
  KeyFactsChanged,
  PersonJoinedCase,
  DocumentKept,
  CaseNoteAdded,
  ChronologyChanged,
  PersonChanged,
  PeopleMerged,
  MergeUndone,
  RelationshipChanged,
];

/** Emergency access opens a case in records, and nothing of its referral here. */
const GLASS = [GlassBroken, GlassRefused, GlassEnded, GlassReviewed];

/** So is what agencies do with cases among themselves. */
const HAND_OVER = [
  OnwardReferralOffered,
  OnwardReferralChanged,
  TransferChanged,
  CaseOwnerChanged,
  CaseFlagChanged,
  CaseApprovalChanged,
  PersonAskedAbout,
];

/** Of its own events, those that change nothing in a worklist. */
const OWN = [FeedbackGiven, NoteAdded];

/**
 * Referrals: made by one agency, triaged by the one that leads for the area.
 *
 *   POST /api/referrals                        a whole referral at once
 *   /api/referrals/drafts[/:id[/submission]]   drafts, saved as one goes, seen by their author only
 *   GET  /api/referrals                        the worklist; …/counts its numbers; …/searches[/:id] free text
 *   /api/referrals/:id                         one referral, as far as the caller's part in it goes
 *   POST /api/referrals/:id/ratings …          assignment, notes, information-requests, information-returns, decisions,
 *                                              reopenings, feedback, withdrawals
 *   GET  /api/referrals/:id/case-file          what a case is opened with: for the records service alone
 *   GET  /api/referrals/held-about/:id         what referrals say of somebody who asks: for the records service alone
 *   GET  /api/referrals/pathways[/:code]       the pack: what is asked, required, and where it can lead
 *   GET  /api/referrals/reasons                the pack: reasons, outcomes and colours
 *   GET  /api/referrals/packs[/:kind[/:code]]  the pack, for administrators: what is in force, and what changed when
 *   POST /api/referrals/packs/checks           what would be wrong with one file more
 *
 * Publishes referrals.*; receives identity's events (who works where), records' (who takes part in which case, and what was
 * erased), audit's (which details of acts are destroyed) and its own (what can be found, and whose worklist changed).
 */
@Module({
  imports: [
    AccessModule.for({
      name: 'referrals',
      caseAccess: true,
      restrictions: true,
      erasures: true,
      ignores: [CaseOpened, RetentionDecided, AccessRequestChanged, ...GLASS, ...RECORDS, ...HAND_OVER, ...OWN],
    }),
  ],
  controllers: [
    PracticeController,
    PacksController,
    SubmissionsController,
    DraftsController,
    WorklistController,
    SearchesController,
    TriageController,
    CaseFileController,
    HeldAboutController,
  ],
  providers: [
    Practice,
    PacksTaken,
    PacksService,
    Referrals,
    Areas,
    ReferenceSeries,
    SubmissionsService,
    Drafts,
    DraftsService,
    Assignees,
    Changes,
    TriageService,
    DecisionsService,
    ViewingService,
    TriageClocks,
    TriageClockService,
    TriageClockHandlers,
    CaseFileService,
    Worklist,
    WorklistService,
    Searches,
    SearchesService,
    SearchIndex,
    News,
    WorklistHandlers,
    ErasureService,
    ErasureHandlers,
    HeldAboutService,
  ],
})
export class ReferralsModule {
  static readonly context: ContextDefinition = {
    name: 'referrals',
    migrations: [
      CreateReferrals1700000001000,
      ListByPart1700000005000,
      RestrictReferrals1700000010000,
      PlaceMembersInReferrals1700000030000,
      EraseReferrals1700000080000,
      TellOfPeople1700000080100,
      IndexNumberedActs1700000170000,
      KeepPacksTaken1700000260100,
      ListAtScale1700000440000,
      ListWhatIsOpen1700000490000,
    ],
  };
}
