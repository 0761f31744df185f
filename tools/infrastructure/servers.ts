/**
 * What the rest of the project sees of the infrastructure, however it runs: as child processes of this one
 * (kafka.ts, redis.ts, postgres.ts) or in containers (containers.ts). Everything listens on 127.0.0.1 only, without
 * authentication where the server has none by default: it is for tests and for one's own machine.
 */
import type { Certificates } from './certificates';

export interface KafkaServers {
  /** `host:port` of every broker, for `KAFKA_BROKERS`. */
  readonly brokers: readonly string[];
  /** Ends broker `index` (0 unless said) without warning, or with the signal given, and waits until it is gone. */
  kill(index?: number, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a killed broker again, on the same port with the same data. */
  start(index?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface RedisServer {
  /** For `REDIS_URL`. */
  readonly url: string;
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServer {
  /** As the superuser, to the database `postgres`. Holds the password. */
  readonly adminUrl: string;
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface KafkaOptions {
  /** Data, configuration and logs. A folder that was used before is used again, with its topics and messages. */
  readonly dir: string;
  /** Of the first broker; free ones are chosen otherwise. */
  readonly port?: number;
  readonly brokers?: 1 | 3;
  /** Encrypted, and only for who signs in by SCRAM-SHA-512, instead of open to everybody on this machine. One broker. */
  readonly secured?: {
    readonly certificates: Certificates;
    readonly username: string;
    readonly password: string;
  };
}

export interface ServerOptions {
  readonly dir: string;
  readonly port?: number;
  /** Encrypted with these, instead of not (Redis). */
  readonly certificates?: Certificates;
}
