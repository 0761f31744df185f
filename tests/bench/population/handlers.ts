import { contexts, type ContextName, type Received } from '@concordat/contracts';
import { serviceActorId, systemCall } from '@concordat/platform';
import { annotated } from '../../../libs/messaging/src/annotated';
import { Handlers, ON, type Handling, type OnMetadata } from '../../../libs/messaging/src/on';
import type { BulkUnit } from './bulk-unit';
import type { Copying } from './copy';

/** Which context's events each context receives. */
const SOURCES: Readonly<Record<ContextName, readonly ContextName[]>> = {
  identity: ['identity'],
  referrals: ['identity', 'referrals', 'records', 'audit'],
  records: ['identity', 'referrals', 'records', 'audit'],
  sharing: ['identity', 'risk', 'audit'],
  risk: ['identity', 'records', 'audit'],
  reviews: ['identity'],
  notifications: ['identity', 'referrals', 'records', 'sharing', 'risk', 'reviews', 'audit'],
  insight: ['identity', 'referrals', 'records', 'risk', 'reviews', 'sharing', 'notifications', 'audit'],
  audit: ['identity', 'records', 'audit'],
};

/** Gives events to the product's own handlers at once, and keeps the cursors that say so. */
export class Receivers {
  private readonly handlers = new Map<ContextName, Handlers>();
  private readonly cursors = new Map<string, Map<string, bigint>>();
  private readonly waiting: { source: ContextName; event: Received<never> }[] = [];
  private readonly counted: Record<string, number> = {};
  private readonly rows;

  constructor(
    private readonly units: Readonly<Record<ContextName, BulkUnit>>,
    copying: Copying,
    instances: Readonly<Record<ContextName, readonly object[]>>,
  ) {
    for (const context of contexts) this.handlers.set(context, find(context, instances[context]));
    this.rows = Object.fromEntries(
      contexts.map((c) => [c, copying.into(`${c}.stream_cursor`, 'source, stream_id, last_version')]),
    ) as Record<ContextName, ReturnType<Copying['into']>>;
  }

  hear(source: ContextName, event: Received<never>): void {
    this.waiting.push({ source, event });
  }

  /** Handles all that has been published, and what that leads to. */
  async drain(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const { source, event } = next;
      for (const context of contexts) {
        if (!SOURCES[context].includes(source)) continue;
        const handling = this.handlers.get(context)!.of(event.type);
        if (handling && handling !== 'ignored') await this.handle(context, handling, event);
        this.move(context, source, event);
      }
    }
  }

  /** How many events each context has received. */
  received(context: ContextName): number {
    return this.counted[context] ?? 0;
  }

  /** What a context compares itself with: those whose events it receives, and for the ledger everybody's acts. */
  sourcesOf(context: ContextName): readonly string[] {
    return [...SOURCES[context], ...(context === 'audit' ? contexts.map((c) => `${c}.acts`) : [])];
  }

  /** Nothing more is published to this stream: its cursors are written. */
  settle(source: ContextName, stream: string): void {
    for (const context of contexts) {
      const version = this.cursors.get(`${context}/${source}`)?.get(stream);
      if (version === undefined) continue;
      this.cursors.get(`${context}/${source}`)!.delete(stream);
      this.rows[context](source, stream, version);
    }
  }

  private async handle(context: ContextName, handling: Handling, event: Received<never>): Promise<void> {
    const more = { correlationId: event.correlationId, causationId: event.id };
    const call = systemCall(serviceActorId(context), 'operation', more);
    const unit = this.units[context];
    if (handling.batch) return unit.project(call, (tx) => handling.batch!([event], tx));
    const prepared = handling.prepare ? await handling.prepare(event) : undefined;
    if (!handling.action) return unit.project(call, (tx) => handling.one!(event, tx, prepared));
    await unit.run({ action: handling.action, call }, (tx) => handling.one!(event, tx, prepared));
  }

  private move(context: ContextName, source: ContextName, event: Received<never>): void {
    const key = `${context}/${source}`;
    const streams = this.cursors.get(key) ?? new Map<string, bigint>();
    this.cursors.set(key, streams.set(event.streamId, event.version));
    this.counted[context] = this.received(context) + 1;
  }
}

function find(context: ContextName, instances: readonly object[]): Handlers {
  const handlers = new Handlers(context);
  for (const { instance, method, metadata } of annotated<OnMetadata>(instances as Record<string, unknown>[], ON)) {
    const call = (instance[method] as (...args: unknown[]) => Promise<void>).bind(instance);
    const prepare = metadata.options.prepare;
    const prepared = prepare ? (instance[prepare] as (e: unknown) => Promise<unknown>).bind(instance) : null;
    for (const type of metadata.types) {
      const part = metadata.batch ? { batch: call, one: null } : { batch: null, one: call };
      handlers.add(type, { where: method, ...part, prepare: prepared, action: metadata.options.action ?? null });
    }
  }
  return handlers;
}
