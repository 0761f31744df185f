import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Consumer, verifies, type Got } from '../../../apps/notifications/src/webhooks/consumer.testing';
import type { WebhookEvidence } from '../evidence/evidence';
import { sentTo } from '../evidence/webhooks';
import type { Platform } from '../platform/platform';
import type { Random } from '../random';
import type { PersonaTokens } from './tokens';

/** This share of what it is sent it does not take, however often it is sent. */
const FAILS = 0.3;
const PATIENCE_MS = 30_000;
const WEBHOOKS = '/api/notifications/webhooks';

/** What the agency's system is told of: rare enough that a run is not about webhooks, and common enough to be examined. */
const TYPES = ['referrals.referral-accepted.v1', 'referrals.referral-decided.v1', 'referrals.triage-clock-passed.v1'];

async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await delay(250);
    }
  }
}

/** A system of the agency that triages, which is told by webhook and does not take all of it (events.md I11). */
export class WebhookConsumer {
  private readonly consumer: Consumer;
  private id = '';
  private publicKey = '';

  constructor(
    private readonly platform: Platform,
    random: Random,
  ) {
    this.consumer = new Consumer(random.between(1, 2 ** 30), FAILS);
  }

  /** Is told of what happens from now on. */
  async subscribe(tokens: PersonaTokens): Promise<void> {
    await this.consumer.up();
    const { token } = await tokens.of('administrator');
    const ask = async (path: string, init: RequestInit = {}): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers };
      const response = await fetch(this.platform.directUrlOf('notifications') + path, { ...init, headers });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as Record<string, unknown>;
    };
    const body = JSON.stringify({ url: this.consumer.url, events: TYPES });
    const register = () => ask(WEBHOOKS, { method: 'POST', body, headers: { 'idempotency-key': 'faults-webhook' } });
    // Who belongs to which agency comes to the context by events, which may be on their way still.
    const made = await patiently(register);
    this.id = String(made['id']);
    const { keys } = (await ask(`${WEBHOOKS}/${this.id}`)) as { keys: { publicKey: string }[] };
    this.publicKey = keys[0]!.publicKey;
  }

  /** From now on all is taken: what was not yet, comes again. */
  recover(): void {
    this.consumer.failing = 0;
  }

  async evidence(): Promise<WebhookEvidence> {
    const database = await this.platform.database();
    try {
      const got = this.consumer.got.map((each) => this.attempt(each));
      return { expected: await sentTo(database, this.id), got, taken: [...this.consumer.taken] };
    } finally {
      await database.end().catch(() => undefined);
    }
  }

  close(): Promise<void> {
    return this.consumer.down();
  }

  private attempt(got: Got): WebhookEvidence['got'][number] {
    const digest = createHash('sha256').update(got.body).digest('hex');
    return { id: got.id, digest, verified: verifies(got, this.publicKey) };
  }
}
