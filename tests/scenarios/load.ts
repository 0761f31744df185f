import { Visitors, type Answer } from '@concordat-app/all-in-one';
import { newId } from '@concordat/contracts';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Platform } from '../../tools/services/platform';

interface Receipt {
  readonly auditId: string;
  readonly streamId: string;
  readonly version: number;
  readonly digest: string;
}

/** A command that was acknowledged: what the platform answers for from then on. */
export interface Acknowledged {
  readonly referralId: string;
  readonly action: 'submit' | 'rate' | 'accept';
  readonly key: string;
  readonly receipt: Receipt;
}

interface Reply {
  readonly id: string;
  readonly version: number;
  readonly receipt: Receipt;
}

/** Every so many referrals one is rated and accepted too, so that what crosses contexts is under load as well. */
const ACCEPTED_EVERY = 5;

/** Concurrent people who refer and triage. What has no answer is sent again under its key, until it has one. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  private readonly visitors: Visitors;
  private readonly content = JSON.parse(readFileSync('packs/demo/referral.example.json', 'utf8')) as object;
  /** Requests without an answer at this moment. */
  underWay = 0;

  constructor(platform: Platform) {
    this.visitors = new Visitors(platform);
  }

  /** Signs everybody in, so that a fault meets requests and not sign-ins. */
  async arrive(): Promise<void> {
    await Promise.all(['hana', 'amina'].map((who) => this.visitors.tokenFor(who)));
  }

  /** Sends `count` referrals, all at once. */
  async burst(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, n) => this.refer(n)));
  }

  /**
   * Keeps `clients` people referring, one referral after another, for as long as `going` says so. Each pauses for as long between
   * two: how much there is to catch up with belongs to the condition, and not to how fast a machine takes referrals.
   */
  async steadily(clients: number, going: () => boolean, pauseMs = 100): Promise<void> {
    let n = 0;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (going()) {
          await this.refer(n++);
          await delay(pauseMs);
        }
      }),
    );
  }

  private async refer(n: number): Promise<void> {
    const made = await this.send('submit', 'hana', '', { content: this.content });
    if (n % ACCEPTED_EVERY !== 0) return;
    const rated = await this.send('rate', 'amina', `/${made.id}/ratings`, { colour: 'red' }, made.version);
    await this.send('accept', 'amina', `/${made.id}/decisions`, { outcome: 'accept' }, rated.version);
  }

  private async send(
    action: Acknowledged['action'],
    who: string,
    path: string,
    body: object,
    version?: number,
  ): Promise<Reply> {
    const key = newId();
    const sending = { body, key, ...(version === undefined ? {} : { version }) };
    this.underWay++;
    let answer: Answer;
    try {
      answer = await this.visitors.as(who).send('POST', `/api/referrals${path}`, sending);
    } finally {
      this.underWay--;
    }
    if (![200, 201].includes(answer.status)) throw new Error(`${action} was answered ${answer.status}: ${answer.text}`);
    const reply = answer.body as Reply;
    this.acknowledged.push({ referralId: reply.id, action, key, receipt: reply.receipt });
    return reply;
  }
}
