import { Forbidden, Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { HandOver } from '../../apis/hand-over';
import { Page, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { Whom, type Asked } from '../whom';

/** Which agency a case is referred to, or that it is none of the partnership. */
@Page({
  at: 'cases/:id/refer',
  folder: 'hand-over/refer-to',
  may: ['referral.offer', 'referral.offer-for-action'],
  states: ['empty', 'error'],
})
export class ReferToPage {
  constructor(
    private readonly whom: Whom,
    private readonly handOver: HandOver,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.whom.ask(visit, id, this.asked(visit, id));
  }

  @Post()
  send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    return this.whom.answered(visit, id, this.asked(visit, id), sent);
  }

  private asked(visit: Visit, id: string): Asked {
    return {
      demand: async () => {
        const { may } = await this.handOver.ofCase(visit, id);
        if (!may.refer) throw new Forbidden('page.forbidden', 'The lead agency decides whom this case is referred to');
        return { outside: !may.onlyForAction };
      },
      title: 'Refer case',
      question: 'Whom do you refer this case to?',
      problem: 'Select whom you refer to',
      outside: 'It is put on record. Nothing is sent.',
      next: 'refer',
    };
  }
}
