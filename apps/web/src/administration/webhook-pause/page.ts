import { Conflict, Id, IllegalTransition, NotFound } from '@concordat/platform';
import { Get, Post } from '@nestjs/common';
import { Webhooks, type WebhookView } from '../../apis/webhooks';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const CHANGED = 'Somebody else has changed it meanwhile. Look at what it says now, then do it again';

/** Pauses a webhook, once it is confirmed: what happens meanwhile waits. */
@Page({
  at: 'administration/webhooks/:id/pause',
  folder: 'administration/webhook-pause',
  may: 'webhook.switch',
  states: ['confirm', 'error'],
})
export class PauseWebhookPage {
  constructor(private readonly webhooks: Webhooks) {}

  @Get()
  async show(@Visiting() visit: Visit, @Id() id: string): Promise<View> {
    const webhook = await this.webhooks.one(visit, id);
    if (webhook.state === 'off') throw new NotFound('webhook');
    return view(webhook, formOf({ version: webhook.version }));
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    try {
      await this.webhooks.act(visit, id, 'switch', { key: sent.key, version: sent.version, body: { to: 'off' } });
      return redirect(`/administration/webhooks/${id}?done=paused`);
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof IllegalTransition)) throw error;
      const webhook = await this.webhooks.one(visit, id);
      const problems = [{ field: 'pause', code: error.code, message: CHANGED }];
      return view(webhook, formAgain(sent, problems, { version: webhook.version }), 422);
    }
  }
}

const view = (webhook: WebhookView, form: Form, status = 200): View => show({ webhook, form }, status);
