import { demand } from '@concordat/access';
import { newEventId, newId, type Action } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import {
  expectVersion,
  Invalid,
  KeyBox,
  NotFound,
  Paging,
  PROCESS,
  SETTINGS,
  valid,
  type Call,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { Outgoing } from '../addresses';
import { newKeyPair, newSharedSecret } from '../signature';
import { subscribable, TEST_TYPE } from '../subscribable';
import {
  changed,
  mayChangeKey,
  mayChangeSecret,
  mine,
  OVERLAP_MS,
  payloadOf,
  signing,
  switchOver,
  type Webhook,
} from '../webhook';
import { Webhooks, type KeptKey } from '../webhooks.repository';
import { ChangeSecretDto, ChangeWebhookDto, KeepWebhookDto, LogDto, ReplayDto, SwitchWebhookDto } from './webhooks.dto';

const logPaging = (cursor: string | undefined): Paging =>
  new Paging(
    {
      name: 'made',
      keys: [
        { sql: 'd.made_at', type: 'timestamptz' },
        { sql: 'd.event_id', type: 'uuid' },
      ],
      descending: true,
    },
    100,
    cursor,
  );
const says = (type: string): string => (type === TEST_TYPE ? 'A test' : (subscribable[type]?.says ?? type));
const BAD_URLS: Readonly<Record<string, string>> = {
  'not-a-url': 'Enter a whole address, without a user name or a fragment',
  'not-https': 'The address must begin with https://',
  'host-not-allowed': 'This installation sends to other hosts only. Ask whoever looks after it',
  'address-not-allowed': 'This is an address within a private network',
};

/** What an agency does about webhooks of its own systems. */
@Injectable()
export class WebhooksService {
  private readonly outgoing: Outgoing;
  private readonly box: KeyBox;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly webhooks: Webhooks,
    @Inject(SETTINGS) settings: Settings,
    @Inject(PROCESS) process: ProcessInfo,
  ) {
    this.outgoing = new Outgoing(settings.WEBHOOK_HOSTS, settings.WEBHOOK_PRIVATE_RANGES);
    this.box = new KeyBox(process.detailKeys, 'webhooks');
  }

  list(call: Call) {
    return this.unit.read({ action: 'webhook.list', call }, async (tx) => {
      demand(tx.actor, 'webhook.list');
      const found = await this.webhooks.of(tx, tx.actor.orgId ?? '');
      const waiting = await this.webhooks.waiting(
        tx,
        found.map((w) => w.id),
      );
      tx.about({ objects: found.map(({ id }) => ({ t: 'webhook', id })) });
      return {
        webhooks: found.map((w) => ({ ...w, waiting: waiting.get(w.id) ?? 0 })),
        events: Object.entries(subscribable).map(([type, { says }]) => ({ type, says })),
      };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'webhook.view', call, objects: [{ t: 'webhook', id }] }, async (tx) => {
      const webhook = mine(await this.webhooks.find(tx, id), tx.actor.orgId);
      demand(tx.actor, 'webhook.view');
      const keys = await this.webhooks.keys(tx, [id]);
      const shared = signing(await this.webhooks.sharedSecrets(tx, [id]), tx.now);
      const waiting = (await this.webhooks.waiting(tx, [id])).get(id) ?? 0;
      const { cursor } = valid(LogDto, call.query);
      const { items, next, previous } = await this.webhooks.log(tx, id, logPaging(cursor));
      return {
        ...{ ...webhook, says: webhook.events.map(says), waiting, next, previous },
        keys: keys.map(({ sealed: _, webhookId: __, ...key }) => key),
        sharedSecrets: shared.map(({ madeAt, endsAt }) => ({ madeAt, endsAt })),
        log: items.map((each) => ({ ...each, says: says(each.type) })),
      };
    });
  }

  async register(call: Call) {
    const done = await this.unit.run({ action: 'webhook.register', call }, async (tx) => {
      demand(tx.actor, 'webhook.register');
      const { url, events, name } = valid(KeepWebhookDto, call.body);
      this.checked(url);
      const webhook: Webhook = {
        ...{
          id: newId(),
          orgId: tx.actor.orgId ?? '',
          name: name?.trim() || null,
          url,
          events,
          state: 'live',
          offReason: null,
          failingSince: null,
          version: 1,
        },
      };
      await this.webhooks.add(tx, webhook);
      await this.addKey(tx, webhook.id);
      tx.about({ objects: [{ t: 'webhook', id: webhook.id }], items: events, detail: { url } });
      return { id: webhook.id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** change takes what is named, and leaves the rest. */
  change(call: Call, id: string) {
    return this.alter('webhook.change', call, id, (tx, was) => {
      const { name, url, events } = valid(ChangeWebhookDto, call.body);
      const to = {
        ...(typeof name === 'string' ? { name: name.trim() || null } : {}),
        ...(url ? { url } : {}),
        ...(events ? { events } : {}),
      };
      if (Object.keys(to).length === 0)
        throw new Invalid([{ field: 'url', code: 'required', message: 'Say what is to be changed' }]);
      return this.changeTo(tx, was, to);
    });
  }

  replace(call: Call, id: string) {
    return this.alter('webhook.change', call, id, (tx, was) => {
      const { url, events, name } = valid(KeepWebhookDto, call.body);
      return this.changeTo(tx, was, {
        url,
        events,
        ...(typeof name === 'string' ? { name: name.trim() || null } : {}),
      });
    });
  }

  switch(call: Call, id: string) {
    return this.alter('webhook.switch', call, id, async (tx, was) => {
      const { to } = valid(SwitchWebhookDto, call.body);
      const now = switchOver(was, to);
      if (to === 'on') await this.webhooks.hurry(tx, id);
      tx.about({ items: [to] });
      return now;
    });
  }

  changeKey(call: Call, id: string) {
    return this.alter('webhook.change-key', call, id, async (tx, was) => {
      mayChangeKey(await this.webhooks.keys(tx, [id]), tx.now);
      await this.webhooks.endKeys(tx, id, new Date(tx.now.getTime() + OVERLAP_MS));
      await this.addKey(tx, id);
      return { ...was, version: was.version + 1 };
    });
  }

  /**
   * changeSecret gives a webhook a secret that both ends hold, beside its keys, or takes it away. The secret is in the answer and is not
   * shown again; the one before signs for a week more.
   */
  async changeSecret(call: Call, id: string) {
    const { secret, shown } = newSharedSecret();
    const asked = (): ChangeSecretDto => valid(ChangeSecretDto, call.body);
    const done = await this.altered('webhook.change-secret', call, id, async (tx, was) => {
      const { to } = asked();
      mayChangeSecret(to, await this.webhooks.sharedSecrets(tx, [id]), tx.now);
      await this.webhooks.endSharedSecrets(tx, id, new Date(tx.now.getTime() + (to === 'new' ? OVERLAP_MS : 0)));
      if (to === 'new') {
        const secretId = newId();
        const sealed = this.box.seal(secretId, secret);
        await this.webhooks.addSharedSecret(tx, { id: secretId, webhookId: id, sealed });
      }
      tx.about({ items: [to] });
      return { ...was, version: was.version + 1 };
    });
    // A repeated answer has no secret: it was shown.
    const isShown = asked().to === 'new' && !done.replayed;
    return { ...done.value, secret: isShown ? shown : null, receipt: done.receipt };
  }

  test(call: Call, id: string) {
    return this.alter(
      'webhook.test',
      call,
      id,
      async (tx, was) => {
        const body = JSON.stringify(payloadOf(TEST_TYPE, tx.now, { id: was.id }));
        await this.webhooks.addTest(tx, id, newEventId(tx.now.getTime()), TEST_TYPE, Buffer.from(body));
        return was;
      },
      false,
    );
  }

  replay(call: Call, id: string) {
    return this.alter(
      'webhook.replay',
      call,
      id,
      async (tx, was) => {
        const { eventId, from, to } = valid(ReplayDto, call.body);
        if (!eventId && !(from && to))
          throw new Invalid([{ field: 'from', code: 'required', message: 'Say which event, or from when to when' }]);
        const span = eventId ? [null, null] : [new Date(from!), new Date(to!)];
        const count = await this.webhooks.replay(tx, id, eventId ?? null, span[0]!, span[1]!);
        if (eventId && count === 0) throw new NotFound('delivery');
        tx.about({ detail: { eventId, from, to, count } });
        return was;
      },
      false,
    );
  }

  /** A change of a webhook, and what is answered to it. */
  private async alter(...change: Parameters<WebhooksService['altered']>) {
    const done = await this.altered(...change);
    return { ...done.value, receipt: done.receipt };
  }

  /** A change of a webhook: the agency's own (404), made from what is current (409), entitled (403), then `decide`. */
  private altered(
    action: Action,
    call: Call,
    id: string,
    decide: (tx: Tx, was: Webhook) => Promise<Webhook>,
    versioned = true,
  ) {
    return this.unit.run({ action, call, objects: [{ t: 'webhook', id }] }, async (tx) => {
      const was = mine(await this.webhooks.find(tx, id), tx.actor.orgId);
      if (versioned) expectVersion(call, 'webhook', was.version);
      demand(tx.actor, action);
      const now = await decide(tx, was);
      if (now !== was) await this.webhooks.save(tx, now);
      return { id, version: now.version, state: now.state };
    });
  }

  /** What waits is tried at another address at once: that the one before took nothing says nothing of it. */
  private async changeTo(tx: Tx, was: Webhook, to: Parameters<typeof changed>[1]): Promise<Webhook> {
    if (to.url !== undefined) this.checked(to.url);
    const now = changed(was, to);
    if (now.url !== was.url) await this.webhooks.hurry(tx, was.id);
    const { name, url, events } = now;
    tx.about({ items: events, detail: { was: { name: was.name, url: was.url, events: was.events }, name, url } });
    return now;
  }

  private checked(url: string): void {
    const code = this.outgoing.refuses(url);
    if (code) throw new Invalid([{ field: 'url', code, message: BAD_URLS[code]! }]);
  }

  private async addKey(tx: Tx, webhookId: string): Promise<void> {
    const id = newId();
    const { secret, shown } = newKeyPair();
    const key: Omit<KeptKey, 'madeAt' | 'endsAt'> = {
      id,
      webhookId,
      publicKey: shown,
      sealed: this.box.seal(id, secret),
    };
    await this.webhooks.addKey(tx, key);
  }
}
