import { Id } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Page, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { Drafting, type Asked } from '../drafting';
import { group } from './form';

@Page({
  at: 'referrals/make-a-referral/:id/staff-risk',
  folder: 'referrals/make-a-referral/staff-risk',
  may: 'referral.draft',
  states: ['empty', 'incomplete', 'filled'],
})
export class StaffRiskPage {
  constructor(private readonly drafting: Drafting) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Query() asked: Asked): Promise<View> {
    return this.drafting.show(visit, id, group, asked);
  }

  @Post()
  save(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.drafting.save(visit, id, group, sent);
  }
}
