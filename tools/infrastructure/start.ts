import { join } from 'node:path';
import { startKafkaContainers, startPostgresContainer, startRedisContainer } from './containers';
import { infrastructureHere } from './here';
import { startKafka } from './kafka';
import { startPostgres } from './postgres';
import { startRedis } from './redis';
import type { KafkaServers, PostgresServer, RedisServer } from './servers';

export interface Infrastructure {
  readonly kafka: KafkaServers;
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  /** How they run. */
  readonly as: 'processes' | 'containers';
  stop(): Promise<void>;
}

/**
 * Kafka, Redis and PostgreSQL together, under `dir` when they run as processes. CONCORDAT_INFRASTRUCTURE=processes or
 * =containers overrides the choice.
 *
 * @throws Error naming what is missing and how to get it
 */
export async function startInfrastructure(options: {
  readonly dir: string;
  readonly brokers?: 1 | 3;
}): Promise<Infrastructure> {
  const here = await infrastructureHere();
  if (here.as === 'neither') {
    throw new Error(`Kafka and Redis cannot run here: ${here.reasons.join('; ')}; or start a container engine.`);
  }
  const at = (name: string): { dir: string } => ({ dir: join(options.dir, name) });
  const kafkaOptions = { ...at('kafka'), brokers: options.brokers ?? 1 };
  const starting: [Promise<KafkaServers>, Promise<RedisServer>, Promise<PostgresServer>] =
    here.as === 'containers'
      ? [startKafkaContainers(kafkaOptions), startRedisContainer({}), startPostgresContainer({})]
      : [startKafka(kafkaOptions), startRedis(at('redis')), startPostgres(at('postgres'))];
  const settled = await Promise.allSettled(starting);
  const failure = settled.find((each) => each.status === 'rejected');
  if (failure !== undefined) {
    // What did start must not outlive the failure of the rest.
    for (const each of settled) if (each.status === 'fulfilled') await each.value.stop();
    throw failure.reason;
  }
  const [kafka, redis, postgres] = await Promise.all(starting);
  return {
    kafka,
    redis,
    postgres,
    as: here.as,
    // The database last: a broker or a cache that is gone loses nothing that the database still has.
    stop: async () => {
      await Promise.all([kafka.stop(), redis.stop()]);
      await postgres.stop();
    },
  };
}
