import { join } from 'node:path';
import {
  infrastructureHere,
  startKafka,
  startPostgres,
  startRedis,
  type KafkaServers,
  type PostgresServer,
  type RedisServer,
} from '../infrastructure';
import { startKafkaContainers, startRedisContainer } from '../infrastructure/containers';

/** Addresses of servers that run already. What is not given is started. */
export interface Given {
  readonly databaseAdminUrl?: string;
  readonly kafkaBrokers?: string;
  readonly redisUrl?: string;
}

/** What the services stand on. A server that was given is not ours to kill or stop: it is null here. */
export interface Ground {
  readonly databaseAdminUrl: string;
  readonly kafkaBrokers: string;
  readonly redisUrl: string;
  readonly kafka: KafkaServers | null;
  readonly redis: RedisServer | null;
  readonly postgres: PostgresServer | null;
  stop(): Promise<void>;
}

/**
 * prepareGround starts Kafka, Redis and PostgreSQL under `dir`, those that were not given.
 *
 * @throws Error that says what this machine lacks for it
 */
export async function prepareGround(dir: string, given: Given): Promise<Ground> {
  const containers = await inContainers(given);
  const at = (name: string): { dir: string } => ({ dir: join(dir, name) });
  const nothing = Promise.resolve(null);
  const starting = [
    given.kafkaBrokers ? nothing : containers ? startKafkaContainers(at('kafka')) : startKafka(at('kafka')),
    given.redisUrl ? nothing : containers ? startRedisContainer({}) : startRedis(at('redis')),
    given.databaseAdminUrl ? nothing : startPostgres(at('postgres')),
  ] as const;
  const settled = await Promise.allSettled(starting);
  const failure = settled.find((each) => each.status === 'rejected');
  if (failure !== undefined) {
    // What did start must not outlive the failure of the rest.
    for (const each of settled) if (each.status === 'fulfilled') await each.value?.stop();
    throw failure.reason;
  }
  const [kafka, redis, postgres] = await Promise.all(starting);
  return {
    databaseAdminUrl: given.databaseAdminUrl ?? postgres!.adminUrl,
    kafkaBrokers: given.kafkaBrokers ?? kafka!.brokers.join(','),
    redisUrl: given.redisUrl ?? redis!.url,
    kafka,
    redis,
    postgres,
    // The database last: a broker or a cache that is gone loses nothing that the database still has.
    stop: async () => {
      await Promise.all([kafka?.stop(), redis?.stop()]);
      await postgres?.stop();
    },
  };
}

/** PostgreSQL is always our own embedded one, which keeps its data in the folder; a container would not. */
async function inContainers(given: Given): Promise<boolean> {
  if (given.kafkaBrokers && given.redisUrl) return false;
  const here = await infrastructureHere();
  if (here.as === 'neither') {
    throw new Error(
      `Kafka and Redis cannot run here: ${here.reasons.join('; ')}. ` +
        'Or start a container engine, or give KAFKA_BROKERS and REDIS_URL.',
    );
  }
  return here.as === 'containers';
}
