import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Referrals } from '../../../apis/referrals';
import { formOf } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf, Drafting } from '../drafting';

@Page({
  at: 'referrals/make-a-referral/:id/discard',
  folder: 'referrals/make-a-referral/discard',
  may: 'referral.discard',
  states: ['asking'],
})
export class DiscardPage {
  constructor(
    private readonly drafting: Drafting,
    private readonly referrals: Referrals,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const { draft } = await this.drafting.open(visit, id);
    return show({ form: formOf({ version: draft.version }), keep: addressOf(id), back: { href: addressOf(id) } });
  }

  @Post()
  async discard(@Visiting() visit: Visit, @Id() id: string): Promise<Redirect> {
    await this.referrals.discardDraft(visit, id);
    return redirect('/referrals/drafts');
  }
}
