import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Post } from '@nestjs/common';
import { DecisionsService } from './decisions.service';
import {
  AddTriageNoteDto,
  AssignReferralDto,
  DecideReferralDto,
  GiveFeedbackDto,
  RateReferralDto,
  ReopenReferralDto,
  RequestInformationDto,
  ReturnInformationDto,
  WithdrawReferralDto,
} from './triage.dto';
import { TriageService } from './triage.service';
import { ViewingService } from './viewing.service';

@ContextController('referrals', ':id')
export class TriageController {
  constructor(
    private readonly viewing: ViewingService,
    private readonly triage: TriageService,
    private readonly decisions: DecisionsService,
  ) {}

  @Get()
  @Describe({ summary: 'One referral, as far as the caller’s part in it goes', action: 'referral.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.viewing.view(call, id);
  }

  @Post('ratings')
  @HttpCode(200)
  @Describe({ summary: 'Give a colour, or change it', body: RateReferralDto, action: 'referral.rate' })
  rate(@Calling() call: Call, @Id() id: string) {
    return this.triage.rate(call, id);
  }

  @Post('assignment')
  @HttpCode(200)
  @Describe({ summary: 'Give to a member of staff, or to nobody', body: AssignReferralDto, action: 'referral.assign' })
  assign(@Calling() call: Call, @Id() id: string) {
    return this.triage.assign(call, id);
  }

  @Post('notes')
  @HttpCode(201)
  @Describe({ summary: 'Add a triage note', body: AddTriageNoteDto, action: 'referral.note', status: 201 })
  note(@Calling() call: Call, @Id() id: string) {
    return this.triage.note(call, id);
  }

  @Post('information-requests')
  @HttpCode(201)
  @Describe({
    summary: 'Ask the referrer for more',
    body: RequestInformationDto,
    action: 'referral.request-information',
    status: 201,
  })
  requestInformation(@Calling() call: Call, @Id() id: string) {
    return this.triage.requestInformation(call, id);
  }

  @Post('information-returns')
  @HttpCode(201)
  @Describe({
    summary: 'Answer what triage asked',
    body: ReturnInformationDto,
    action: 'referral.return-information',
    status: 201,
  })
  returnInformation(@Calling() call: Call, @Id() id: string) {
    return this.triage.returnInformation(call, id);
  }

  @Post('decisions')
  @HttpCode(201)
  @Describe({ summary: 'Decide', body: DecideReferralDto, action: 'referral.decide', status: 201 })
  decide(@Calling() call: Call, @Id() id: string) {
    return this.decisions.decide(call, id);
  }

  @Post('reopenings')
  @HttpCode(200)
  @Describe({ summary: 'Take up a decided referral again', body: ReopenReferralDto, action: 'referral.reopen' })
  reopen(@Calling() call: Call, @Id() id: string) {
    return this.decisions.reopen(call, id);
  }

  @Post('feedback')
  @HttpCode(201)
  @Describe({
    summary: 'Tell the referrer what became of it',
    body: GiveFeedbackDto,
    action: 'referral.give-feedback',
    status: 201,
  })
  giveFeedback(@Calling() call: Call, @Id() id: string) {
    return this.decisions.giveFeedback(call, id);
  }

  @Post('withdrawals')
  @HttpCode(200)
  @Describe({ summary: 'Take a referral back', body: WithdrawReferralDto, action: 'referral.withdraw' })
  withdraw(@Calling() call: Call, @Id() id: string) {
    return this.decisions.withdraw(call, id);
  }
}
