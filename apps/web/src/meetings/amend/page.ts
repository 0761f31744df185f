import { minutedParts } from '@concordat/contracts';
import { Id, NotFound, type FieldProblem } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Conferences } from '../../apis/conferences';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';
import { ShownMinutes } from '../minuted';
import { tried } from '../sent-on';
import { MINUTED } from '../words';

/** Proposes what is put right in the minutes of a case after they were issued. */
@Page({
  at: 'meetings/:id/cases/:itemId/amend',
  folder: 'meetings/amend',
  may: 'minutes.propose-amendment',
  states: ['asking', 'error'],
})
export class AmendMinutesPage {
  constructor(
    private readonly conferences: Conferences,
    private readonly minutes: ShownMinutes,
  ) {}

  @Get()
  show(@Visiting() visit: Visit, @Id() id: string, @Id('itemId') itemId: string): Promise<View> {
    return this.page(visit, id, itemId);
  }

  @Post()
  async send(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Sent() sent: Submitted,
  ): Promise<View | Redirect> {
    const [part, after, reason] = ['part', 'after', 'reason'].map((name) => sent.text(name));
    if (!part) sent.wrong('part', 'required', 'Choose what is put right');
    if (!reason) sent.wrong('reason', 'required', 'Say why');
    let problems: readonly FieldProblem[] | null = sent.errors;
    const body = { part, after: after ?? '', reason };
    const sending = { key: sent.key, version: sent.version };
    if (problems.length === 0)
      problems = await tried(() => this.conferences.post(visit, `/agenda-items/${itemId}/amendments`, body, sending));
    if (!problems) return redirect(`/meetings/${id}/minutes?done=proposed`);
    return this.page(visit, id, itemId, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, id: string, itemId: string, form?: Form, status = 200): Promise<View> {
    const { items, meeting, forum, minutes } = await this.minutes.of(visit, id);
    const item = items.find((each) => each.id === itemId);
    if (!item || !minutes.may.amend) throw new NotFound('page');
    return show(
      {
        ...{ item, meeting, forum, reference: item.who.reference },
        // Most decisions put nothing on record beside their reasons.
        parts: minutedParts
          .filter((part) => part !== 'recorded' || item.recorded !== '')
          .map((part) => ({ value: part, text: MINUTED[part], now: item[part] })),
        form: { ...(form ?? formOf()), version: item.amendments.length + 1 },
        back: { text: 'Back to the minutes', href: `/meetings/${id}/minutes` },
      },
      status,
    );
  }
}
