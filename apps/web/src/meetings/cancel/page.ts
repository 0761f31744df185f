import { Id, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { tried } from '../sent-on';

/** Cancels a meeting, with the reason. */
@Page({ at: 'meetings/:id/cancel', folder: 'meetings/cancel', may: 'meeting.cancel', states: ['asking', 'error'] })
export class CancelMeetingPage {
  constructor(private readonly conferences: Conferences) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const body = { reason: sent.text('reason') ?? '' };
    const sending = { key: sent.key, version: sent.version };
    const problems = await tried(() => this.conferences.post(visit, `/meetings/${id}/cancellations`, body, sending));
    if (!problems) return redirect(`/meetings/${id}?done=cancelled`);
    const said = problems.map((p) => (p.field === 'reason' ? { ...p, message: 'Say why it is cancelled' } : p));
    return this.page(visit, id, formAgain(sent, said), 422);
  }

  private async page(visit: Visit, id: string, form?: Form, status = 200): Promise<View> {
    const { meeting, forum, may } = await this.conferences.meeting(visit, id);
    if (!may.cancel && !form) throw new NotFound('page');
    return show(
      {
        ...{ meeting, forum, form: form ?? formOf({ version: meeting.version }) },
        back: { text: 'Back to the meeting', href: `/meetings/${id}` },
      },
      status,
    );
  }
}
