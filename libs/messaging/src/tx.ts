import {
  eventsTopic,
  newEventId,
  PARTITIONS,
  typeOf,
  type ContextName,
  type ErasedEntry,
  type EventClass,
  type ObjectRef,
} from '@concordat/contracts';
import { Conflict, traceparent, type Actor, type Call } from '@concordat/platform';
import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';
import type { Concerned } from './act';
import type { JobRequest } from './job';
import { inOneWrite } from './one-write';

/** An event that waits in the transaction for its outbox row. */
export interface Pending {
  readonly id: string;
  readonly streamId: string;
  readonly version: number;
  readonly topic: string;
  readonly partition: number;
  readonly body: Buffer;
}

/** What an act is about, in the words of the ledger. Codes and ids only, except `detail`, which is sealed. */
export interface About {
  subjects?: Iterable<string>;
  objects?: Iterable<ObjectRef>;
  recipients?: Iterable<{ org: string; role?: string; channel?: string }>;
  /** Codes of the data categories or views disclosed. */
  items?: Iterable<string>;
  reasons?: Iterable<string>;
  justification?: string;
  rule?: string;
  decision?: string;
  /** A commitment to what went from one end of a disclosure to the other; hex. */
  payloadCommit?: string;
  /** Entries of the ledger whose details are destroyed by this. */
  targets?: readonly ErasedEntry[];
  detail?: Record<string, unknown>;
}

/** The stream of one record, locked (or new), to which events are published in order. */
export interface Stream {
  readonly id: string;
  /** Version after what has been published so far. */
  readonly version: number;
  publish<T extends object>(type: EventClass<T>, data: T): void;
}

/**
 * One unit of work under way. Everything is visible only when the unit's `run` resolves.
 * MUST be used from the function it was given to, one call after another, and not afterwards.
 */
export class Tx {
  readonly events: Pending[] = [];
  readonly jobs: JobRequest[] = [];
  /** What to drop from memory once others can see this unit's work. */
  readonly forgets: (() => void)[] = [];
  /** Statements that go with the flush. */
  readonly writes: { name: string; text: string; values: unknown[] }[] = [];
  private readonly versions = new Map<string, { was: number; now: number }>();
  private lastStream: string | null = null;

  constructor(
    private readonly client: PoolClient,
    private readonly context: ContextName,
    readonly call: Call,
    readonly now: Date,
    private readonly concerned: Concerned,
  ) {}

  get actor(): Actor {
    return this.call.actor;
  }

  /** Runs parameterised SQL in this transaction; tables are those of the context's own schema. Returns the rows. */
  async query<R extends QueryResultRow = QueryResultRow>(
    sql: string,
    params: unknown[] = [],
    name?: string,
  ): Promise<R[]> {
    const result = await this.client.query<R>(
      name ? { name, text: sql, values: params } : { text: sql, values: params },
    );
    return result.rows;
  }

  /** As `query`, for statements of which only the number of rows touched matters. */
  async execute(sql: string, params: unknown[] = [], name?: string): Promise<number> {
    const result = await this.client.query(name ? { name, text: sql, values: params } : { text: sql, values: params });
    return result.rowCount ?? 0;
  }

  /**
   * write is an `execute` of which nobody waits to hear: it is sent with COMMIT, in one write to the server, which spares
   * the hot paths a round trip. What fails in it fails the unit. Nothing later in the unit sees its effect.
   */
  write(sql: string, params: unknown[], name: string): void {
    this.writes.push({ name, text: sql, values: params });
  }

  /**
   * atOnce sends what `ask` asks for in one write and waits once: for a page and its count, of which neither needs the other. Each
   * MUST ask before it waits for anything. What fails in one fails the unit.
   */
  atOnce<T extends readonly Promise<unknown>[]>(
    ask: () => readonly [...T],
  ): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
    return inOneWrite(this.client, () => Promise.all(ask()));
  }

  /** lock takes the stream of an existing record and holds it until the end, so that versions follow commits (W2). */
  async lock(streamId: string): Promise<Stream> {
    if (!this.versions.has(streamId)) {
      const rows = await this.query<{ version: string }>(
        'SELECT version FROM stream WHERE id = $1 FOR UPDATE',
        [streamId],
        'lock-stream',
      );
      const version = Number(rows[0]?.version ?? 0);
      this.versions.set(streamId, { was: version, now: version });
    }
    return this.stream(streamId);
  }

  /** open begins the stream of a new record. A second transaction that opens the same one fails with Conflict. */
  open(streamId: string): Stream {
    if (this.versions.has(streamId)) throw new Conflict('stream.open', 'This record is already being written');
    this.versions.set(streamId, { was: 0, now: 0 });
    return this.stream(streamId);
  }

  /** about adds to what the audit entry of this act will say. */
  about(more: About): void {
    const c = this.concerned;
    for (const s of more.subjects ?? []) c.subjects.add(s);
    for (const o of more.objects ?? []) c.objects.set(`${o.t}/${o.id}`, o);
    for (const r of more.recipients ?? []) c.recipients.push(r);
    for (const i of more.items ?? []) c.items.add(i);
    for (const r of more.reasons ?? []) c.reasons.add(r);
    if (more.justification) c.justification = more.justification;
    if (more.rule) c.rule = more.rule;
    if (more.decision) c.decision = more.decision;
    if (more.payloadCommit) c.payloadCommit = more.payloadCommit;
    if (more.targets) c.targets = more.targets;
    if (more.detail) c.detail = { ...c.detail, ...more.detail };
  }

  /** enqueue asks for a job once this transaction has committed; the same key replaces an earlier, unstarted one. */
  enqueue(job: JobRequest): void {
    this.jobs.push(job);
  }

  /**
   * forgetAfter calls `forget` once this unit has committed, or may have: for dropping what a process keeps in memory of the
   * rows that changed. Dropped any earlier, another request could read the old rows and keep them. It MUST NOT throw.
   */
  forgetAfter(forget: () => void): void {
    this.forgets.push(forget);
  }

  /** The streams written to, for the flush. */
  changed(): { id: string; was: number; now: number }[] {
    return [...this.versions].filter(([, v]) => v.now > v.was).map(([id, v]) => ({ id, ...v }));
  }

  /** Where the last event of this unit stands, for the receipt. */
  last(): { streamId: string; version: number; digest: string } | null {
    const event = this.events.findLast((e) => e.streamId === this.lastStream);
    if (!event) return null;
    return {
      streamId: event.streamId,
      version: event.version,
      digest: createHash('sha256').update(event.body).digest('hex'),
    };
  }

  private stream(id: string): Stream {
    const counter = this.versions.get(id)!;
    return {
      id,
      get version() {
        return counter.now;
      },
      publish: (type, data) => this.publish(id, type, data),
    };
  }

  private publish<T extends object>(streamId: string, type: EventClass<T>, data: T): void {
    const counter = this.versions.get(streamId)!;
    const version = ++counter.now;
    const id = newEventId(this.now.getTime());
    const name = typeOf(type);
    const trace = traceparent();
    const event = {
      specversion: '1.0',
      id,
      source: this.context,
      subject: streamId,
      type: name,
      time: this.now.toISOString(),
      datacontenttype: 'application/json',
      dataschema: `urn:concordat:schema:${name}`,
      partitionkey: streamId,
      caseversion: String(version),
      correlationid: this.call.correlationId,
      ...(this.call.causationId ? { causationid: this.call.causationId } : {}),
      ...(trace ? { traceparent: trace } : {}), // taken when it is written: the relay runs after the request has ended (K6)
      data,
    };
    const body = Buffer.from(JSON.stringify(event));
    this.events.push({
      id,
      streamId,
      version,
      topic: eventsTopic(this.context),
      partition: partitionOf(streamId),
      body,
    });
    this.lastStream = streamId;
  }
}

/** The partition of a stream, from the random end of its id. Given explicitly when sending (events.md R3). */
export const partitionOf = (streamId: string): number => parseInt(streamId.slice(-8), 16) % PARTITIONS;
