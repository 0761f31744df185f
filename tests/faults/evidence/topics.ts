import { topics } from '@concordat/contracts';
import { createHash, randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import type { TopicRecord } from './evidence';

const kafkaAt = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: 'faults', brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { retries: 10 } });

/** How long reading all topics may take without any record arriving. */
const SILENCE_MS = 20_000;

/** readTopics reads every record there is, from the beginning to where each partition ends now, in order per partition. */
export async function readTopics(brokers: readonly string[]): Promise<TopicRecord[]> {
  const kafka = kafkaAt(brokers);
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map<string, bigint>();
  for (const topic of topics)
    for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
      if (BigInt(high) > BigInt(low)) ends.set(`${topic}/${partition}`, BigInt(high));
  const groupId = `faults-${randomUUID()}`;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
  const records: TopicRecord[] = [];
  let heardAt = Date.now();
  try {
    if (ends.size === 0) return records;
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachBatch: ({ batch }) => {
        heardAt = Date.now();
        for (const { offset, value } of batch.messages)
          records.push(recordOf(batch.topic, batch.partition, BigInt(offset), value));
        const end = ends.get(`${batch.topic}/${batch.partition}`);
        if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end)
          ends.delete(`${batch.topic}/${batch.partition}`);
        return Promise.resolve();
      },
    });
    while (ends.size > 0) {
      if (Date.now() - heardAt > SILENCE_MS)
        throw new Error(`the topics could not be read: ${[...ends.keys()].join()}`);
      await delay(50);
    }
    return records;
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await admin.deleteGroups([groupId]).catch(() => undefined);
    await admin.disconnect();
  }
}

/** Deletes what a consumer group remembers. It must have no members. */
export async function deleteGroup(brokers: readonly string[], group: string): Promise<void> {
  const admin = kafkaAt(brokers).admin();
  await admin.connect();
  try {
    for (const patience = Date.now() + 40_000; ; await delay(500)) {
      try {
        await admin.deleteGroups([group]);
        return;
      } catch (error) {
        if (Date.now() > patience) throw error; // a member that was killed is missed only after its session
      }
    }
  } finally {
    await admin.disconnect();
  }
}

function recordOf(topic: string, partition: number, offset: bigint, value: Buffer | null): TopicRecord {
  const event = parse(value);
  return {
    topic,
    partition,
    offset,
    eventId: event.id ?? `unreadable at ${offset}`,
    stream: event.subject ?? '',
    version: BigInt(event.caseversion ?? 0),
    digest: createHash('sha256')
      .update(value ?? '')
      .digest('hex'),
  };
}

function parse(value: Buffer | null): { id?: string; subject?: string; caseversion?: string } {
  try {
    return JSON.parse(value?.toString('utf8') ?? '{}') as { id?: string; subject?: string; caseversion?: string };
  } catch {
    return {};
  }
}
