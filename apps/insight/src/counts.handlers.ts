import {
  AgreementChanged,
  AgreementFellDue,
  AsbApplicationChanged,
  CaseHeard,
  CaseBroughtIn,
  CaseOpened,
  CaseReferredToForum,
  ConferenceActionChanged,
  DeadlineFired,
  ForumReferralChanged,
  OnwardReferralChanged,
  OnwardReferralOffered,
  RecommendationChanged,
  ReferralAccepted,
  ReferralDecided,
  ReferralRated,
  ReferralReopened,
  ReferralSubmitted,
  ReferralWithdrawn,
  ReviewChanged,
  TriageClockPassed,
  type Received,
} from '@concordat/contracts';
import { OnBatch, type Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { CountsService } from './counts.service';

/** Hears from every context what is counted. */
@Injectable()
export class CountsHandlers {
  constructor(private readonly counts: CountsService) {}

  @OnBatch([
    ...[ReferralSubmitted, ReferralRated, ReferralAccepted, ReferralDecided, ReferralReopened, ReferralWithdrawn],
    ...[TriageClockPassed, CaseOpened, CaseBroughtIn, OnwardReferralOffered, OnwardReferralChanged],
    ...[CaseReferredToForum, ForumReferralChanged, CaseHeard, ConferenceActionChanged],
    ...[ReviewChanged, RecommendationChanged, AsbApplicationChanged, AgreementChanged, AgreementFellDue],
    DeadlineFired,
  ])
  hear(events: readonly Received[], tx: Tx): Promise<void> {
    return this.counts.hear(tx, events);
  }
}
