import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench';

/** What an experiment on real brokers says of a claim of events.md. */
export interface Settled {
  readonly rule: string;
  readonly claim: string;
  readonly brokers: 1 | 3;
  readonly reproduced: boolean;
  readonly saw: string;
}

export interface Claim {
  readonly rule: string;
  readonly claim: string;
  readonly brokers: 1 | 3;
  try(bench: Bench): Promise<{ reproduced: boolean; saw: string }>;
}

const ROUNDS = 6;

/** R4: an idempotent producer that sends concurrently and loses a reply acknowledges what is nowhere. */
const idempotent: Claim = {
  rule: 'R4',
  claim:
    'with concurrent sends and a lost reply, an idempotent kafkajs producer acknowledges records that were never stored',
  brokers: 1,
  async try(bench) {
    let acknowledged = 0;
    let missing = 0;
    let twice = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const topic = await bench.topic(1);
      const producer = bench.client({ requestTimeout: 1_500 }).producer({ idempotent: true, retry: { retries: 10 } });
      await producer.connect();
      await producer.send({ topic, messages: [{ value: 'first', partition: 0 }] });
      const sends = Array.from({ length: 60 }, async (_, i) => {
        await delay(i * 5);
        await producer.send({ topic, messages: [{ value: `${i}`, partition: 0 }], acks: -1 });
        return `${i}`;
      });
      await delay(80 + round * 25);
      bench.proxies[0]!.begin({ effect: 'one-way', lost: 'replies' });
      await delay(120);
      bench.proxies[0]!.end();
      const told = (await Promise.allSettled(sends)).flatMap((s) => (s.status === 'fulfilled' ? [s.value] : []));
      await producer.disconnect().catch(() => undefined);
      const stored = (await bench.stored(topic))[0]!;
      const there = new Set(stored);
      acknowledged += told.length;
      missing += told.filter((value) => !there.has(value)).length;
      twice += stored.length - there.size;
    }
    return {
      reproduced: missing > 0,
      saw: `${acknowledged} acknowledged, of which ${missing} are not on the topic; ${twice} are there twice`,
    };
  },
};

/** R3: concurrent sends to one partition change places when one of them is retried. */
const reordering: Claim = {
  rule: 'R3',
  claim: 'concurrent sends to one partition reorder when a connection is lost (kafkajs#980)',
  brokers: 1,
  async try(bench) {
    let inversions = 0;
    let sent = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const topic = await bench.topic(1);
      const producer = bench.client({ requestTimeout: 1_500 }).producer({ retry: { retries: 10 } });
      await producer.connect();
      const sends = Array.from({ length: 100 }, async (_, i) => {
        await delay(i * 3);
        await producer.send({ topic, messages: [{ value: `${i}`, partition: 0 }], acks: -1 });
      });
      await delay(60 + round * 30);
      bench.proxies[0]!.begin({ effect: round % 2 === 0 ? 'reset' : 'half-open' });
      await delay(60);
      bench.proxies[0]!.end();
      await Promise.allSettled(sends);
      await producer.disconnect().catch(() => undefined);
      const stored = (await bench.stored(topic))[0]!.map(Number);
      const first = [...new Set(stored)];
      sent += first.length;
      inversions += first.filter((value, i) => i > 0 && value < Math.max(...first.slice(0, i))).length;
    }
    return { reproduced: inversions > 0, saw: `${inversions} of ${sent} came after one that was sent later` };
  },
};

/** R3: one send over several partitions resolves although part of it was not stored, when a leader moves meanwhile. */
const partial: Claim = {
  rule: 'R3',
  claim:
    'a send over several partitions, retried over a move of leaders, resolves without part of it (kafkajs#1798, #1303)',
  brokers: 3,
  async try(bench) {
    let resolved = 0;
    let lost = 0;
    let unconfirmed = 0;
    for (let round = 0; round < 4; round++) {
      const partitions = 12;
      const topic = await bench.topic(partitions);
      const producer = bench.client({ requestTimeout: 3_000 }).producer({ retry: { retries: 10 } });
      await producer.connect();
      const told: string[] = [];
      let going = true;
      const sending = (async () => {
        for (let n = 0; going; n++) {
          const messages = Array.from({ length: partitions }, (_, partition) => ({
            value: `${n}/${partition}`,
            partition,
          }));
          try {
            const replies = await producer.send({ topic, messages, acks: -1 });
            told.push(...messages.map((m) => m.value));
            const confirmed = new Set(replies.filter((r) => r.errorCode === 0).map((r) => r.partition));
            unconfirmed += partitions - confirmed.size;
          } catch {
            // Rejected: nothing is claimed of it.
          }
        }
      })();
      await delay(1_500);
      await bench.kafka.kill(round % 3);
      await delay(6_000);
      await bench.kafka.start(round % 3);
      await delay(3_000);
      going = false;
      await sending;
      await producer.disconnect().catch(() => undefined);
      const there = new Set((await bench.stored(topic)).flat());
      resolved += told.length;
      lost += told.filter((value) => !there.has(value)).length;
    }
    return {
      reproduced: lost > 0,
      saw: `${resolved} records of resolved sends, of which ${lost} are not on the topic; ${unconfirmed} had no reply of their own`,
    };
  },
};

/** C1: the budget of retries is spent by errors that have nothing to do with each other. */
const budget: Claim = {
  rule: 'C1',
  claim:
    'isolated errors, each healed at once, crash a kafkajs consumer with the default of five retries (kafkajs#1647)',
  brokers: 1,
  async try(bench) {
    const topic = await bench.topic(1);
    const kafka = bench.client();
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic, messages: Array.from({ length: 200 }, (_, i) => ({ value: `${i}`, partition: 0 })) });
    await producer.disconnect();
    const consumer = kafka.consumer({
      groupId: `${topic}-c1`,
      retry: { retries: 5, initialRetryTime: 50, maxRetryTime: 200, restartOnFailure: () => Promise.resolve(false) },
    });
    const failed = new Set<string>();
    let handled = 0;
    let crashedAfter = 0;
    consumer.on(consumer.events.CRASH, () => (crashedAfter = failed.size));
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const value = message.value!.toString();
        if (Number(value) % 10 === 5 && !failed.has(value)) {
          failed.add(value);
          throw new Error('once');
        }
        handled++;
        return Promise.resolve();
      },
    });
    for (const patience = Date.now() + 40_000; crashedAfter === 0 && handled < 200 && Date.now() < patience;)
      await delay(50);
    await consumer.disconnect().catch(() => undefined);
    return {
      reproduced: crashedAfter > 0,
      saw:
        crashedAfter === 0
          ? `${failed.size} errors and ${handled} messages without a crash`
          : `a crash at error ${crashedAfter}, after ${handled} messages handled`,
    };
  },
};

export const claims: readonly Claim[] = [idempotent, reordering, budget, partial];
