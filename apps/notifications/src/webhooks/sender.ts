import { UnitOfWork, type Tx } from '@concordat/messaging';
import {
  KeyBox,
  Lifecycle,
  LOGGER,
  PROCESS,
  serviceActorId,
  SETTINGS,
  Sweep,
  systemCall,
  type ProcessInfo,
  type Settings,
} from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Outgoing } from '../addresses';
import { settleHappenings } from '../happenings.repository';
import { Telling } from '../messages/telling';
import { signedHeaders } from '../signature';
import { afterAttempt, alertOf, signing, waitAfter, type Attempted, type Webhook } from '../webhook';
import { Webhooks, type KeptKey, type KeptSecret } from '../webhooks.repository';
import { Deliveries, type Claimed } from './deliveries.repository';
import { dispatch } from './dispatch';

const EVERY_MS = 500;
const ROUNDS = 50;
const FORGET_EVERY_MS = 3_600_000;

class NothingDue extends Error {}

interface Work {
  readonly claimed: readonly Claimed[];
  readonly webhooks: ReadonlyMap<string, Webhook>;
  readonly keys: readonly KeptKey[];
  readonly shared: readonly KeptSecret[];
  /** The database's clock when it was claimed. */
  readonly at: Date;
}
interface Sent {
  readonly claimed: Claimed;
  readonly attempted: Attempted;
  readonly tookMs: number;
}

/**
 * Sends what is in line. What is to be sent is on record before it is sent, and what became of it after: when this process
 * dies in between, it is sent again under the same id.
 */
@Injectable()
export class WebhookSender {
  private readonly outgoing: Outgoing;
  private readonly box: KeyBox;
  private forgotAt = 0;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly telling: Telling,
    @Inject(SETTINGS) settings: Settings,
    @Inject(PROCESS) process: ProcessInfo,
    @Inject(LOGGER) log: Logger,
    lifecycle: Lifecycle,
  ) {
    this.outgoing = new Outgoing(settings.WEBHOOK_HOSTS, settings.WEBHOOK_PRIVATE_RANGES);
    this.box = new KeyBox(process.detailKeys, 'webhooks');
    lifecycle.add(new Sweep('webhooks', EVERY_MS, () => this.sweep(), log));
  }

  /** sweep sends all that is due, some at a time. */
  async sweep(): Promise<void> {
    for (let round = 0; round < ROUNDS && (await this.anyDue()); round++) {
      const work = await this.claim();
      if (!work) continue;
      const sent = await Promise.all(work.claimed.map((one) => this.send(one, work)));
      await this.record(work, sent);
    }
  }

  /** Only ids are looked at, and nobody is told: as a projection, without an act. */
  private async anyDue(): Promise<boolean> {
    let due = false;
    await this.unit.project(this.call(), async (tx) => {
      if (Date.now() - this.forgotAt > FORGET_EVERY_MS) {
        await this.deliveries.forgetOld(tx);
        this.forgotAt = Date.now();
      }
      due = await this.deliveries.anyDue(tx);
    });
    return due;
  }

  private async claim(): Promise<Work | null> {
    try {
      let work: Work | null = null;
      await this.unit.run({ action: 'webhook.deliver', call: this.call() }, async (tx) => {
        const withheld = await this.deliveries.withhold(tx);
        const claimed = await this.deliveries.claim(tx);
        if (claimed.length === 0 && withheld === 0) throw new NothingDue();
        const ids = [...new Set(claimed.map((c) => c.webhookId))];
        const found = await Promise.resolve().then(async () => {
          const webhooks: Webhook[] = [];
          for (const id of ids) webhooks.push((await this.webhooks.find(tx, id))!);
          return webhooks;
        });
        work = {
          ...{ claimed, at: tx.now, keys: await this.webhooks.keys(tx, ids) },
          shared: await this.webhooks.sharedSecrets(tx, ids),
          webhooks: new Map(found.map((w) => [w.id, w])),
        };
        tx.about({
          objects: ids.map((id) => ({ t: 'webhook', id })),
          recipients: [...new Set(found.map((w) => w.orgId))].map((org) => ({ org, channel: 'webhook' })),
          items: new Set(claimed.map((c) => c.type)),
          detail: { events: claimed.map((c) => c.eventId), withheld },
        });
        return { sent: claimed.length };
      });
      return work;
    } catch (error) {
      if (error instanceof NothingDue) return null;
      throw error;
    }
  }

  private async send(claimed: Claimed, { webhooks, keys, shared, at }: Work): Promise<Sent> {
    const webhook = webhooks.get(claimed.webhookId)!;
    const opened = (all: readonly (KeptKey | KeptSecret)[]): Buffer[] =>
      signing(
        all.filter((each) => each.webhookId === webhook.id),
        at,
      ).map(({ id, sealed }) => this.box.open(id, sealed));
    const signers = { keys: opened(keys), shared: opened(shared) };
    const headers = signedHeaders(`msg_${claimed.eventId}`, Math.floor(at.getTime() / 1000), claimed.body, signers);
    const began = performance.now();
    const attempted = await dispatch(webhook.url, headers, claimed.body, this.outgoing);
    return { claimed, attempted, tookMs: Math.round(performance.now() - began) };
  }

  private async record({ webhooks }: Work, sent: readonly Sent[]): Promise<void> {
    if (sent.length === 0) return;
    const objects = [...webhooks.keys()].map((id) => ({ t: 'webhook' as const, id }));
    await this.unit.run({ action: 'webhook.record-outcome', call: this.call(), objects }, async (tx) => {
      for (const { claimed, attempted, tookMs } of sent) {
        await this.webhooks.note(tx, claimed, webhooks.get(claimed.webhookId)!.url, attempted, tookMs);
        if (attempted.outcome === 'taken') await this.deliveries.delivered(tx, claimed);
        else await this.deliveries.later(tx, claimed, waitAfter(claimed.number, Math.random()));
      }
      for (const id of webhooks.keys()) {
        const was = (await this.webhooks.find(tx, id))!;
        const now = sent
          .filter((s) => s.claimed.webhookId === id)
          .reduce((webhook, { attempted }) => afterAttempt(webhook, attempted, tx.now), was);
        await this.webhooks.save(tx, now);
        if (now.state !== was.state) tx.about({ reasons: [`webhook.${now.offReason}`] });
        await this.alert(tx, was, now);
      }
      return { recorded: sent.length };
    });
  }

  /** Tells the administrators of its agency that a webhook takes nothing, among their messages; no more once it does again. */
  private async alert(tx: Tx, was: Webhook, is: Webhook): Promise<void> {
    const time = alertOf(was, is, tx.now);
    const told = { kind: 'webhook-failing', recordId: is.id, caseId: null, at: null, byId: null } as const;
    if (time) await this.telling.tell(tx, [{ ...told, time, reach: { orgId: is.orgId, named: null, orRoles: true } }]);
    else if (is.failingSince === null && is.state === 'live')
      await settleHappenings(tx, [{ recordId: is.id, kinds: ['webhook-failing'], except: null, time: tx.now }]);
  }

  private call() {
    return systemCall(serviceActorId('notifications'), 'webhooks');
  }
}
