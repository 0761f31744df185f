import {
  AccessRequestChanged,
  CaseApprovalChanged,
  CaseFlagChanged,
  CaseErased,
  RetentionDecided,
  CaseOwnerChanged,
  CaseBroughtIn,
  CasesLinked,
  GlassBroken,
  GlassEnded,
  GlassRefused,
  GlassReviewed,
  InformationRequested,
  InformationReturned,
  KeyFactsChanged,
  NoteAdded,
  OnwardReferralChanged,
  OnwardReferralOffered,
  ReferralAssigned,
  ReferralDecided,
  ReferralRated,
  ReferralSubmitted,
  ReferralWithdrawn,
  RelationshipChanged,
  RestrictionChanged,
  TransferChanged,
  TriageClockPassed,
} from '@concordat/contracts';
import { AccessModule } from '@concordat/access';
import { Keeping, type ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { migrations } from './records.migrations';
import { Disclosures } from './disclosures';
import { Looks } from './looks';
import { WholeCases } from './whole-cases';
import { CaseHandlers } from './cases/case.handlers';
import { CasesController } from './cases/cases.controller';
import { CaseNamesService } from './cases/case-names.service';
import { CasesService } from './cases/cases.service';
import { ParticipationService } from './cases/participation.service';
import { ChronologyController } from './chronology/chronology.controller';
import { ChronologyService } from './chronology/chronology.service';
import { EntriesService } from './chronology/entries.service';
import { ApprovalsController } from './cases/approvals/approvals.controller';
import { ApprovalsService } from './cases/approvals/approvals.service';
import { BulkActs } from './bulk-acts';
import { BulkController } from './cases/bulk/bulk.controller';
import { BulkRunner } from './cases/bulk/bulk.runner';
import { BulkService } from './cases/bulk/bulk.service';
import { FlagsController } from './cases/flags/flags.controller';
import { FlagsService } from './cases/flags/flags.service';
import { RecipientsController } from './cases/recipients/recipients.controller';
import { RecipientsService } from './cases/recipients/recipients.service';
import { BreakGlassController } from './cases/break-glass/break-glass.controller';
import { BreakGlassService } from './cases/break-glass/break-glass.service';
import { GlassEnding } from './cases/break-glass/glass.ending';
import { GlassReviews } from './cases/break-glass/glass.reviews';
import { AsItStoodController } from './cases/as-it-stood/as-it-stood.controller';
import { AsItStoodService } from './cases/as-it-stood/as-it-stood.service';
import { AccessLogController } from './cases/access-log/access-log.controller';
import { AccessLogService } from './cases/access-log/access-log.service';
import { LookBackController } from './cases/look-back/look-back.controller';
import { LookBackService } from './cases/look-back/look-back.service';
import {
  CaseRestrictionsController,
  PersonRestrictionsController,
  RestrictionsController,
} from './cases/restrictions/restrictions.controllers';
import { RestrictionsReading } from './cases/restrictions/restrictions.reading';
import { RestrictionsService } from './cases/restrictions/restrictions.service';
import { MergedChronologyController } from './chronology/merged.controller';
import { MergedChronologyService } from './chronology/merged.service';
import { DocumentsController } from './documents/documents.controller';
import { RedactingService } from './documents/redacting.service';
import { DocumentsService } from './documents/documents.service';
import { Removing } from './documents/removing';
import { NotesController } from './notes/notes.controller';
import { NotesService } from './notes/notes.service';
import { HouseholdController } from './household/household.controller';
import { HouseholdService } from './household/household.service';
import { JoiningController } from './joining/joining.controller';
import { JoiningService } from './joining/joining.service';
import { KeyFactsController } from './key-facts/key-facts.controller';
import { KeyFactsService } from './key-facts/key-facts.service';
import { LinksController } from './links/links.controller';
import { LinksService } from './links/links.service';
import { AnswersService } from './cases/onward-referrals/answers.service';
import { ExpiryHandlers } from './cases/onward-referrals/expiry.handlers';
import { ExpiryService } from './cases/onward-referrals/expiry.service';
import { OffersService } from './cases/onward-referrals/offers.service';
import { OnwardReferralsController } from './cases/onward-referrals/onward-referrals.controller';
import { OnwardReferralsService } from './cases/onward-referrals/onward-referrals.service';
import { AssignmentService } from './cases/transfers/assignment.service';
import { TransferOffersService } from './cases/transfers/offers.service';
import { TransferStepsService } from './cases/transfers/steps.service';
import { TransfersController } from './cases/transfers/transfers.controller';
import { TransfersService } from './cases/transfers/transfers.service';
import { ReferredCaseService } from './cases/onward-referrals/referred-case.service';
import { AskingController } from './asking/asking.controller';
import { AskingService } from './asking/asking.service';
import { PersonInfoService } from './asking/person-info.service';
import { KnownQuestionsReading } from './asking/reading.service';
import { TellingService } from './asking/telling.service';
import { TellingHandlers } from './asking/telling.handlers';
import { ExportsController } from './exports/exports.controller';
import { ExportsRunner } from './exports/exports.runner';
import { ExportsService } from './exports/exports.service';
import { CandidatesService } from './duplicates/candidates.service';
import { DistinctionsService } from './duplicates/distinctions.service';
import { DuplicatesController } from './duplicates/duplicates.controller';
import { MergesService } from './duplicates/merges.service';
import { Weights } from './duplicates/weights';
import { HandOverPractices } from './hand-over-practice';
import { Practice } from './practice';
import { PeopleController } from './people/people.controller';
import { PeopleService } from './people/people.service';
import { RelationshipsService } from './people/relationships.service';
import { SearchIndexHandlers } from './search/search-index.handlers';
import { SearchController } from './search/search.controller';
import { SearchService } from './search/search.service';

/** What records tells others and need not hear of itself: none of it changes what is found, or by whom. */
const ofNoSearch = [
  RelationshipChanged,
  RestrictionChanged,
  GlassBroken,
  GlassRefused,
  GlassEnded,
  GlassReviewed,
  CaseBroughtIn,
  CasesLinked,
  KeyFactsChanged,
  CaseOwnerChanged,
  OnwardReferralOffered,
  OnwardReferralChanged,
  TransferChanged,
  AccessRequestChanged,
  CaseErased,
  RetentionDecided,
  CaseFlagChanged,
  CaseApprovalChanged,
];
import { AccessRequestsController } from './access-requests/access-requests.controller';
import { AccessRequestsService } from './access-requests/access-requests.service';
import { AnswerService } from './access-requests/bundle.service';
import { GatheringService } from './access-requests/gathering.service';
import { ImportingService } from './chronology/importing.service';
import { ImportActs } from './import-acts';
import { CaseRows } from './imports/case-rows';
import { ImportsController } from './imports/imports.controller';
import { ImportsRunner } from './imports/imports.runner';
import { ImportsService } from './imports/imports.service';
import { MatchesService } from './imports/matches.service';
import { Matching } from './imports/matching';
import { PersonRows } from './imports/person-rows';
import { RelationshipRows } from './imports/relationship-rows';
import { SamePerson } from './same-person';
import { RecordCopiesController } from './record-copies/record-copies.controller';
import { RecordCopiesService } from './record-copies/record-copies.service';
import { Calculating } from './retention/calculating';
import { DecidingService } from './retention/deciding.service';
import { Erasing } from './retention/erasing';
import { HoldsService } from './retention/holds.service';
import { ErasuresController, RetentionController } from './retention/retention.controller';
import { RetentionReading } from './retention/retention.reading';
import { WorkController } from './work/work.controller';
import { WorkService } from './work/work.service';

/** A case handed to others, in part or whole. */
const handingOver = [
  HandOverPractices,
  Disclosures,
  WholeCases,
  Looks,
  OnwardReferralsService,
  OffersService,
  AnswersService,
  ReferredCaseService,
  ExpiryService,
  ExpiryHandlers,
  TransfersService,
  TransferOffersService,
  TransferStepsService,
  AssignmentService,
  RecipientsService,
  FlagsService,
  BulkActs,
  BulkService,
  BulkRunner,
  ApprovalsService,
  ExportsService,
  ExportsRunner,
  AskingService,
  PersonInfoService,
  KnownQuestionsReading,
  TellingService,
  TellingHandlers,
];

/** Files from other systems: cases, people and chronologies. */
const bringingIn = [
  ImportActs,
  SamePerson,
  ImportsService,
  ImportsRunner,
  ImportingService,
  CaseRows,
  PersonRows,
  RelationshipRows,
  Matching,
  MatchesService,
];

/** How long cases are kept, and their erasure. */
const keepingOrErasing = [Calculating, RetentionReading, DecidingService, HoldsService, Erasing, Removing];

/**
 * Records: cases, the people in them, who takes part, and what happened.
 *
 *   /api/records/cases                         worklist of cases that the caller's organisation takes part in
 *   /api/records/cases/:id                     one case: people, key facts, participants, the newest of its timeline
 *   /api/records/cases/:id/names  …/ages       what its people are called, and who is under 18: for the risk service alone
 *   /api/records/cases/:id/timeline            what happened, paged
 *   /api/records/cases/:id/access-log          who has looked at it, as the ledger has it
 *   /api/records/cases/:id/participations      an agency joins or changes its part; …/:orgId/ending ends it
 *   /api/records/cases/:id/chronology[/:entryId]  what happened as agencies tell it; …/corrections, …/withdrawal, …/searches, …/export
 *   /api/records/cases/:id/restrictions        named staff only; people/:id/restrictions; …/restrictions/:id/changes, lifting
 *   /api/records/break-glass[/:id[/review]]    a case opened in an emergency, who was told, and the review
 *   /api/records/access-history                who could have seen a case or a person on a day
 *   /api/records/cases/:id/chronology/merged   several agencies' and cases' as one; …/:entryId/same-event
 *   /api/records/cases/:id/links               cases that have to do with each other; …/:linkId/ending
 *   /api/records/cases/:id/key-facts           orders in force and next steps; …/:factId/ending
 *   /api/records/cases/:id/people              somebody is added to a case; …/cases/:id/relationships how they are related
 *   /api/records/cases/:id/documents           files in versions; …/uploads, …/:documentId[/content|/versions]
 *   /api/records/cases/:id/notes               what those who work on it tell each other; /api/records/mentions who is to look
 *   /api/records/cases/:id/onward-referrals    refer it to somebody of another agency; to whom it was referred
 *   /api/records/onward-referrals              received and sent; /:id one, answered by …/acceptance, …/decline,
 *                                              …/withdrawal, …/completion; …/case what an accepted one shows
 *   /api/records/cases/:id/ownership           who owns it and owned it; …/assignment to a colleague, …/transfers to another agency,
 *                                              …/transfer-requests by somebody who wants it
 *   /api/records/assignments                   cases that colleagues gave to the caller, or to others from them, not looked at yet
 *   /api/records/transfers                     received and sent; /:id one, …/agreement, …/refusal, …/acceptance, …/decline,
 *                                              …/withdrawal
 *   /api/records/retention[/:id]               until when cases are kept; …/keeping, …/erasure[/confirmation|/refusal], …/holds[/:holdId/release]
 *   /api/records/erasures[/:id]                what is left of cases that were erased
 *   /api/records/access-requests[/:id]         what is held about somebody, for them; …/people, …/gathering, …/steps, …/items/:itemId,
 *                                              …/release, …/answer
 *   /api/records/recipients                    who may be given cases: of any agency, one's own, or one's team
 *   /api/records/bulk[/:id]                    one act done to many cases: …/assignments, …/transfers, …/referrals, …/flags
 *   /api/records/imports[/:id]                 a file of cases, people, relationships or chronology entries from another system, checked; …/start brings it
 *                                              in; …/matches[/:number/decision] whether its people are people on record
 *   /api/records/cases/:id/approvals[/:stage]  ask for approval of a stage; /api/records/approvals what waits, …/:id/answer
 *   /api/records/cases/:id/flags               marks on a case; …/:flag/ending
 *   /api/records/exports[/:id]                 records taken out as a file; …/file, …/cancellation, …/removal
 *   /api/records/people/:id                    one person; …/history, …/corrections, …/relationships[/:id/ending]
 *   /api/records/people/:id/candidates         who may be the same person; …/distinctions who is not
 *   /api/records/people/:id/merges             two records become one; …/:mergeId/undoing two again
 *   /api/records/people/candidates             who may be somebody that is told of
 *   /api/records/known-questions[/:id]          is somebody known to another agency: asked, answered; …/again
 *   /api/records/searches                      one search over people, cases and what was written in them; /:id what it finds
 *
 * Publishes records.*; receives referrals' events, and its own, by which it is searched.
 * Publishes records.*; receives referrals' events, and from audit which details of acts it has destroyed.
 */
@Module({
  imports: [
    AccessModule.for({
      name: 'records',
      erasures: true,
      ignores: [
        ReferralSubmitted,
        ReferralRated,
        ReferralAssigned,
        InformationRequested,
        InformationReturned,
        ReferralDecided,
        ReferralWithdrawn,
        NoteAdded,
        TriageClockPassed,
        ...ofNoSearch,
      ],
    }),
  ],
  controllers: [
    CasesController,
    WorkController,
    ChronologyController,
    BreakGlassController,
    AsItStoodController,
    AccessLogController,
    LookBackController,
    CaseRestrictionsController,
    PersonRestrictionsController,
    RestrictionsController,
    MergedChronologyController,
    LinksController,
    HouseholdController,
    NotesController,
    DocumentsController,
    KeyFactsController,
    JoiningController,
    OnwardReferralsController,
    TransfersController,
    BulkController,
    ImportsController,
    RecordCopiesController,
    ApprovalsController,
    AskingController,
    ExportsController,
    FlagsController,
    RecipientsController,
    DuplicatesController,
    PeopleController,
    SearchController,
    RetentionController,
    ErasuresController,
    AccessRequestsController,
  ],
  providers: [
    WorkService,
    CaseHandlers,
    Practice,
    ChronologyService,
    EntriesService,
    ...bringingIn,
    RecordCopiesService,
    MergedChronologyService,
    LinksService,
    HouseholdService,
    NotesService,
    Keeping,
    DocumentsService,
    RedactingService,
    KeyFactsService,
    JoiningService,
    CasesService,
    CaseNamesService,
    ParticipationService,
    BreakGlassService,
    GlassReviews,
    GlassEnding,
    AsItStoodService,
    AccessLogService,
    LookBackService,
    RestrictionsService,
    RestrictionsReading,
    PeopleService,
    RelationshipsService,
    Weights,
    CandidatesService,
    DistinctionsService,
    MergesService,
    SearchIndexHandlers,
    SearchService,
    ...handingOver,
    ...keepingOrErasing,
    AccessRequestsService,
    GatheringService,
    AnswerService,
  ],
})
export class RecordsModule {
  static readonly context: ContextDefinition = {
    name: 'records',
    migrations,
  };
}
