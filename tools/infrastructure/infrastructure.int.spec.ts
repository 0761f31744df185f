import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithInfrastructure } from '@concordat/testing';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { createClient } from 'redis';
import { startInfrastructure, type Infrastructure } from '.';

describeWithInfrastructure('the infrastructure for tests and for services without containers', () => {
  let dir: string;
  let infrastructure: Infrastructure;

  let listeners = 0;
  beforeAll(async () => {
    listeners = process.listenerCount('exit');
    dir = mkdtempSync(join(tmpdir(), 'concordat-infrastructure-'));
    chmodSync(dir, 0o711);
    infrastructure = await startInfrastructure({ dir });
  }, 180_000);
  afterAll(async () => {
    await infrastructure.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('listens once for the end of this process, however many servers there are', () => {
    expect(process.listenerCount('exit') - listeners).toBeLessThanOrEqual(1);
  });

  it('has a Kafka that carries messages and keeps them over a kill', async () => {
    const { kafka } = infrastructure;
    const client = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING });
    const admin = client.admin();
    const producer = client.producer();
    await Promise.all([admin.connect(), producer.connect()]);
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }] });
    await producer.send({ topic: 'kept', messages: [{ key: 'k', value: 'before' }] });
    await Promise.all([admin.disconnect(), producer.disconnect()]);

    await kafka.kill();
    await kafka.start();

    const consumer = client.consumer({ groupId: 'test' });
    await consumer.connect();
    await consumer.subscribe({ topic: 'kept', fromBeginning: true });
    const received = await new Promise<string | undefined>((done, fail) => {
      consumer
        .run({ eachMessage: ({ message }) => Promise.resolve(done(message.value?.toString())) })
        .catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
    });
    await consumer.disconnect();
    expect(received).toBe('before');
  });

  it('has a Redis that keeps what it acknowledged over an orderly stop', async () => {
    const { redis } = infrastructure;
    const connection = () => createClient({ url: redis.url });
    const ask = async <T>(work: (client: ReturnType<typeof connection>) => Promise<T>): Promise<T> => {
      const client = connection();
      client.on('error', () => undefined);
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.close();
      }
    };
    await ask((client) => client.set('kept', 'yes'));
    await redis.kill('SIGTERM');
    await redis.start();
    expect(await ask((client) => client.get('kept'))).toBe('yes');
    expect(await ask((client) => client.configGet('maxmemory-policy'))).toMatchObject({
      'maxmemory-policy': 'noeviction',
    });
  });

  it('has a PostgreSQL that keeps what it committed over a kill', async () => {
    const { postgres } = infrastructure;
    const ask = async (sql: string): Promise<unknown[]> => {
      const client = new Client({ connectionString: postgres.adminUrl });
      client.on('error', () => undefined);
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    };
    await ask('CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    await postgres.kill();
    await postgres.start();
    expect(await ask('SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });
});
