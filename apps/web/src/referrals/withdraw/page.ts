import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Referrals, type Referral } from '../../apis/referrals';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { read } from './form';

/** Takes a referral back before a decision. */
@Page({
  at: 'referrals/:id/withdraw',
  folder: 'referrals/withdraw',
  may: 'referral.withdraw',
  states: ['empty', 'error'],
})
export class WithdrawPage {
  constructor(private readonly referrals: Referrals) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View | Redirect> {
    const referral = await this.referrals.referral(visit, id);
    if (!referral.may['withdraw']) return redirect(`/referrals/${id}`);
    return this.shown(visit, referral, formOf({ version: referral.version }));
  }

  @Post()
  async withdraw(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = read(sent);
    if (sent.errors.length > 0) return this.again(visit, id, sent, sent.errors);
    try {
      await this.referrals.act(visit, id, 'withdrawals', body, { key: sent.key, version: sent.version });
      return redirect(`/referrals/${id}?done=withdrawn`);
    } catch (error) {
      if (error instanceof Invalid) return this.again(visit, id, sent, error.details.errors ?? []);
      if (!(error instanceof Conflict)) throw error;
      const referral = await this.referrals.referral(visit, id);
      return this.shown(visit, referral, formAgain(sent, [], { version: referral.version }), 409, true);
    }
  }

  private async again(visit: Visit, id: string, sent: Submitted, problems: readonly FieldProblem[]): Promise<View> {
    return this.shown(visit, await this.referrals.referral(visit, id), formAgain(sent, problems), 422);
  }

  private async shown(visit: Visit, referral: Referral, form: Form, status = 200, changed = false): Promise<View> {
    const { withdraw } = await this.referrals.reasons(visit);
    const reasons = withdraw.map(({ code, title, hint }) => ({ value: code, text: title, ...(hint ? { hint } : {}) }));
    return show(
      { form, reasons, changed, reference: referral.reference, back: { href: `/referrals/${referral.id}` } },
      status,
    );
  }
}
