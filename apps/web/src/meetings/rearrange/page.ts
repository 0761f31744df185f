import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { dateParts, formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { tried } from '../sent-on';

/** Holds a meeting at another time or place, with its agenda. */
@Page({
  at: 'meetings/:id/rearrange',
  folder: 'meetings/rearrange',
  may: 'meeting.rearrange',
  states: ['asking', 'error'],
})
export class RearrangeMeetingPage {
  constructor(private readonly conferences: Conferences) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const heldOn = sent.date('heldOn', { what: 'The day of the meeting' });
    if (!heldOn && sent.errors.length === 0) sent.wrong('heldOn-day', 'required', 'Enter the day of the meeting');
    const [startsAt = '', place = '', reason = ''] = ['startsAt', 'place', 'reason'].map((name) => sent.text(name));
    if (!reason) sent.wrong('reason', 'required', 'Say why it is rearranged');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (problems.length === 0) {
      const body = { heldOn, startsAt, reason, ...(place ? { place } : {}) };
      const sending = { key: sent.key, version: sent.version };
      problems = await tried(() => this.conferences.post(visit, `/meetings/${id}/rearrangements`, body, sending));
      if (!problems) return redirect(`/meetings/${id}?done=rearranged`);
    }
    const fieldOf = (field: string): string => (field === 'heldOn' ? 'heldOn-day' : field);
    return this.page(visit, id, formAgain(sent, problems, { fieldOf }), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200): Promise<View> {
    const { meeting, forum, may } = await this.conferences.meeting(visit, id);
    if (!may.rearrange && !form) throw new NotFound('page');
    const { startsAt, place, heldOn, version } = meeting;
    return show(
      {
        ...{ meeting, forum },
        form: form ?? formOf({ version, values: { startsAt, place, ...dateParts('heldOn', heldOn) } }),
        back: { text: 'Back to the meeting', href: `/meetings/${id}` },
      },
      status,
    );
  }
}
