import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { ReferToForumDto } from './forum-referrals.dto';
import { ForumReferralsService } from './forum-referrals.service';

@ContextController('risk', 'cases/:id/forum-referrals')
export class ForumReferralsController {
  constructor(private readonly referrals: ForumReferralsService) {}

  @Get()
  @Describe({ summary: 'Referrals of a case to forums, and the forums there are', action: 'forum-referral.list' })
  list(@Calling() call: Call, @Id() id: string) {
    return this.referrals.list(call, id);
  }

  @Post()
  @Describe({ summary: 'Refer a case to a forum', body: ReferToForumDto, action: 'forum-referral.make', status: 201 })
  refer(@Calling() call: Call, @Id() id: string) {
    return this.referrals.refer(call, id);
  }
}
