import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { today } from '../../design/civil-date';
import { dateParts, formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ReferralFrame } from '../referral-frame';
import { tried } from '../sent-on';

/** Puts on record when a stage of a case at a forum began, such as the assessment for a Channel panel or a step up of a hub. */
@Page({
  at: 'cases/:id/forum-referrals/:referralId/stage',
  folder: 'meetings/stage',
  may: 'forum-referral.begin-stage',
  states: ['asking', 'error'],
})
export class ForumStagePage {
  constructor(
    private readonly conferences: Conferences,
    private readonly frame: ReferralFrame,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('referralId') referralId: string): Promise<View> {
    return this.page(visit, id, referralId);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('referralId') referralId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const beganOn = sent.date('beganOn', { what: 'The day on which it began' });
    if (!beganOn && sent.errors.length === 0) sent.wrong('beganOn-day', 'required', 'Enter the day on which it began');
    const stage = sent.text('stage');
    if (!stage) sent.wrong('stage', 'required', 'Choose the stage');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0) {
      const sending = { key: sent.key, version: sent.version };
      const body = { stage, beganOn };
      problems = await tried(() =>
        this.conferences.post(visit, `/forum-referrals/${referralId}/stages`, body, sending),
      );
      if (!problems) return redirect(`/cases/${id}/forum-referrals?done=step`);
    }
    const fieldOf = (field: string): string => (field === 'beganOn' ? 'beganOn-day' : field);
    return this.page(visit, id, referralId, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, referralId: string, form?: Form, status = 200): Promise<View> {
    const { referral, frame } = await this.frame.open(visit, id, referralId);
    if (referral.begin.length === 0) throw new NotFound('page');
    return show(
      {
        ...frame,
        running: referral.stages.at(-1),
        stages: referral.begin.map(({ code, title }) => ({ value: code, text: title })),
        form: { ...(form ?? formOf({ values: dateParts('beganOn', today()) })), version: referral.version },
      },
      status,
    );
  }
}
