import { AccessModule } from '@concordat/access';
import { CaseOpened } from '@concordat/contracts';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { Areas } from './intake/areas';
import { Drafts } from './intake/drafts.repository';
import { DraftsService } from './intake/drafts.service';
import { DraftsController, SubmissionsController } from './intake/intake.controllers';
import { ReferenceSeries } from './intake/reference-series';
import { SubmissionsService } from './intake/submissions.service';
import { CreateReferrals1700000001000 } from './migrations/1700000001000-create-referrals';
import { Practice } from './practice';
import { PracticeController } from './practice.controller';
import { Referrals } from './referrals.repository';

/**
 * Referrals: made by one agency, triaged by the one that leads for the area.
 *
 *   POST /api/referrals                        a whole referral at once
 *   /api/referrals/drafts[/:id[/submission]]   drafts, saved as one goes, seen by their author only
 *   GET  /api/referrals/pathways[/:code]       the pack: what is asked, required, and where it can lead
 *   GET  /api/referrals/reasons                the pack: reasons, outcomes and colours
 *
 * Publishes referrals.*; receives identity's events (who works where) and records' (who takes part in which case).
 */
@Module({
  imports: [AccessModule.for({ name: 'referrals', caseAccess: true, ignores: [CaseOpened] })],
  controllers: [PracticeController, SubmissionsController, DraftsController],
  providers: [Practice, Referrals, Areas, ReferenceSeries, SubmissionsService, Drafts, DraftsService],
})
export class ReferralsModule {
  static readonly context: ContextDefinition = { name: 'referrals', migrations: [CreateReferrals1700000001000] };
}
