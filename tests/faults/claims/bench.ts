import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { startKafka, type KafkaServers } from '../../../tools/infrastructure';
import { FaultProxy } from '../network/proxy';

/** Real brokers behind proxies, for an experiment with kafkajs as it is. */
export interface Bench {
  readonly kafka: KafkaServers;
  readonly proxies: readonly FaultProxy[];
  /** A client whose connections, sockets made by `make`, go through the proxies. */
  client(more?: Partial<KafkaConfig>, make?: () => Socket): Kafka;
  /** A topic of its own for each experiment. */
  topic(partitions: number): Promise<string>;
  /** Values on a topic, per partition, in order. */
  stored(topic: string): Promise<string[][]>;
  stop(): Promise<void>;
}

const RETRY = { initialRetryTime: 100, retries: 8 };

/** Starts one broker, or three, under `dir`. */
export async function startBench(dir: string, brokers: 1 | 3): Promise<Bench> {
  const kafka = await startKafka({ dir, brokers });
  const proxies = await Promise.all(kafka.brokers.map((b) => FaultProxy.open(portOf(b))));
  // Brokers say where they are, so a client is led past an address in its settings: its sockets are opened here instead.
  const through = new Map(kafka.brokers.map((b, i) => [portOf(b), proxies[i]!.port]));
  const by =
    (socket: () => Socket): NonNullable<KafkaConfig['socketFactory']> =>
    ({ host, port, onConnect }) =>
      socket().connect({ host, port: through.get(port) ?? port }, onConnect);
  const kafkaOf = (config: Partial<KafkaConfig>): Kafka =>
    new Kafka({ clientId: 'claims', brokers: [...kafka.brokers], logLevel: logLevel.NOTHING, retry: RETRY, ...config });
  return {
    kafka,
    proxies,
    client: (more = {}, make = () => new Socket()) => kafkaOf({ socketFactory: by(make), ...more }),
    topic: async (numPartitions) => {
      const topic = `claim-${randomUUID()}`;
      const admin = kafkaOf({}).admin();
      await admin.connect();
      await admin.createTopics({
        waitForLeaders: true,
        topics: [{ topic, numPartitions, replicationFactor: brokers }],
      });
      await admin.disconnect();
      return topic;
    },
    stored: (topic) => readAll(kafkaOf({}), topic),
    stop: async () => {
      await Promise.all(proxies.map((p) => p.close()));
      await kafka.stop();
    },
  };
}

async function readAll(kafka: Kafka, topic: string): Promise<string[][]> {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const values: string[][] = ends.map(() => []);
  const left = new Map(ends.filter((e) => e.high !== e.low).map((e) => [e.partition, BigInt(e.high)]));
  const consumer = kafka.consumer({ groupId: randomUUID() });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachBatch: ({ batch }) => {
      for (const { value } of batch.messages) values[batch.partition]!.push(value?.toString() ?? '');
      if (BigInt(batch.lastOffset()) + 1n >= (left.get(batch.partition) ?? 0n)) left.delete(batch.partition);
      return Promise.resolve();
    },
  });
  for (const patience = Date.now() + 30_000; left.size > 0 && Date.now() < patience;) await delay(50);
  await consumer.disconnect();
  return values;
}

const portOf = (address: string): number => Number(address.split(':').at(-1));
