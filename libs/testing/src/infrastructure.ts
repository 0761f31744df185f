import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka, startRedis } from '../../../tools/infrastructure';
import { startKafkaContainers, startRedisContainer } from '../../../tools/infrastructure/containers';
import type { KafkaServers, RedisServer } from '../../../tools/infrastructure';

/**
 * `describe` for suites that need real Kafka or Redis. Where neither child processes nor containers can run them, the
 * suite is skipped under a title that says what is missing; `npm test` repeats it at the end, and in CI it is a failure.
 */
export function describeWithInfrastructure(title: string, suite: () => void): void {
  const missing = process.env['CONCORDAT_TEST_MISSING'];
  if (missing) describe.skip(`${title} (left out: ${missing})`, suite);
  else describe(title, suite);
}

/** The broker that `npm test` started for all suites: `stop` leaves it running, so suites MUST use topics of their own. */
export interface SharedKafka {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

/** As with Kafka: suites MUST keep to keys of their own, such as queues with a random prefix. */
export interface SharedRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** A Kafka to use: the one of this test run if there is one (CONCORDAT_TEST_KAFKA), else one just for this suite. */
export async function sharedKafka(): Promise<SharedKafka> {
  const running = process.env['CONCORDAT_TEST_KAFKA'];
  return running ? { brokers: running.split(','), stop: async () => undefined } : ownKafka();
}

/** A Redis to use: the one of this test run if there is one (CONCORDAT_TEST_REDIS), else one just for this suite. */
export async function sharedRedis(): Promise<SharedRedis> {
  const running = process.env['CONCORDAT_TEST_REDIS'];
  return running ? { url: running, stop: async () => undefined } : ownRedis();
}

/** A Kafka that the suite may kill. */
export async function ownKafka(options: { readonly brokers?: 1 | 3 } = {}): Promise<KafkaServers> {
  const dir = temporary();
  const inContainers = process.env['CONCORDAT_TEST_INFRASTRUCTURE'] === 'containers';
  const kafka = await (inContainers ? startKafkaContainers({ dir, ...options }) : startKafka({ dir, ...options }));
  return {
    ...kafka,
    stop: () =>
      kafka.stop().finally(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })),
  };
}

/** A Redis that the suite may kill. */
export async function ownRedis(): Promise<RedisServer> {
  const dir = temporary();
  const inContainers = process.env['CONCORDAT_TEST_INFRASTRUCTURE'] === 'containers';
  const redis = await (inContainers ? startRedisContainer({}) : startRedis({ dir }));
  return {
    ...redis,
    stop: () =>
      redis.stop().finally(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })),
  };
}

function temporary(): string {
  const dir = mkdtempSync(join(tmpdir(), 'concordat-infrastructure-'));
  chmodSync(dir, 0o711);
  return dir;
}
