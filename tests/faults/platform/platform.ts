import type { ContextName } from '@concordat/contracts';
import type { Client as Database } from 'pg';
import type { TopicRecord } from '../evidence/evidence';
import type { Edge, Service, Target } from '../fault';
import type { TokenSource } from '../load/tokens';
import type { FaultProxy } from '../network/proxy';
import type { Child } from './child';

/** Something that can be killed, stopped and started again. */
export interface Part {
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Resolves when it serves again. */
  start(): Promise<void>;
  pause(): void;
  resume(): void;
}

/** The system under test, as the faults and the load see it. */
export interface Platform {
  /** Those that run: what is not here has published nothing, and is not looked at. */
  readonly contexts: readonly ContextName[];
  readonly parts: ReadonlyMap<Target, Part>;
  /** Our own processes: those in which a failpoint can be armed. */
  readonly children: ReadonlyMap<Target, Child>;
  /** One, or for Kafka one for each broker. */
  readonly proxies: ReadonlyMap<Edge, readonly FaultProxy[]>;
  /** Where a client reaches a service, through the proxy before it. */
  urlOf(service: Service): string;
  /** The same without a proxy, for what must work whatever the faults: tokens, health, evidence. */
  directUrlOf(service: Service): string;
  readonly tokens: TokenSource;
  /** PostgreSQL's own folder, for signals to its processes. */
  readonly clusterDir: string;
  /** A new connection as the superuser, to the database of the contexts. */
  database(): Promise<Database>;
  /** Every file that a process of the run writes and that may hold ids and codes only: logs, topics, queues. */
  files(): string[];
  /** What is on the topics, from the beginning; null where there is no broker. */
  topics(): Promise<TopicRecord[] | null>;
  /** Faults that only some platforms have: empties Redis, forgets a group's offsets. */
  flushRedis?(): Promise<void>;
  forgetOffsets?(group: Service): Promise<void>;
  /** Starts a second process of a service, without waiting for it. */
  twin?(service: Service): Child;
  stop(): Promise<void>;
}
