import { randomBytes } from 'node:crypto';
import type { GenericContainer, StartedTestContainer } from 'testcontainers';
import { kafkaVersion } from './kafka-jars';
import { freePorts } from './server-process';
import type { KafkaOptions, KafkaServers, PostgresServer, RedisServer } from './servers';

type Testcontainers = typeof import('testcontainers');

/** Whether a container engine answers. Without one Testcontainers says so within milliseconds. */
export async function hasContainerEngine(): Promise<boolean> {
  try {
    const { getContainerRuntimeClient } = await testcontainers();
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

/** As `startKafka`, in containers on the host's network ports; `dir` is not used, the data goes with the containers. */
export async function startKafkaContainers({ port, brokers = 1 }: KafkaOptions): Promise<KafkaServers> {
  const { GenericContainer, Network, Wait } = await testcontainers();
  const network = await new Network().start();
  const ports = await freePorts(brokers);
  if (port !== undefined) ports[0] = port;
  const ids = ports.map((_, index) => index + 1);
  const inSync = String(Math.max(1, brokers - 1));
  const started = await Promise.all(
    ids.map((id) =>
      new GenericContainer(`apache/kafka:${kafkaVersion()}`)
        .withNetwork(network)
        .withNetworkAliases(`kafka-${id}`)
        // A fixed port, because a broker tells its clients where it is, and must be found there after a restart.
        .withExposedPorts({ container: 9092, host: ports[id - 1] ?? 0 })
        .withEnvironment({
          KAFKA_NODE_ID: String(id),
          KAFKA_PROCESS_ROLES: 'broker,controller',
          KAFKA_CONTROLLER_QUORUM_VOTERS: ids.map((each) => `${each}@kafka-${each}:9094`).join(','),
          KAFKA_LISTENERS: 'CLIENT://:9092,BROKER://:9093,CONTROLLER://:9094',
          KAFKA_ADVERTISED_LISTENERS: `CLIENT://127.0.0.1:${ports[id - 1]},BROKER://kafka-${id}:9093`,
          KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
          KAFKA_INTER_BROKER_LISTENER_NAME: 'BROKER',
          KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
          KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
          KAFKA_DEFAULT_REPLICATION_FACTOR: String(brokers),
          KAFKA_MIN_INSYNC_REPLICAS: inSync,
          KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: String(brokers),
          KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
          KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: String(brokers),
          KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: inSync,
          KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
          KAFKA_BROKER_SESSION_TIMEOUT_MS: '3000',
          KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
        })
        .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
        .start(),
    ),
  );
  const servers = started.map(controlled);
  const at = (index: number): Controlled => {
    const found = servers[index];
    if (found === undefined) throw new Error(`There is no broker ${index}, only ${servers.length}`);
    return found;
  };
  return {
    brokers: ports.map((each) => `127.0.0.1:${each}`),
    kill: (index = 0, signal) => at(index).kill(signal),
    start: (index = 0) => at(index).start(),
    stop: async () => {
      await Promise.all(servers.map((each) => each.stop()));
      await network.stop();
    },
  };
}

/** As `startRedis`. */
export async function startRedisContainer(options: { readonly port?: number }): Promise<RedisServer> {
  const { GenericContainer, Wait } = await testcontainers();
  const { server, port } = await startOne(
    new GenericContainer('redis:7-alpine')
      .withCommand(['redis-server', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'])
      .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/)),
    6379,
    options.port,
  );
  return { url: `redis://127.0.0.1:${port}`, ...server };
}

/** As `startPostgres`. */
export async function startPostgresContainer(options: { readonly port?: number }): Promise<PostgresServer> {
  const { GenericContainer, Wait } = await testcontainers();
  const password = randomBytes(24).toString('base64url');
  const { server, port } = await startOne(
    new GenericContainer('postgres:18-alpine')
      .withEnvironment({ POSTGRES_USER: 'concordat', POSTGRES_PASSWORD: password, POSTGRES_DB: 'postgres' })
      // Once by the server that initialises, once by the one that serves.
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2)),
    5432,
    options.port,
  );
  return { adminUrl: `postgres://concordat:${password}@127.0.0.1:${port}/postgres`, ...server };
}

interface Controlled {
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function startOne(
  container: GenericContainer,
  inside: number,
  asked: number | undefined,
): Promise<{ server: Controlled; port: number }> {
  const port = asked ?? (await freePorts(1))[0] ?? 0;
  return { server: controlled(await container.withExposedPorts({ container: inside, host: port }).start()), port };
}

/** Testcontainers can stop and restart but not kill, so killing goes to the engine by the container's id. */
function controlled(started: StartedTestContainer): Controlled {
  const handle = async (): Promise<{ kill(how: object): Promise<unknown>; wait(): Promise<unknown> }> => {
    const { getContainerRuntimeClient } = await testcontainers();
    return (await getContainerRuntimeClient()).container.getById(started.getId());
  };
  return {
    kill: async (signal = 'SIGKILL') => {
      const container = await handle();
      await container.kill({ signal });
      await container.wait();
    },
    start: () => started.restart(),
    stop: async () => {
      await started.stop();
    },
  };
}

/** A development dependency: an installation without it has no containers. */
function testcontainers(): Promise<Testcontainers> {
  return import('testcontainers');
}
