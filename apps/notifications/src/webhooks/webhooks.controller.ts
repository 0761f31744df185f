import { Calling, ContextController, Describe, Id, type Call } from '@concordat/platform';
import { Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ChangeSecretDto, ChangeWebhookDto, KeepWebhookDto, ReplayDto, SwitchWebhookDto } from './webhooks.dto';
import { WebhooksService } from './webhooks.service';

@ContextController('notifications', 'webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @Describe({ summary: 'Webhooks of the caller’s agency, and what they can be told of', action: 'webhook.list' })
  list(@Calling() call: Call) {
    return this.webhooks.list(call);
  }

  @Post()
  @Describe({
    summary: 'Have a system of the agency told of what happens',
    ...{ action: 'webhook.register', body: KeepWebhookDto, status: 201 },
    example: { url: 'https://cases.agency.example/hooks', events: ['records.case-opened.v1'] },
  })
  register(@Calling() call: Call) {
    return this.webhooks.register(call);
  }

  @Get(':id')
  @Describe({ summary: 'One webhook: its public keys and the log of what was sent', action: 'webhook.view' })
  view(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.view(call, id);
  }

  @Patch(':id')
  @Describe({
    summary: 'Change what a webhook is called, where it goes, or what it is told of; what is not named stays',
    ...{ action: 'webhook.change', body: ChangeWebhookDto },
    example: { name: 'Case system', url: 'https://cases.agency.example/hooks' },
  })
  change(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.change(call, id);
  }

  @Put(':id')
  @Describe({
    summary: 'Change where a webhook goes and what it is told of',
    ...{ action: 'webhook.change', body: KeepWebhookDto },
    example: { url: 'https://cases.agency.example/hooks', events: ['records.case-opened.v1'] },
  })
  replace(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.replace(call, id);
  }

  @Post(':id/switch')
  @HttpCode(200)
  @Describe({ summary: 'Switch a webhook on or off', action: 'webhook.switch', body: SwitchWebhookDto })
  switch(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.switch(call, id);
  }

  @Post(':id/keys')
  @Describe({
    summary: 'Another key; the present one goes on signing for a week',
    action: 'webhook.change-key',
    status: 201,
  })
  changeKey(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.changeKey(call, id);
  }

  @Post(':id/shared-secret')
  @HttpCode(200)
  @Describe({
    summary: 'A secret that both ends hold, for software that checks v1 and not v1a; shown once, or given up',
    ...{ action: 'webhook.change-secret', body: ChangeSecretDto },
    example: { to: 'new' },
  })
  changeSecret(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.changeSecret(call, id);
  }

  @Post(':id/tests')
  @Describe({ summary: 'Send a test', action: 'webhook.test', status: 201 })
  test(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.test(call, id);
  }

  @Post(':id/replays')
  @HttpCode(200)
  @Describe({
    summary: 'Send again, under the ids that they had: one event, or those of a span',
    ...{ action: 'webhook.replay', body: ReplayDto },
    example: { from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' },
  })
  replay(@Calling() call: Call, @Id() id: string) {
    return this.webhooks.replay(call, id);
  }
}
