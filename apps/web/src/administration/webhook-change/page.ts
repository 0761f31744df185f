import type { FieldProblem } from '@concordat/contracts';
import { Conflict, Id, Invalid } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Webhooks, type WebhookView } from '../../apis/webhooks';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

/** What a webhook is called, where it goes, and what it is told of. Another address wants to be confirmed. */
@Page({
  at: 'administration/webhooks/:id/change',
  folder: 'administration/webhook-change',
  may: 'webhook.change',
  states: ['filled', 'error'],
})
export class ChangeWebhookPage {
  constructor(private readonly webhooks: Webhooks) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const webhook = await this.webhooks.one(visit, id);
    const { name, url, events, version } = webhook;
    return this.page(visit, webhook, formOf({ values: { name: name ?? '', url, events: [...events] }, version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const webhook = await this.webhooks.one(visit, id);
    const body = { name: sent.text('name') ?? '', url: sent.text('url') ?? '', events: sent.list('events') };
    let problems = wrongWith(body, webhook, sent.ticked('sure') ?? false);
    if (problems.length === 0)
      try {
        await this.webhooks.change(visit, id, { body, key: sent.key, version: sent.version });
        return redirect(`/administration/webhooks/${id}?done=changed`);
      } catch (error) {
        problems = problemsOf(error);
      }
    return this.page(visit, webhook, formAgain(sent, problems, { version: webhook.version }), 422);
  }

  private async page(visit: Visit, webhook: WebhookView, form: Form, status = 200): Promise<View> {
    const { events } = await this.webhooks.all(visit);
    const choices = events.map(({ type, says }) => ({ value: type, text: says }));
    return show({ webhook, form, choices, organisation: visit.person.organisation }, status);
  }
}

function wrongWith(
  { url, events }: { readonly url: string; readonly events: readonly string[] },
  was: WebhookView,
  sure: boolean,
): readonly FieldProblem[] {
  const required = (field: string, message: string): FieldProblem => ({ field, code: 'required', message });
  return [
    ...(url ? [] : [required('url', 'Enter the address of the system')]),
    ...(events.length > 0 ? [] : [required('events', 'Select at least one thing to be told of')]),
    ...(url && url !== was.url && !sure
      ? [required('sure', 'Confirm that the new address is of a system of your agency')]
      : []),
  ];
}

function problemsOf(error: unknown): readonly FieldProblem[] {
  if (error instanceof Invalid)
    return (error.details.errors ?? []).map((e) => ({ ...e, field: e.field.split('.')[0]! }));
  if (error instanceof Conflict && error.code === 'webhook.changed')
    return [
      {
        ...{ field: 'url', code: error.code },
        message: 'Somebody else changed this first. Look at what it says now, then do it again',
      },
    ];
  throw error;
}
