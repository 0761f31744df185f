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

/** Before the code of a stage in the form: that it ended, and not that it began. */
const ENDS = 'ended.';

/** Puts on record when a stage of a case at a forum began or ended, such as the assessment for a Channel panel or a step up of a hub. */
@Page({
  at: 'cases/:id/forum-referrals/:referralId/stage',
  folder: 'meetings/stage',
  may: 'forum-referral.begin-stage',
  states: ['asking', 'error', 'beside'],
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
    const on = sent.date('beganOn', { what: 'The day' });
    if (!on && sent.errors.length === 0) sent.wrong('beganOn-day', 'required', 'Enter the day');
    const chosen = sent.text('stage') ?? '';
    if (!chosen) sent.wrong('stage', 'required', 'Choose the stage');
    const ends = chosen.startsWith(ENDS);
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0) {
      const sending = { key: sent.key, version: sent.version };
      const body = ends ? { stage: chosen.slice(ENDS.length), endedOn: on } : { stage: chosen, beganOn: on };
      problems = await tried(() =>
        this.conferences.post(visit, `/forum-referrals/${referralId}/stages`, body, sending),
      );
      if (!problems) return redirect(`/cases/${id}/forum-referrals?done=step`);
    }
    const fieldOf = (field: string): string => (['beganOn', 'endedOn'].includes(field) ? 'beganOn-day' : field);
    return this.page(visit, id, referralId, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, referralId: string, form?: Form, status = 200): Promise<View> {
    const { referral, forum, frame } = await this.frame.open(visit, id, referralId);
    const { begin, end } = referral;
    if (begin.length + end.length === 0) throw new NotFound('page');
    return show(
      {
        ...frame,
        running: referral.stages.filter(({ endedOn }) => endedOn === null),
        ends: end.length > 0,
        sequence: forum.document.stages?.some(({ beside }) => !beside) ?? false,
        stages: [
          ...begin.map(({ code, title }) => ({ value: code, text: `${title}: it began` })),
          ...end.map(({ code, title }) => ({ value: `${ENDS}${code}`, text: `${title}: it ended` })),
        ],
        form: { ...(form ?? formOf({ values: dateParts('beganOn', today()) })), version: referral.version },
      },
      status,
    );
  }
}
