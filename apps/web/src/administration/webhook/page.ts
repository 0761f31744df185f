import type { FieldProblem } from '@concordat/contracts';
import { Conflict, Id, IllegalTransition, Invalid, NotFound, RuleBroken } from '@concordat/platform';
import { Get, Post, Query } from '@nestjs/common';
import { Webhooks, type WebhookView } from '../../apis/webhooks';
import { dayOf } from '../../design/civil-date';
import { formAgain, formOf, type Form } from '../../design/form';
import { Page, redirect, show, type Redirect, type View } from '../../design/page';
import { Sent, type Submitted } from '../../design/submitted';
import { Visiting, type Visit } from '../../session/visit';

const WHY_NOT: Readonly<Record<string, string>> = {
  'webhook.two-keys': 'Two keys sign already. Wait until the first has ended',
  'webhook.two-secrets': 'Two shared secrets sign already. Wait until the first has ended, or give them up',
  'webhook.no-secret': 'It has no shared secret any more',
  'webhook.changed': 'Somebody else changed this first. Look at what it says now, then do it again',
  'webhook.state': 'Somebody else has switched it already',
};
const OUTCOMES: Readonly<Record<string, string>> = {
  taken: 'Taken',
  refused: 'Refused',
  'timed-out': 'No answer in time',
  unreachable: 'Not reached',
  'address-refused': 'The address is not one that may be sent to',
};
const DONE: Readonly<Record<string, string>> = {
  changed: 'It is changed',
  paused: 'It is paused. What happens meanwhile waits',
  resumed: 'It is resumed',
  'secret-ended': 'It has no shared secret any more. Its keys sign as before',
};
const STEPS = ['on', 'keys', 'secret', 'no-secret', 'test', 'replay-one', 'replay-span'] as const;
const DONE_BY: Readonly<Partial<Record<(typeof STEPS)[number], string>>> = {
  on: 'resumed',
  'no-secret': 'secret-ended',
};

/** One webhook: its keys, the log of what was sent, and what can be done about it. */
@Page({
  at: 'administration/webhooks/:id',
  folder: 'administration/webhook',
  may: 'webhook.view',
  states: ['live', 'error', 'secret'],
})
export class WebhookPage {
  constructor(private readonly webhooks: Webhooks) {}

  @Get()
  async show(
    @Visiting() visit: Visit,
    @Id() id: string,
    @Query('done') done?: string,
    @Query('cursor') cursor?: string,
  ): Promise<View> {
    const webhook = await this.webhooks.one(visit, id, cursor);
    const flash = done && Object.hasOwn(DONE, done) ? { text: DONE[done]! } : null;
    return view(webhook, formOf({ version: webhook.version }), 200, flash);
  }

  @Post()
  async send(@Visiting() visit: Visit, @Id() id: string, @Sent() sent: Submitted): Promise<View | Redirect> {
    const step = STEPS.find((s) => s === sent.text('step'));
    if (!step) throw new NotFound('step');
    try {
      if (step === 'secret') {
        const secret = await this.webhooks.newSecret(visit, id, { key: sent.key, version: sent.version });
        return show({ webhook: await this.webhooks.one(visit, id), secret }, 200, 'secret.njk');
      }
      await this.act(visit, id, step, sent);
      const done = DONE_BY[step];
      return redirect(`/administration/webhooks/${id}${done ? `?done=${done}` : ''}`);
    } catch (error) {
      const problems = problemsOf(error);
      const webhook = await this.webhooks.one(visit, id);
      return view(webhook, formAgain(sent, problems, { version: webhook.version }), 422);
    }
  }

  private act(visit: Visit, id: string, step: (typeof STEPS)[number], sent: Submitted): Promise<unknown> {
    const change = { key: sent.key, version: sent.version };
    if (step === 'on') return this.webhooks.act(visit, id, 'switch', { ...change, body: { to: 'on' } });
    if (step === 'keys') return this.webhooks.act(visit, id, 'keys', change);
    if (step === 'no-secret') return this.webhooks.endSecret(visit, id, change);
    if (step === 'test') return this.webhooks.act(visit, id, 'tests', change);
    if (step === 'replay-one')
      return this.webhooks.act(visit, id, 'replays', { ...change, body: { eventId: sent.text('eventId') } });
    const [from, to] = ['from', 'to'].map((name) => dayOf(sent.text(name)?.trim() ?? ''));
    if (!from || !to)
      throw new Invalid([
        { field: from ? 'to' : 'from', code: 'wrong-form', message: 'Enter a real date, like 27/3/2027' },
      ]);
    if (from > to)
      throw new Invalid([{ field: 'to', code: 'before-from', message: 'The last day must not be before the first' }]);
    return this.webhooks.act(visit, id, 'replays', {
      ...change,
      body: { from: `${from}T00:00:00Z`, to: `${to}T23:59:59Z` },
    });
  }
}

function problemsOf(error: unknown): FieldProblem[] {
  if (error instanceof Invalid) return [...(error.details.errors ?? [])];
  const known = error instanceof RuleBroken || error instanceof IllegalTransition || error instanceof Conflict;
  if (!known || !WHY_NOT[error.code]) throw error;
  return [{ field: 'state', code: error.code, message: WHY_NOT[error.code]! }];
}

const at = (id: string, cursor: string | null): string | null =>
  cursor && `/administration/webhooks/${id}?${new URLSearchParams({ cursor }).toString()}`;

const view = (webhook: WebhookView, form: Form, status = 200, flash: { text: string } | null = null): View =>
  show(
    {
      ...{ webhook, form, flash, previous: at(webhook.id, webhook.previous), next: at(webhook.id, webhook.next) },
      log: webhook.log.map((d) => ({
        ...{ ...d, last: d.lastOutcome && (OUTCOMES[d.lastOutcome] ?? d.lastOutcome) },
        elsewhere: d.lastUrl !== null && d.lastUrl !== webhook.url ? d.lastUrl : null,
      })),
    },
    status,
  );
