import { type ContextName, type Received } from '@concordat/contracts';
import { Tx, type Receipted } from '@concordat/messaging';
import { Forbidden, NotFound, Problem, type Call } from '@concordat/platform';
import { concernedBy, recordAct, type Act, type Concerned } from '../../../libs/messaging/src/act';
import type { JobRequest } from '../../../libs/messaging/src/job';
import { requestDigest } from '../../../libs/messaging/src/request-digest';
import type { Clock } from './clock';
import type { Copying } from './copy';
import type { LedgerWriter } from './ledger';
import type { Statements } from './statements';

/** What a unit of one context needs of the whole. */
export interface UnitParts {
  readonly context: ContextName;
  readonly clock: Clock;
  readonly statements: Statements;
  readonly copying: Copying;
  readonly ledger: LedgerWriter;
  readonly detailKey: Buffer;
  /** Told of each event, in order, after its unit has ended. */
  readonly published: (context: ContextName, event: Received<never>) => void;
  readonly asked: (job: JobRequest) => void;
}

/**
 * The unit of work without its transaction: the same Tx, the same act, the same event bytes and reply, written by COPY.
 * What the real one leaves in outbox, act and idempotency, and what the relay then notes there, is written as it is after
 * everything has been relayed.
 */
export class BulkUnit {
  /** Versions of streams that may still move, with when they did. */
  readonly streams = new Map<string, { version: number; at: Date }>();
  /** The number of its last act. */
  acted = 0n;
  private readonly outbox;
  private readonly acts;
  private readonly keys;

  constructor(private readonly parts: UnitParts) {
    const { context, copying } = parts;
    this.outbox = copying.into(
      `${context}.outbox`,
      'event_id, stream_id, stream_version, topic, partition, headers, body, created_at, published_at',
    );
    this.acts = copying.into(`${context}.act`, 'event_id, body, seq, created_at, published_at');
    this.keys = copying.into(`${context}.idempotency`, 'actor_id, key, request_digest, reply, created_at');
  }

  async run<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<Receipted<T>> {
    return this.refusable(act, async (concerned) => {
      const { tx, value } = await this.work(act.call, fn, concerned);
      return this.commit(act, tx, value, concerned);
    });
  }

  async read<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<T> {
    return this.refusable(act, async (concerned) => {
      const { tx, value } = await this.work(act.call, fn, concerned);
      this.commit({ ...act, call: { ...act.call, idempotencyKey: null } }, tx, value, concerned);
      return value;
    });
  }

  async project(call: Call, fn: (tx: Tx) => Promise<void>): Promise<void> {
    const { tx } = await this.work(call, fn, concernedBy({ action: 'stream.read', call }));
    if (tx.events.length > 0) throw new Error('a projection publishes nothing');
    // Jobs that only make a copy's deadlines punctual are left to its sweep.
  }

  private async work<T>(call: Call, fn: (tx: Tx) => Promise<T>, concerned: Concerned) {
    const { statements, context, clock } = this.parts;
    statements.call = call;
    const client = { query: (asked: { name?: string; text: string; values: never[] }) => this.query(asked) };
    const tx = new Tx(client as never, context, call, clock.now(), concerned);
    const value = await fn(tx);
    for (const write of tx.writes) await statements.query(write as never);
    return { tx, value };
  }

  private query(asked: { name?: string; text: string; values: never[] }): Promise<unknown> {
    if (asked.name !== 'lock-stream') return this.parts.statements.query(asked);
    const known = this.streams.get(asked.values[0]!);
    return Promise.resolve({ rows: known ? [{ version: String(known.version) }] : [], rowCount: known ? 1 : 0 });
  }

  private commit<T>(act: Act, tx: Tx, value: T, concerned: Concerned): Receipted<T> {
    const { context, clock } = this.parts;
    const id = this.record(act, concerned, 'done', tx.now);
    const reply = { value, receipt: { auditId: id, ...(tx.last() ?? {}) } };
    const at = clock.tick(3);
    for (const { id: stream, now } of tx.changed()) this.streams.set(stream, { version: now, at });
    for (const e of tx.events) {
      this.outbox(e.id, e.streamId, e.version, e.topic, e.partition, '{}', e.body, at, later(at, 12));
      this.parts.published(context, received(context, e));
    }
    if (act.call.idempotencyKey !== null)
      this.keys(act.call.actor.id, act.call.idempotencyKey, requestDigest(act), JSON.stringify(reply), at);
    for (const job of tx.jobs) this.parts.asked(job);
    act.call.answered?.(id);
    return { ...reply, replayed: false };
  }

  private record(act: Act, concerned: Concerned, outcome: 'done' | 'denied' | 'failed', at: Date): string {
    const { context, detailKey, ledger } = this.parts;
    const { id, body } = recordAct(context, act, concerned, outcome, at, detailKey);
    const seq = ++this.acted;
    this.acts(id, body, seq, later(at, 2), later(at, 60));
    ledger.add(context, seq, body);
    return id;
  }

  /** As the real one: who is refused is on record before they hear of it. */
  private async refusable<T>(act: Act, work: (concerned: Concerned) => Promise<T>): Promise<T> {
    const concerned = concernedBy(act);
    try {
      return await work(concerned);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      concerned.reasons.add(error.code);
      for (const reason of error.details.reasons ?? []) concerned.reasons.add(reason);
      const denied = error instanceof Forbidden || error instanceof NotFound;
      this.record(act, concerned, denied ? 'denied' : 'failed', this.parts.clock.now());
      throw error;
    }
  }
}

/** An event as its receivers get it: through JSON. */
function received(source: ContextName, e: Tx['events'][number]): Received<never> {
  const event = JSON.parse(e.body.toString()) as { type: string; time: string; correlationid: string; data: never };
  return {
    id: e.id,
    type: event.type,
    source,
    streamId: e.streamId,
    version: BigInt(e.version),
    time: new Date(event.time),
    correlationId: event.correlationid,
    data: event.data,
  };
}

export const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
