import { Injectable } from '@nestjs/common';
import { Apis, type Asking, type Change } from './apis';

/** Where a system of the visitor's agency is told of what happens. */
export interface Webhook {
  readonly id: string;
  /** What the agency calls it. */
  readonly name: string | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly state: 'live' | 'off';
  readonly offReason: 'administrator' | 'dead' | 'gone' | null;
  readonly failingSince: string | null;
  readonly version: number;
  readonly waiting: number;
}
export interface WebhookView extends Webhook {
  /** What each of `events` is, in words. */
  readonly says: readonly string[];
  readonly keys: readonly { readonly id: string; readonly publicKey: string; readonly endsAt: string | null }[];
  /** Secrets that both ends hold, as far as they sign now; never what they are. */
  readonly sharedSecrets: readonly { readonly madeAt: string; readonly endsAt: string | null }[];
  readonly log: readonly {
    readonly eventId: string;
    readonly type: string;
    readonly says: string;
    readonly state: 'pending' | 'delivered' | 'withheld';
    readonly attempts: number;
    readonly madeAt: string;
    readonly nextAt: string;
    readonly lastAt: string | null;
    readonly lastOutcome: string | null;
    readonly lastStatus: number | null;
    readonly lastUrl: string | null;
  }[];
  readonly next: string | null;
  readonly previous: string | null;
}
export interface WebhookList {
  readonly webhooks: readonly Webhook[];
  readonly events: readonly { readonly type: string; readonly says: string }[];
}

/** The `notifications` context: webhooks of the visitor's agency. */
@Injectable()
export class Webhooks {
  constructor(private readonly apis: Apis) {}

  all(asking: Asking): Promise<WebhookList> {
    return this.apis.get(asking, 'notifications', '/webhooks');
  }

  /** @param cursor from where in the log of what was sent */
  one(asking: Asking, id: string, cursor?: string): Promise<WebhookView> {
    return this.apis.get(
      asking,
      'notifications',
      `/webhooks/${id}${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
  }

  register(asking: Asking, body: object, key: string): Promise<{ id: string }> {
    return this.apis.change(asking, 'POST', 'notifications', '/webhooks', { body, key });
  }

  change(asking: Asking, id: string, change: Change): Promise<unknown> {
    return this.apis.change(asking, 'PATCH', 'notifications', `/webhooks/${id}`, change);
  }

  /** Gives a webhook a shared secret; null when this request was answered before, as it is shown once. */
  async newSecret(asking: Asking, id: string, change: Change): Promise<string | null> {
    const body = { to: 'new' };
    const at = `/webhooks/${id}/shared-secret`;
    const { secret } = await this.apis.change<{ secret: string | null }>(asking, 'POST', 'notifications', at, {
      ...{ ...change, body },
    });
    return secret;
  }

  endSecret(asking: Asking, id: string, change: Change): Promise<unknown> {
    const body = { to: 'none' };
    return this.apis.change(asking, 'POST', 'notifications', `/webhooks/${id}/shared-secret`, { ...change, body });
  }

  /** One of the things that are done to a webhook: `switch`, `keys`, `tests`, `replays`. */
  act(asking: Asking, id: string, what: 'switch' | 'keys' | 'tests' | 'replays', change: Change): Promise<unknown> {
    return this.apis.change(asking, 'POST', 'notifications', `/webhooks/${id}/${what}`, change);
  }
}
