import { Conflict, Id, Invalid, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Referrals, type Referral } from '../../apis/referrals';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { read } from './form';

/** Answers what triage asked of the referrer. */
@Page({
  at: 'referrals/:id/answer',
  folder: 'referrals/answer-question',
  may: 'referral.return-information',
  states: ['empty', 'error', 'conflict'],
})
export class AnswerQuestionPage {
  constructor(private readonly referrals: Referrals) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View | Redirect> {
    const referral = await this.referrals.referral(visit, id);
    if (!referral.may['returnInformation']) return redirect(`/referrals/${id}`);
    return this.shown(referral, formOf({ version: referral.version }));
  }

  @Post()
  async answer(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = read(sent);
    if (sent.errors.length > 0) return this.again(visit, id, sent, sent.errors);
    try {
      await this.referrals.act(visit, id, 'information-returns', body, { key: sent.key, version: sent.version });
      return redirect(`/referrals/${id}?done=answered`);
    } catch (error) {
      if (error instanceof Invalid) return this.again(visit, id, sent, error.details.errors ?? []);
      if (error instanceof Conflict) return this.changed(visit, id, sent);
      throw error;
    }
  }

  private async again(visit: Visit, id: string, sent: Submitted, problems: readonly FieldProblem[]): Promise<View> {
    return this.shown(await this.referrals.referral(visit, id), formAgain(sent, problems), 422);
  }

  /** The referral has moved on: the answer stays in the form, which now counts from the version in force. */
  private async changed(visit: Visit, id: string, sent: Submitted): Promise<View> {
    const referral = await this.referrals.referral(visit, id);
    return this.shown(referral, formAgain(sent, [], { version: referral.version }), 409, true);
  }

  private shown(referral: Referral, form: Form, status = 200, changed = false): View {
    const question = referral.informationRequests.findLast((r) => r.answer === undefined)?.question ?? null;
    return show(
      { form, question, changed, reference: referral.reference, back: { href: `/referrals/${referral.id}` } },
      status,
    );
  }
}
