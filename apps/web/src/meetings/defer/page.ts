import { Id } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ConferencePeople, namesIn } from '../people';
import { tried } from '../sent-on';

/** Puts a case off to the next meeting, with the reason. */
@Page({
  at: 'meetings/:id/cases/:itemId/defer',
  folder: 'meetings/defer',
  may: 'agenda-item.defer',
  states: ['asking', 'error'],
})
export class DeferCasePage {
  constructor(
    private readonly conferences: Conferences,
    private readonly people: ConferencePeople,
  ) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string, @Id('itemId') itemId: string): Promise<View> {
    return this.page(visit, id, itemId);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const reason = sent.text('reason') ?? '';
    const problems = await tried(() =>
      this.conferences.post(
        visit,
        `/agenda-items/${itemId}/deferrals`,
        { reason },
        { key: sent.key, version: sent.version },
      ),
    );
    if (!problems) return redirect(`/meetings/${id}?done=deferred`);
    const said = problems.map((p) => (p.field === 'reason' ? { ...p, message: 'Say why the case is put off' } : p));
    return this.page(visit, id, itemId, formAgain(sent, said), 422);
  }

  private async page(visit: Visit, id: string, itemId: string, form?: Form, status = 200): Promise<View> {
    const { item, meeting, forum } = await this.conferences.item(visit, itemId);
    const known = await this.people.of(visit, [item.caseId]);
    return show(
      {
        ...{
          ...namesIn(item, known.get(item.caseId)),
          item,
          meeting,
          forum,
          form: form ?? formOf({ version: item.version }),
        },
        back: { text: 'Back to the case', href: `/meetings/${id}/cases/${itemId}` },
      },
      status,
    );
  }
}
