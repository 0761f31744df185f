import { Invalid } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Referrals } from '../../../apis/referrals';
import { formAgain, formOf, type Form } from '../../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../../design/page';
import { Sent, type Submitted } from '../../../design/submitted';
import { Visiting, type Visit } from '../../../session/visit';
import { addressOf } from '../drafting';
import { pathwayChoices, read } from './form';

@Page({
  at: 'referrals/make-a-referral',
  folder: 'referrals/make-a-referral/start',
  may: 'referral.draft',
  states: ['empty', 'error'],
})
export class StartPage {
  constructor(private readonly referrals: Referrals) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.shown(visit, formOf());
  }

  @Post()
  async start(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const content = read(sent);
    if (sent.errors.length > 0) return this.shown(visit, formAgain(sent, sent.errors), 422);
    try {
      const { id } = await this.referrals.startDraft(visit, content, sent.key);
      return redirect(addressOf(id));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return this.shown(visit, formAgain(sent, error.details.errors ?? []), 422);
    }
  }

  private async shown(visit: Visit, form: Form, status = 200): Promise<View> {
    const choices = pathwayChoices(await this.referrals.practice(visit));
    return show({ form, choices, back: { href: '/' } }, status);
  }
}
