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

/** Calls a forum out of its rhythm for one referral that cannot wait. */
@Page({
  at: 'cases/:id/forum-referrals/:referralId/emergency-meeting',
  folder: 'meetings/emergency',
  may: 'meeting.call-emergency',
  states: ['asking', 'error'],
})
export class EmergencyMeetingPage {
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
    const heldOn = sent.date('heldOn', { what: 'The day of the meeting' });
    if (!heldOn && sent.errors.length === 0) sent.wrong('heldOn-day', 'required', 'Enter the day of the meeting');
    const [startsAt = '', place, reason = ''] = ['startsAt', 'place', 'reason'].map((name) => sent.text(name));
    if (!reason) sent.wrong('reason', 'required', 'Say why it cannot wait for the next meeting');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0) {
      let made = '';
      const body = { heldOn, startsAt, reason, ...(place ? { place } : {}) };
      const sending = { key: sent.key, version: sent.version };
      problems = await tried(async () => {
        made = (await this.conferences.post(visit, `/forum-referrals/${referralId}/emergency-meetings`, body, sending))
          .id;
      });
      if (!problems) return redirect(`/meetings/${made}?done=called`);
    }
    const fieldOf = (field: string): string => (field === 'heldOn' ? 'heldOn-day' : field);
    return this.page(visit, id, referralId, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, referralId: string, form?: Form, status = 200): Promise<View> {
    const { referral, forum, frame } = await this.frame.open(visit, id, referralId);
    if (!forum.document.emergency) throw new NotFound('page');
    return show(
      {
        ...frame,
        practice: forum.document.emergency,
        form: { ...(form ?? formOf({ values: dateParts('heldOn', today()) })), version: referral.version },
      },
      status,
    );
  }
}
