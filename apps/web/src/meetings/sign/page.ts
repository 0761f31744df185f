import { Id, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople, namesIn } from '../people';
import { tried } from '../sent-on';

/** Signs the confidentiality statement of a meeting, and says in which cases one has a conflict of interest. */
@Page({ at: 'meetings/:id/sign', folder: 'meetings/sign', may: 'meeting.sign', states: ['asking', 'error'] })
export class SignMeetingPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    return this.page(visit, id, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const conflicts = sent.list('conflicts').map((itemId) => ({ itemId, reason: sent.text(`reason.${itemId}`) ?? '' }));
    const agreed = sent.ticked('agreed') === true;
    const noConflict = sent.ticked('noConflict') === true;
    for (const { itemId, reason } of conflicts)
      if (!reason) sent.wrong(`reason.${itemId}`, 'required', 'Say what the conflict is');
    let problems: readonly FieldProblem[] | null = sent.errors;
    if (sent.errors.length === 0)
      problems = await tried(() =>
        this.conferences.post(
          visit,
          `/meetings/${id}/signatures`,
          { agreed, noConflict, conflicts },
          { key: sent.key },
        ),
      );
    if (!problems) return redirect(`/meetings/${id}?done=signed`);
    return this.page(visit, id, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, form: Form, status = 200): Promise<View> {
    const { meeting, items, forum, observing } = await this.conferences.meeting(visit, id);
    const known = await this.people.of(
      visit,
      items.map((i) => i.caseId),
    );
    return show(
      {
        ...{ meeting, forum, form, observing },
        items: items.map((item) => ({ id: item.id, ...namesIn(item, known.get(item.caseId)) })),
        back: { text: 'Back to the meeting', href: `/meetings/${id}` },
      },
      status,
    );
  }
}
