import {
  CaseAccessChanged,
  eventClasses,
  RestrictionChanged,
  typesOf,
  type EventClass,
  type Received,
} from '@concordat/contracts';
import { OnBatch, type Tx } from '@concordat/messaging';
import { Inject, Injectable } from '@nestjs/common';

/** What a feature of this context makes of what happens elsewhere. */
export interface Hearer {
  /**
   * hear is told of every event of the contexts below, some at a time and in order per stream, in the transaction that remembers
   * it was told. It MUST ignore what it does not know, touch nothing but `tx`, and publish nothing: it MAY ask for jobs. It MAY
   * be told again. What it keeps is its own: it finds nothing of what another makes of the same events.
   */
  hear(events: readonly Received[], tx: Tx): Promise<void>;
}

/** The hearers, as the module lists them. */
export const HEARERS = Symbol('Hearers');

/** Whoever has something due, or something that others wait for. */
const SPEAKERS = ['referrals', 'records', 'sharing', 'risk', 'reviews'] as const;
/** Kept by the projections of access, as in every context. */
const OF_ACCESS: readonly EventClass[] = [CaseAccessChanged, RestrictionChanged];
const HEARD = SPEAKERS.flatMap(typesOf)
  .map((type) => eventClasses.get(type)!)
  .filter((type) => !OF_ACCESS.includes(type));

/**
 * Hears everything that the partnership does, and tells each feature of it: deadlines, messages and subscriptions are made of the
 * same events. Nothing is ignored here by name, because what is new elsewhere may be subscribed to at once.
 */
@Injectable()
export class Hearing {
  constructor(@Inject(HEARERS) private readonly hearers: readonly Hearer[]) {}

  @OnBatch(HEARD)
  async heard(events: readonly Received[], tx: Tx): Promise<void> {
    for (const hearer of this.hearers) await hearer.hear(events, tx);
  }
}
