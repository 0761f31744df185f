import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ROOT } from '../build.mjs';

/**
 * Starts one Kafka and one Redis for a whole run of tests, where they can run. Returns what the tests are to find in
 * their environment, why the servers are missing if they are, and how to stop them.
 */
export async function startForTests() {
  await ensureBuilt();
  const load = createRequire(join(ROOT, 'dist', 'tools', 'infrastructure', '-'));
  const here = await load('./here').infrastructureHere();
  if (here.as === 'neither') {
    const env = { CONCORDAT_TEST_INFRASTRUCTURE: here.as, CONCORDAT_TEST_MISSING: here.reasons.join('; ') };
    return { env, missing: here.reasons, stop: async () => {} };
  }
  const dir = mkdtempSync(join(tmpdir(), 'concordat-infrastructure-'));
  chmodSync(dir, 0o711);
  const { startKafkaContainers, startRedisContainer } = load('./containers');
  const [kafka, redis] = await Promise.all(
    here.as === 'containers'
      ? [startKafkaContainers({ dir }), startRedisContainer({})]
      : [
          load('./kafka').startKafka({ dir: join(dir, 'kafka') }),
          load('./redis').startRedis({ dir: join(dir, 'redis') }),
        ],
  );
  return {
    env: {
      CONCORDAT_TEST_INFRASTRUCTURE: here.as,
      CONCORDAT_TEST_MISSING: '',
      CONCORDAT_TEST_KAFKA: kafka.brokers.join(','),
      CONCORDAT_TEST_REDIS: redis.url,
    },
    missing: [],
    stop: async () => {
      await Promise.all([kafka.stop(), redis.stop()]);
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

/** Where Chromium is, or why it is not there. */
export async function chromium() {
  await ensureBuilt();
  return createRequire(join(ROOT, 'dist', 'tools', 'infrastructure', '-'))('./available').chromiumHere();
}
