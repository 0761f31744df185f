import { AccessModule } from '@concordat/access';
import { IndexNumberedActs1700000170000 } from '@concordat/messaging';
import {
  CaseAccessChanged,
  CaseOwnerChanged,
  RetentionDecided,
  AccessRequestChanged,
  ChronologyChanged,
  GlassBroken,
  GlassEnded,
  GlassRefused,
  GlassReviewed,
  CaseBroughtIn,
  CasesLinked,
  KeyFactsChanged,
  PersonJoinedCase,
  DocumentKept,
  CaseNoteAdded,
  MergeUndone,
  OnwardReferralChanged,
  OnwardReferralOffered,
  PeopleMerged,
  PersonChanged,
  RelationshipChanged,
  TransferChanged,
  CaseApprovalChanged,
  CaseFlagChanged,
  PersonAskedAbout,
} from '@concordat/contracts';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { AccessesController } from './accesses/accesses.controller';
import { AccessesService } from './accesses/accesses.service';
import { BundlesService } from './bundles/bundles.service';
import { BundleDirectory } from './bundles/directory';
import { PlaceMembersInAudit1700000030000 } from './migrations/1700000030000-place-members';
import { CaseLinks } from './case-links.handlers';
import { Details } from './details';
import { Erasures } from './erasures/erasures.service';
import { ErasureHandlers } from './erasures/erasures.handlers';
import { ExportsController } from './exports/exports.controller';
import { ExportsService } from './exports/exports.service';
import { Copying } from './copies/copying';
import { Checkpoints } from './ledger/checkpoints';
import { Heartbeat } from './ledger/heartbeat';
import { LedgerController } from './ledger/ledger.controller';
import { LedgerService } from './ledger/ledger.service';
import { Recheck } from './ledger/recheck';
import { Sequencer } from './ledger/sequencer';
import { Log } from './log';
import { CreateAudit1700000003000 } from './migrations/1700000003000-create-audit';
import { EraseDetails1700000080000 } from './migrations/1700000080000-erase-details';
import { Witnesses1700000050000 } from './migrations/1700000050000-witnesses';
import { FindByAgreement1700000180000 } from './migrations/1700000180000-find-by-agreement';
import { RestrictTrail1700000010000 } from './migrations/1700000010000-restrict-trail';
import { Published } from './published';
import { TrailController } from './trails/trail.controller';
import { DisclosuresService } from './trails/disclosures.service';
import { TrailService } from './trails/trail.service';
import { HeldAboutController } from './subject-access/held-about.controller';
import { HeldAboutService } from './subject-access/held-about.service';
import { Witnessing } from './witnesses/witnessing';
import { WitnessPolicy } from './witnesses/witness-policy';

/** Emergency access reaches the log as acts, with whom it concerned. */
const GLASS = [GlassBroken, GlassRefused, GlassEnded, GlassReviewed];

const HAND_OVER = [
  OnwardReferralOffered,
  OnwardReferralChanged,
  TransferChanged,
  CaseOwnerChanged,
  CaseFlagChanged,
  CaseApprovalChanged,
  PersonAskedAbout,
];

/**
 * Audit: every act and disclosure of every context, sealed in one tamper-evident log, and read by auditors.
 *
 *   /api/audit/checkpoint, policy, vkey          open: how large the log is, and the keys that sign for it
 *   /api/audit/witnessed-checkpoint              open: how large it is by what other parties have cosigned
 *   /api/audit/tile/…                            C2SP tiles and bundles of entries
 *   /api/audit/entries/:eventId                  one act, with what opens its commitment
 *   /api/audit/proofs/:eventId, consistency      proofs that it is in the log, and that the log has only grown
 *   /api/audit/receipts/:auditId                 the same proof, for whoever did the act
 *   /api/audit/trail                             by case, person, user, agency or agreement, and what was done; newest first
 *   /api/audit/trail/disclosures                 what went between agencies, with what either end has on record
 *   /api/audit/exports, exports/bundles          a file for the offline verifier (tools/verify-ledger), alone or with a report
 *   /api/audit/exports/fhir                      the same acts as FHIR AuditEvents, for other people's tooling
 *   /api/audit/held-about/:id                    which agencies used what is held about somebody: for the records service alone
 *   /api/audit/accesses/:id                      who has looked at a case: for the records service alone
 *   /api/audit/status                            how far behind
 *
 * Publishes which details it has destroyed, beside its own acts; receives the acts of all, and from records which referral a
 * case came from and what was erased.
 */
@Module({
  imports: [
    AccessModule.for({
      name: 'audit',
      pace: 'unhurried',
      restrictions: true,
      erasures: true,
      ignores: [
        RetentionDecided,
        AccessRequestChanged,
        CaseAccessChanged,
        ChronologyChanged,
        CaseBroughtIn,
        CasesLinked,
        KeyFactsChanged,
        PersonJoinedCase,
        DocumentKept,
        CaseNoteAdded,
        PersonChanged,
        PeopleMerged,
        MergeUndone,
        RelationshipChanged,
        ...GLASS,
        ...HAND_OVER,
      ],
    }),
  ],
  controllers: [LedgerController, TrailController, ExportsController, HeldAboutController, AccessesController],
  providers: [
    Log,
    Details,
    Published,
    Heartbeat,
    Checkpoints,
    WitnessPolicy,
    Witnessing,
    Copying,
    Recheck,
    Sequencer,
    CaseLinks,
    ErasureHandlers,
    HeldAboutService,
    AccessesService,
    Erasures,
    LedgerService,
    TrailService,
    DisclosuresService,
    ExportsService,
    BundleDirectory,
    BundlesService,
  ],
})
export class AuditModule {
  static readonly context: ContextDefinition = {
    name: 'audit',
    migrations: [
      CreateAudit1700000003000,
      RestrictTrail1700000010000,
      PlaceMembersInAudit1700000030000,
      Witnesses1700000050000,
      EraseDetails1700000080000,
      IndexNumberedActs1700000170000,
      FindByAgreement1700000180000,
    ],
  };
}
