import { setTimeout as delay } from 'node:timers/promises';
import type { Bench } from './bench';
import type { Claim } from './claim';

const ROUNDS = 4;
const PARTITIONS = 12;

/** Sends over all partitions, again and again, while one of three brokers is killed and comes back. */
async function whileLeadersMove(bench: Bench, broker: number) {
  const topic = await bench.topic(PARTITIONS);
  const producer = bench.client({ requestTimeout: 3_000 }).producer({ retry: { retries: 10 } });
  await producer.connect();
  const told: string[] = [];
  let unconfirmed = 0;
  let going = true;
  const sending = (async () => {
    for (let n = 0; going; n++) {
      const messages = Array.from({ length: PARTITIONS }, (_, partition) => ({
        value: `${n}/${partition}`,
        partition,
      }));
      try {
        const replies = await producer.send({ topic, messages, acks: -1 });
        told.push(...messages.map((m) => m.value));
        unconfirmed += PARTITIONS - new Set(replies.filter((r) => r.errorCode === 0).map((r) => r.partition)).size;
      } catch {
        // Rejected: nothing is claimed of it.
      }
    }
  })();
  await delay(1_500);
  await bench.kafka.kill(broker);
  await delay(6_000);
  await bench.kafka.start(broker);
  await delay(3_000);
  going = false;
  await sending;
  await producer.disconnect().catch(() => undefined);
  const there = new Set((await bench.stored(topic)).flat());
  return { told: told.length, lost: told.filter((value) => !there.has(value)).length, unconfirmed };
}

export const partial: Claim = {
  rule: 'R3',
  claim:
    'a send over several partitions, retried over a move of leaders, resolves without part of it (kafkajs#1798, #1303)',
  brokers: 3,
  async try(bench) {
    const all = { told: 0, lost: 0, unconfirmed: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      const { told, lost, unconfirmed } = await whileLeadersMove(bench, round % 3);
      all.told += told;
      all.lost += lost;
      all.unconfirmed += unconfirmed;
    }
    return {
      reproduced: all.lost > 0,
      saw: `${all.told} records of resolved sends, of which ${all.lost} are not on the topic; ${all.unconfirmed} had no reply of their own`,
    };
  },
};
