import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { HttpCode, Post } from '@nestjs/common';
import { StepReferralDto } from './forum-referrals.dto';
import { ScreeningService } from './screening.service';

@ContextController('risk', 'forum-referrals/:id')
export class ScreenedReferralsController {
  constructor(private readonly screening: ScreeningService) {}

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
}
