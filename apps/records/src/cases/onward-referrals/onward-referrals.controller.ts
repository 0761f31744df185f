import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { PersonDetailsDto } from '../../person.dto';
import { AnswersService } from './answers.service';
import { OffersService } from './offers.service';
import {
  AnswerReferralDto,
  CompleteReferralDto,
  DeclineReferralDto,
  ListOnwardReferralsDto,
  OfferReferralDto,
} from './onward-referrals.dto';
import { OnwardReferralsService } from './onward-referrals.service';
import { ReferredCaseService } from './referred-case.service';

@ContextController('records')
export class OnwardReferralsController {
  constructor(
    private readonly referrals: OnwardReferralsService,
    private readonly offers: OffersService,
    private readonly answers: AnswersService,
    private readonly referred: ReferredCaseService,
  ) {}

  @Get('hand-over/practice')
  @Describe({ summary: 'What the forms of hand-over offer: the pack', action: 'referral.list' })
  practice(@Calling() call: Call) {
    return this.referrals.practiceFor(call);
  }

  @Post('cases/:id/onward-referrals')
  @Describe({
    summary: 'Refer a case to somebody of another agency, or record that it was referred outside',
    body: OfferReferralDto,
    action: 'referral.offer',
  })
  offer(@Calling() call: Call, @Id() id: string) {
    return this.offers.offer(call, id);
  }

  @Get('cases/:id/onward-referrals')
  @Describe({ summary: 'To whom a case was referred', action: 'referral.list' })
  ofCase(@Calling() call: Call, @Id() id: string) {
    return this.referrals.ofCase(call, id);
  }

  @Get('onward-referrals')
  @Describe({
    summary: 'Referrals between agencies, received or sent',
    query: ListOnwardReferralsDto,
    action: 'referral.list',
  })
  list(@Calling() call: Call) {
    return this.referrals.list(call);
  }

  @Get('onward-referrals/:id')
  @Describe({ summary: 'One referral between agencies, as the caller’s side sees it', action: 'referral.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.referrals.view(call, id);
  }

  @Post('onward-referrals/:id/acceptance')
  @HttpCode(200)
  @Describe({ summary: 'Accept a referral', body: AnswerReferralDto, action: 'referral.accept' })
  accept(@Calling() call: Call, @Id() id: string) {
    return this.answers.take(call, id, 'accept');
  }

  @Post('onward-referrals/:id/decline')
  @HttpCode(200)
  @Describe({ summary: 'Decline a referral, with a reason', body: DeclineReferralDto, action: 'referral.decline' })
  decline(@Calling() call: Call, @Id() id: string) {
    return this.answers.take(call, id, 'decline');
  }

  @Post('onward-referrals/:id/withdrawal')
  @HttpCode(200)
  @Describe({ summary: 'Withdraw a referral, or end it early', body: AnswerReferralDto, action: 'referral.withdraw' })
  withdraw(@Calling() call: Call, @Id() id: string) {
    return this.answers.take(call, id, 'withdraw');
  }

  @Post('onward-referrals/:id/completion')
  @HttpCode(200)
  @Describe({ summary: 'What was asked for is done', body: CompleteReferralDto, action: 'referral.complete' })
  complete(@Calling() call: Call, @Id() id: string) {
    return this.answers.take(call, id, 'complete');
  }

  @Get('onward-referrals/:id/case')
  @Describe({ summary: 'What an accepted referral shows of the case', action: 'case.view' })
  case(@Calling() call: Call, @Id() id: string) {
    return this.referred.view(call, id);
  }

  @Post('onward-referrals/:id/people/:personId/corrections')
  @HttpCode(200)
  @Describe({ summary: 'Correct what the agreed view shows', body: PersonDetailsDto, action: 'person.correct' })
  correct(@Calling() call: Call, @Id() id: string, @Id('personId') personId: string) {
    return this.referred.correct(call, id, personId);
  }
}
