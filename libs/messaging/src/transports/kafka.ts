import { PARTITIONS, topics, type CloudEvent } from '@concordat/contracts';
import { failpoint, type KafkaSecurity, type Sample } from '@concordat/platform';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import {
  Kafka,
  logLevel,
  type Consumer,
  type EachBatchPayload,
  type LogEntry,
  type Message,
  type Producer,
  type SASLOptions,
} from 'kafkajs';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { readEnvelope } from '../envelope';
import type { Arrival, Inbox, Pace, Source } from '../inbox';
import type { EventTransport, Shipment } from '../transport';
import { FramedSocket, wholeFrames } from './whole-frames';

/** What a fetch waits for, and for how long at most: it answers at the first record, or when some have gathered. */
const MIN_BYTES: Readonly<Record<Pace, number>> = { prompt: 1, unhurried: 64 * 1024 };
const MAX_WAIT_MS = 250;
/** One send never exceeds this, well under the broker's limit of 1 MB for a batch. */
const SEND_BYTES = 256 * 1024;
const SEND_TIMEOUT_MS = 5_000;
const RETENTION_MS = 14 * 24 * 3600 * 1000;
const KEEP_ALIVE_MS = 60_000;
/** How long a starting process waits for a cluster before it gives up. */
const PATIENCE_MS = 120_000;
/** A consumer is in trouble when it has neither heartbeat, fetch nor batch for so long (C11). */
const QUIET_MS = 30_000;
/**
 * Offsets are committed this often and not after every batch. Only how much comes twice after a crash depends on it, and
 * the inbox drops that: a commit for each of twelve partitions costs the broker more than the records do.
 */
const COMMIT_EVERY_MS = 1_000;
/** How long a stopping process waits for its consumers: what is not in the inbox is not acknowledged, so nothing is lost. */
const LEAVING_MS = 8_000;
/**
 * When the broker alone dies, a consumer cannot leave its group, and its new self waits for the old one's session to end
 * (docs/decisions/0010). A batch is one insert, and what comes twice is dropped, so a short session risks little.
 */
const SESSION_MS = 10_000;
/**
 * A consumer that for so long has neither got on nor failed hangs, which kafkajs does not notice (kafkajs#659, #1163). Longer
 * than it may wait for the others of its group (60 s), and than a broker may need to come back.
 */
const HANGS_MS = 90_000;
const LOOKS = 18;
/** Restarts of a crashed consumer without any progress in between; each takes some ten seconds (C10). */
const RESTARTS = 30;

export interface KafkaOptions {
  /** Told when a consumer cannot go on; it MUST end the process with a code other than zero (C10), as it does unasked. */
  readonly crash?: (error: Error) => void;
  /** How long the group waits for a member that died without leaving; until then, nothing is delivered. */
  readonly sessionTimeoutMs?: number;
  /** After how long without any sign a consumer is held to hang. */
  readonly hangsMs?: number;
  /** Encryption and sign-in; neither unless given. */
  readonly security?: KafkaSecurity;
}

/** Raised when a consumer hangs: a new process is the only thing that helps. */
class Hanging extends Error {}

/** Raised when a topic is not what it must be for life: another count of partitions would move keys. */
class WrongTopic extends Error {}

/**
 * Events over Apache Kafka. The only file that knows kafkajs (C15). Sends wait for all replicas and are believed only by
 * the reply (R3–R6); a record that arrives is put into the inbox, and only then is its offset committed (C1).
 */
export class KafkaTransport implements EventTransport, CustomTransportStrategy {
  readonly partitioned = true;
  private readonly kafka: Kafka;
  private readonly producer: Producer;
  private readonly receivers: Receiver[] = [];
  private stopping = false;

  constructor(
    private readonly brokers: readonly string[],
    clientName: string,
    private readonly log: Logger,
    private readonly options: KafkaOptions = {},
  ) {
    this.kafka = new Kafka({
      clientId: `concordat-${clientName}`,
      brokers: [...brokers],
      connectionTimeout: 3_000,
      requestTimeout: 10_000,
      ...(options.security?.ssl ? { ssl: { ...options.security.ssl } } : {}),
      ...(options.security?.sasl ? { sasl: options.security.sasl as SASLOptions } : {}),
      socketFactory: ({ host, port, ssl, onConnect }) => connect(host, port, ssl, onConnect),
      retry: { initialRetryTime: 100, factor: 0.2, multiplier: 2, maxRetryTime: 2_000, retries: 8 },
      logLevel: logLevel.INFO,
      logCreator: () => (entry) => this.onLog(entry),
    });
    this.producer = this.kafka.producer({
      idempotent: false, // R4
      allowAutoTopicCreation: false,
      // The relay gives the partition; nothing here may choose another. One of our own also spares a warning of kafkajs.
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition!,
      retry: { retries: 2, maxRetryTime: 500 }, // the relay tries again, and sees what it does
    });
  }

  subscribe(inbox: Inbox): void {
    this.receivers.push(new Receiver(this.kafka, inbox, this.log, this.options));
  }

  /** Topics exist before anything listens (R8). Waits for the cluster, and throws when it does not come. */
  async start(): Promise<void> {
    await this.prepare();
    await this.producer.connect();
    await Promise.all(this.receivers.map((r) => r.start()));
  }

  /** prepare makes the topics that are missing. All that `migrate` wants of a cluster. */
  async prepare(): Promise<void> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      try {
        return await this.ensureTopics();
      } catch (err) {
        if (this.stopping || err instanceof WrongTopic || Date.now() > deadline) throw err;
        this.log.warn({ err, brokers: this.brokers }, 'waiting for Kafka');
        await delay(500);
      }
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.receivers.map((r) => r.stop()));
    await this.producer.disconnect();
  }

  trouble(): string | null {
    return this.receivers.map((r) => r.trouble()).find((t) => t !== null) ?? null;
  }

  /** How far each context is behind the end of each topic, over the partitions that it holds here. */
  lag(): Sample[] {
    return this.receivers.flatMap((r) => r.lag());
  }

  /** Nest's name for `start`, for an application that connects the transport as a microservice. */
  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  close(): Promise<void> {
    return this.stop();
  }

  /** In pieces that fit, one after another: the order of the rows is the order on the partition. */
  async send(shipment: Shipment): Promise<void> {
    if (!topics.includes(shipment.topic)) throw new Error('this topic is not one of ours'); // R8
    let piece: Message[] = [];
    let bytes = 0;
    for (const row of shipment.rows) {
      if (piece.length > 0 && bytes + row.body.length > SEND_BYTES) {
        await this.sendPiece(shipment, piece);
        [piece, bytes] = [[], 0];
      }
      piece.push({ key: row.streamId, value: row.body, partition: shipment.partition, headers: headersOf(row.body) });
      bytes += row.body.length;
    }
    if (piece.length > 0) await this.sendPiece(shipment, piece);
  }

  private async sendPiece({ topic, partition }: Shipment, messages: Message[]): Promise<void> {
    const replies = await this.producer.send({ topic, messages, acks: -1, timeout: SEND_TIMEOUT_MS });
    // A promise that resolves proves nothing: kafkajs may have stored no part of it (R6).
    const stored = replies.some(
      (r) =>
        r.topicName === topic && r.partition === partition && r.errorCode === 0 && BigInt(r.baseOffset ?? -1) >= 0n,
    );
    if (!stored) throw new Error(`Kafka did not confirm ${topic}/${partition}`);
  }

  private async ensureTopics(): Promise<void> {
    const admin = this.kafka.admin({ retry: { retries: 3 } });
    await admin.connect();
    try {
      const known = new Set(await admin.listTopics());
      const missing = topics.filter((t) => !known.has(t));
      if (missing.length > 0) {
        const { brokers } = await admin.describeCluster();
        const replicas = brokers.length >= 3 ? 3 : 1;
        await admin.createTopics({
          timeout: 10_000,
          topics: missing.map((topic) => ({
            topic,
            numPartitions: PARTITIONS,
            replicationFactor: replicas,
            configEntries: [
              { name: 'retention.ms', value: String(RETENTION_MS) },
              { name: 'cleanup.policy', value: 'delete' },
              { name: 'min.insync.replicas', value: String(replicas === 3 ? 2 : 1) },
            ],
          })),
        });
      }
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      const wrong = found.filter((t) => t.partitions.length !== PARTITIONS).map((t) => t.name);
      if (wrong.length > 0) throw new WrongTopic(`${wrong.join(', ')}: must have ${PARTITIONS} partitions, for life`);
    } finally {
      await admin.disconnect();
    }
  }

  private onLog({ level, namespace, log: { message, topic, partition, groupId } }: LogEntry): void {
    const facts = {
      part: 'kafka',
      namespace,
      topic: topic as unknown,
      partition: partition as unknown,
      groupId: groupId as unknown,
    };
    if (message.startsWith('Offset out of range, resetting'))
      this.log.error({ ...facts, alarm: 'offset-out-of-range' }, 'records were missed: the reconciler will fetch them'); // C9
    else if (level <= logLevel.WARN) this.log.warn(facts, message);
    else this.log.debug(facts, message);
  }
}

/** What one context receives: a consumer group of its own, whose name never changes (C8, C9). */
class Receiver {
  private readonly consumer: Consumer;
  private progressedAt: number | null = null;
  private restarts = 0;
  private committing: NodeJS.Timeout | null = null;
  private looking: NodeJS.Timeout | null = null;
  /** Looks in a row with no sign of life between: they are counted, so that no time counts that the process was asleep. */
  private silent = 0;
  private latest: EachBatchPayload | null = null;
  /** By `topic/partition`: messages behind its end, as of the last batch from it. */
  private readonly behind = new Map<string, number>();

  constructor(
    kafka: Kafka,
    private readonly inbox: Inbox,
    private readonly log: Logger,
    private readonly options: KafkaOptions,
  ) {
    const { sessionTimeoutMs = SESSION_MS } = options;
    this.consumer = kafka.consumer({
      groupId: `concordat-${inbox.context}`,
      allowAutoTopicCreation: false,
      minBytes: MIN_BYTES[inbox.pace],
      maxBytes: 1024 * 1024,
      maxBytesPerPartition: 128 * 1024,
      maxWaitTimeInMs: MAX_WAIT_MS,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: sessionTimeoutMs / 10,
      retry: {
        retries: 1e6,
        maxRetryTime: 5_000,
        restartOnFailure: () => Promise.resolve(++this.restarts <= RESTARTS),
      },
    });
    const { CRASH, HEARTBEAT, FETCH, END_BATCH_PROCESS } = this.consumer.events;
    for (const event of [HEARTBEAT, FETCH, END_BATCH_PROCESS] as const) {
      this.consumer.on(event, () => {
        this.progressedAt = Date.now();
        this.restarts = 0;
        this.silent = 0;
      });
    }
    this.consumer.on(CRASH, ({ payload: { error, restart } }) => {
      this.silent = 0;
      if (!restart) return this.crash(error);
      this.log.error({ err: error, context: inbox.context, restart }, 'consumer crashed');
    });
  }

  private look(): void {
    if (++this.silent === LOOKS) this.crash(new Hanging('the consumer neither gets on nor fails'));
  }

  private crash(error: Error): void {
    this.log.error({ err: error, context: this.inbox.context, restart: false }, 'consumer crashed');
    const { crash = () => process.exit(1) } = this.options;
    crash(error);
  }

  async start(): Promise<void> {
    if (this.inbox.sources.length === 0) return;
    await this.consumer.connect();
    await this.consumer.subscribe({ topics: this.inbox.sources.map(topicOf), fromBeginning: true });
    this.progressedAt = Date.now();
    this.looking = setInterval(() => this.look(), (this.options.hangsMs ?? HANGS_MS) / LOOKS).unref();
    await this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS, // the inbox gathers them into one statement
      eachBatch: (payload) => this.receive(payload),
    });
  }

  /** Leaves the group. One that is only just joining cannot, until the others have been waited for: nobody waits with it. */
  async stop(): Promise<void> {
    this.progressedAt = null;
    if (this.looking) clearInterval(this.looking);
    await Promise.race([this.commit(), delay(COMMIT_EVERY_MS, undefined, { ref: false })]); // the broker may be gone
    const left = this.consumer.disconnect();
    left.catch(() => undefined); // should it fail later, nobody is there to hear it
    await Promise.race([left, delay(LEAVING_MS, undefined, { ref: false })]);
  }

  trouble(): string | null {
    const age = this.progressedAt === null ? 0 : Date.now() - this.progressedAt;
    return age > QUIET_MS ? `${this.inbox.context} has heard nothing from Kafka for ${Math.round(age / 1000)} s` : null;
  }

  lag(): Sample[] {
    const byTopic = new Map<string, number>();
    for (const [at, n] of this.behind) {
      const topic = at.slice(0, at.indexOf('/'));
      byTopic.set(topic, (byTopic.get(topic) ?? 0) + n);
    }
    const { context } = this.inbox;
    return [...byTopic].map(([topic, value]) => ({ name: 'concordat_kafka_lag', labels: { context, topic }, value }));
  }

  /** Into the inbox, committed; then the offset. Tries for as long as this partition is ours: nothing may be skipped. */
  private async receive(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const source = sourceOf(batch.topic);
    for (let pause = 50; ; pause = Math.min(2_000, pause * 2)) {
      if (!payload.isRunning() || payload.isStale()) return;
      try {
        const arrivals: Arrival[] = [];
        for (const { value, offset } of batch.messages) {
          const arrival = value === null ? null : readEnvelope(source, value);
          if (arrival) arrivals.push(arrival);
          else await this.reject(batch.topic, batch.partition, offset, value);
        }
        await this.inbox.gather(arrivals);
        break;
      } catch (err) {
        this.log.warn(
          { err, context: this.inbox.context, topic: batch.topic },
          'the inbox cannot be written; trying again',
        );
        await delay(pause);
        await payload.heartbeat(); // its error is the group's: kafkajs must see it and join again (C12)
      }
    }
    this.behind.set(`${batch.topic}/${batch.partition}`, Number(batch.offsetLag()));
    failpoint('before-offset-commit');
    payload.resolveOffset(batch.lastOffset());
    this.latest = payload;
    this.committing ??= setTimeout(() => void this.commit(), COMMIT_EVERY_MS).unref();
    await payload.heartbeat();
  }

  /** Commits what is in the inbox. A failure is the group's affair: the records come again and are dropped. */
  private async commit(): Promise<void> {
    if (this.committing) clearTimeout(this.committing);
    this.committing = null;
    const payload = this.latest;
    this.latest = null;
    try {
      await payload?.commitOffsetsIfNecessary(payload.uncommittedOffsets());
    } catch (err) {
      this.log.debug({ err, context: this.inbox.context }, 'offsets not committed');
    }
  }

  private reject(topic: string, partition: number, offset: string, value: Buffer | null): Promise<void> {
    this.log.error({ alarm: 'malformed', topic, partition, offset }, 'a record cannot be read; it is kept apart');
    const reason = value === null ? 'no-value' : 'unreadable';
    return this.inbox.reject({ topic, partition, position: BigInt(offset), reason, raw: value ?? Buffer.alloc(0) });
  }
}

const topicOf = (source: Source): string => (source.endsWith('.acts') ? source : `${source}.events`);
const sourceOf = (topic: string): Source => topic.replace(/[.]events$/, '') as Source;

/** TLS wants a name to check the certificate by; for an address, it is checked by the address. */
const connect = (host: string, port: number, ssl: ConnectionOptions | undefined, onConnect: () => void): Socket =>
  (ssl
    ? wholeFrames(connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect))
    : new FramedSocket().connect({ host, port }, onConnect)
  )
    .setNoDelay(true)
    .setKeepAlive(true, KEEP_ALIVE_MS);

/** Copied from the body for routing and for people with a console; the body wins (K1). */
function headersOf(body: Buffer): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
  try {
    const event = JSON.parse(body.toString('utf8')) as Partial<CloudEvent>;
    for (const key of ['id', 'type', 'source', 'time'] as const)
      if (typeof event[key] === 'string') headers[`ce_${key}`] = event[key];
    if (typeof event.traceparent === 'string') headers['traceparent'] = event.traceparent;
  } catch {
    // The consumer will say that it cannot read it; here it must not stop its partition.
  }
  return headers;
}
