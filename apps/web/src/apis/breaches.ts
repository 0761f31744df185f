import type { BreachRisk, BreachState } from '@concordat/contracts';
import { Injectable } from '@nestjs/common';
import { Apis, type Asking } from './apis';
import type { Done, List } from './lists';

/** What may be a breach of personal data by the visitor's agency. */
export interface Breach {
  readonly id: string;
  readonly version: number;
  readonly state: BreachState;
  readonly questionId: string | null;
  readonly account: string;
  readonly openedBy: string;
  readonly openedAt: string;
  readonly awareAt: string;
  readonly notifyBy: string;
  readonly risk: BreachRisk | null;
  readonly affected: number | null;
  readonly notify: boolean | null;
  readonly tellPeople: boolean | null;
  readonly reason: string | null;
  readonly remedy: string | null;
  readonly assessedBy: string | null;
  readonly assessedAt: string | null;
  readonly notifiedAt: string | null;
  readonly notifiedBy: string | null;
  readonly reference: string | null;
  readonly delayReason: string | null;
}
export interface BreachView extends Breach {
  readonly may: { readonly assess: boolean; readonly notify: boolean };
  /** What the agreement asks under which it would have gone. */
  readonly agreed: {
    readonly isa: string;
    readonly contact: string | null;
    readonly originatorBy: string | null;
  } | null;
}
type Sending = { readonly key: string; readonly version?: number };

/** The part of the `sharing` context that assesses breaches of personal data. */
@Injectable()
export class Breaches {
  constructor(private readonly apis: Apis) {}

  list(
    asking: Asking,
    query: { state?: string; cursor?: string },
  ): Promise<List<Breach> & { readonly may: { readonly open: boolean } }> {
    return this.apis.get(asking, 'sharing', '/breaches', query);
  }

  one(asking: Asking, id: string): Promise<BreachView> {
    return this.apis.get(asking, 'sharing', `/breaches/${id}`);
  }

  open(asking: Asking, body: object, { key }: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', '/breaches', { body, key });
  }

  /** `what` is the last part of its address: assessment, notification. */
  take(asking: Asking, id: string, what: 'assessment' | 'notification', body: object, sent: Sending): Promise<Done> {
    return this.apis.change(asking, 'POST', 'sharing', `/breaches/${id}/${what}`, { body, ...sent });
  }
}
