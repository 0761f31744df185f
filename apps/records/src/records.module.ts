import {
  InformationRequested,
  InformationReturned,
  NoteAdded,
  ReferralAssigned,
  ReferralDecided,
  ReferralRated,
  ReferralSubmitted,
  ReferralWithdrawn,
  TriageClockPassed,
} from '@concordat/contracts';
import { AccessModule } from '@concordat/access';
import type { ContextDefinition } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { CaseHandlers } from './cases/case.handlers';
import { CasesController } from './cases/cases.controller';
import { CasesService } from './cases/cases.service';
import { ParticipationService } from './cases/participation.service';
import { CreateRecords1700000002000 } from './migrations/1700000002000-create-records';
import { PeopleController } from './people/people.controller';
import { PeopleService } from './people/people.service';

/**
 * Records: cases, the people in them, who takes part, and what happened.
 *
 *   /api/records/cases                         worklist of cases that the caller's organisation takes part in
 *   /api/records/cases/:id                     one case: people, key facts, participants, the newest of its timeline
 *   /api/records/cases/:id/timeline            what happened, paged
 *   /api/records/cases/:id/participations      an agency joins or changes its part; …/:orgId/ending ends it
 *   /api/records/people/:id                    one person
 *
 * Publishes records.case-opened.v1 and records.case-access-changed.v1; receives referrals' events.
 */
@Module({
  imports: [
    AccessModule.for({
      name: 'records',
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
      ],
    }),
  ],
  controllers: [CasesController, PeopleController],
  providers: [CaseHandlers, CasesService, ParticipationService, PeopleService],
})
export class RecordsModule {
  static readonly context: ContextDefinition = { name: 'records', migrations: [CreateRecords1700000002000] };
}
