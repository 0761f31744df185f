import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { HttpCode, Post } from '@nestjs/common';
import { KeepStageDto, StepReferralDto } from './forum-referrals.dto';
import { ScreeningService } from './screening.service';
import { StagesService } from './stages.service';

@ContextController('risk', 'forum-referrals/:id')
export class ScreenedReferralsController {
  constructor(
    private readonly screening: ScreeningService,
    private readonly stages: StagesService,
  ) {}

  @Post('steps')
  @HttpCode(200)
  @Describe({
    summary: 'Return a referral, do not accept it, or answer that',
    body: StepReferralDto,
    action: 'forum-referral.screen',
  })
  step(@Calling() call: Call, @Id() id: string) {
    return this.screening.step(call, id);
  }

  @Post('stages')
  @HttpCode(200)
  @Describe({
    summary: 'Put on record that a stage of the case at the forum began',
    body: KeepStageDto,
    action: 'forum-referral.begin-stage',
  })
  begin(@Calling() call: Call, @Id() id: string) {
    return this.stages.begin(call, id);
  }
}
