import type { FieldProblem } from '@concordat/contracts';
import { Invalid } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Webhooks } from '../../apis/webhooks';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** Webhooks of the visitor's agency, what is wrong with them, and a form for another. */
@Page({
  at: 'administration/webhooks',
  folder: 'administration/webhooks',
  may: 'webhook.list',
  states: ['empty', 'alert', 'error'],
})
export class WebhooksPage {
  constructor(private readonly webhooks: Webhooks) {}

  @Get()
  show(@Visiting() visit: Visit): Promise<View> {
    return this.page(visit, formOf());
  }

  @Post()
  async send(@Visiting() visit: Visit, @Sent() sent: Submitted): Promise<View | Redirect> {
    const url = sent.text('url');
    const events = sent.list('events');
    let problems: readonly FieldProblem[] = [
      ...(url ? [] : [{ field: 'url', code: 'required', message: 'Enter the address of the system' }]),
      ...(events.length > 0
        ? []
        : [{ field: 'events', code: 'required', message: 'Select at least one thing to be told of' }]),
    ];
    if (problems.length === 0) {
      try {
        const { id } = await this.webhooks.register(visit, { url, events, name: sent.text('name') ?? '' }, sent.key);
        return redirect(`/administration/webhooks/${id}`);
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems = (error.details.errors ?? []).map((e) => ({ ...e, field: e.field.split('.')[0]! }));
      }
    }
    return this.page(visit, formAgain(sent, problems), 422);
  }

  private async page(visit: Visit, form: Form, status = 200): Promise<View> {
    const { webhooks, events } = await this.webhooks.all(visit);
    return show(
      {
        ...{ form, items: webhooks, organisation: visit.person.organisation },
        choices: events.map(({ type, says }) => ({ value: type, text: says })),
        alerts: webhooks.filter(
          (w) => w.offReason === 'dead' || w.offReason === 'gone' || (w.state === 'live' && w.failingSince),
        ),
      },
      status,
    );
  }
}
