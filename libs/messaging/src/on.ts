import { typeOf, typesOf, type Action, type ContextName, type EventClass, type Received } from '@concordat/contracts';
import { SetMetadata } from '@nestjs/common';
import type { Tx } from './tx';

export const ON = 'concordat:on';

/** How a handler takes part in the waist. */
export interface OnOptions {
  /** The action that the handling is: it is then a unit of work of its own, audited, and may publish. */
  readonly action?: Action;
  /**
   * Name of a method of the same class that is called before the transaction, to ask the owner for what the event does
   * not carry (claim check, events.md P2). Its result is the handler's third argument.
   */
  readonly prepare?: string;
}

export interface OnMetadata {
  readonly types: readonly EventClass[];
  readonly batch: boolean;
  readonly options: OnOptions;
}

/** Handles one event in one transaction: `(event: Received<T>, tx: Tx, prepared) => Promise<void>`. MAY be called again. */
export const On = (type: EventClass, options: OnOptions = {}) =>
  SetMetadata(ON, { types: [type], batch: false, options } satisfies OnMetadata);

/** Handles many events at once in one transaction, in order per stream: `(events, tx) => Promise<void>`. It cannot publish. */
export const OnBatch = (types: readonly EventClass[]) =>
  SetMetadata(ON, { types, batch: true, options: {} } satisfies OnMetadata);

export type EventHandler = (event: Received<never>, tx: Tx, prepared?: unknown) => Promise<void>;
export type BatchHandler = (events: readonly Received<never>[], tx: Tx) => Promise<void>;

/** A handler found at start-up. */
export interface Handling {
  readonly where: string;
  readonly batch: BatchHandler | null;
  readonly one: EventHandler | null;
  readonly prepare: ((event: Received<never>) => Promise<unknown>) | null;
  readonly action: Action | null;
}

/** What a context does with the events of others: by type, a handler or the declared wish to ignore it. */
export class Handlers {
  private readonly byType = new Map<string, Handling | 'ignored'>();

  constructor(readonly context: ContextName) {}

  add(type: EventClass, handling: Handling): void {
    const name = typeOf(type);
    const taken = this.byType.get(name);
    if (taken)
      throw new Error(
        `${this.context}: ${name} is handled by ${handling.where} and ${taken === 'ignored' ? 'ignored' : `by ${taken.where}`}`,
      );
    this.byType.set(name, handling);
  }

  ignore(type: EventClass): void {
    if (!this.byType.has(typeOf(type))) this.byType.set(typeOf(type), 'ignored');
    else throw new Error(`${this.context}: ${typeOf(type)} is both handled and ignored`);
  }

  of(type: string): Handling | 'ignored' | undefined {
    return this.byType.get(type);
  }

  /** The contexts whose events this one receives. */
  sources(): ContextName[] {
    return [...new Set([...this.byType.keys()].filter((t) => !isAct(t)).map((t) => t.split('.')[0] as ContextName))];
  }

  /** Whether it receives everybody's audit acts, as the ledger does. */
  get takesActs(): boolean {
    return [...this.byType.keys()].some(isAct);
  }

  /** Throws when an event type of a source that we receive has neither handler nor `ignores` (C6: never by accident). */
  assertComplete(): void {
    const missing = this.sources()
      .flatMap(typesOf)
      .filter((type) => !this.byType.has(type));
    if (missing.length > 0)
      throw new Error(`${this.context}: no handler for, and no wish to ignore, ${missing.join(', ')}`);
  }
}

/** Whether events of this type are audit acts, which only the ledger receives. */
export const isAct = (type: string): boolean => type === 'audit.act-recorded.v1';
