import { PARTITIONS, topics } from '@concordat/contracts';
import type { KafkaSecurity, RedisTls } from '@concordat/platform';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { createClient } from 'redis';
import { orWell, well, wrong, type Finding } from './finding';

const PATIENCE_MS = 5_000;

/** The runtime that this runs on, against what package.json asks for (`>=20.19 <21 || >=22.12`). */
export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  return good
    ? well('Node', `${version}`)
    : wrong('Node', `${version} is not supported`, 'Install Node 20.19 or later of 20, or 22.12 or later');
}

/** Asks services how they are, by their addresses: each says itself what does not make progress. */
export async function examineServices(urls: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  const found = await Promise.all(
    Object.entries(urls).map(async ([name, url]): Promise<Finding[]> => {
      const about = 'Services';
      try {
        const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(PATIENCE_MS) });
        if (response.status === 200) return [];
        const { troubles = [] } = (await response.json().catch(() => ({}))) as { troubles?: string[] };
        return [
          wrong(
            about,
            `${name} is not ready: ${troubles.join('; ') || `it answers ${response.status}`}`,
            `Look at the log of ${name}`,
          ),
        ];
      } catch {
        return [
          wrong(about, `${name} does not answer at ${new URL(url).origin}`, `Start ${name}, or mend the address`),
        ];
      }
    }),
  );
  return orWell('Services', `${Object.keys(urls).join(', ')}: ready`, found.flat());
}

/** The topics that there must be, with their partitions: another number would have moved keys (events.md §5). */
export async function examineKafka(
  brokers: readonly string[],
  { ssl, sasl }: KafkaSecurity = {},
): Promise<readonly Finding[]> {
  const about = 'Topics';
  const retry = { retries: 1 };
  const admin = new Kafka({
    clientId: 'doctor',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    retry,
    connectionTimeout: PATIENCE_MS,
    ...(ssl ? { ssl: { ...ssl } } : {}),
    ...(sasl ? { sasl: sasl as SASLOptions } : {}),
  }).admin();
  try {
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const missing = topics.filter((t) => !there.has(t));
    const { topics: told } = await admin.fetchTopicMetadata({ topics: topics.filter((t) => there.has(t)) });
    return orWell(about, `${topics.length} topics of ${PARTITIONS} partitions`, [
      ...missing.map((t) => wrong(about, `${t} is missing`, 'Run npm run migrate with KAFKA_BROKERS')),
      ...told
        .filter((t) => t.partitions.length !== PARTITIONS)
        .map((t) =>
          wrong(
            about,
            `${t.name} has ${t.partitions.length} partitions instead of ${PARTITIONS}`,
            'Stop the services, make it anew with that number, and start them: what it lacks is found in the outboxes and healed',
          ),
        ),
    ]);
  } catch {
    return [wrong(about, 'the brokers do not answer', 'Look whether Kafka runs, and at KAFKA_BROKERS')];
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** D6: keys that are evicted corrupt queues. */
export async function examineRedis(url: string, tls: RedisTls = null): Promise<Finding> {
  const secured = tls ? { tls: true as const, ...tls } : {};
  const client = createClient({ url, socket: { connectTimeout: PATIENCE_MS, reconnectStrategy: false, ...secured } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { 'maxmemory-policy': policy } = await client.configGet('maxmemory-policy');
    return policy === 'noeviction'
      ? well('Redis', 'it keeps what it is given')
      : wrong(
          'Redis',
          `it may throw away what it is given (maxmemory-policy ${policy})`,
          'Set maxmemory-policy noeviction',
        );
  } catch {
    return wrong('Redis', 'it does not answer', 'Look whether Redis runs, and at REDIS_URL');
  } finally {
    client.destroy();
  }
}
