import type { ProducerConfig } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import type { NetworkEffect } from '../fault';
import type { Bench } from './bench';
import type { Claim } from './claim';

const ROUNDS = 6;

interface Burst {
  readonly producer: ProducerConfig;
  readonly sends: number;
  readonly apartMs: number;
  /** When in the round the network is hurt, how and for how long. */
  readonly hurt: (round: number) => { afterMs: number; effect: NetworkEffect; forMs: number };
}

/** One record each by many sends that do not wait for each other, while the way to the broker is hurt. */
async function burst(bench: Bench, round: number, { producer: config, sends, apartMs, hurt }: Burst) {
  const topic = await bench.topic(1);
  const producer = bench.client({ requestTimeout: 1_500 }).producer({ ...config, retry: { retries: 10 } });
  await producer.connect();
  await producer.send({ topic, messages: [{ value: '-1', partition: 0 }] });
  const all = Array.from({ length: sends }, async (_, i) => {
    await delay(i * apartMs);
    await producer.send({ topic, messages: [{ value: `${i}`, partition: 0 }], acks: -1 });
    return i;
  });
  const { afterMs, effect, forMs } = hurt(round);
  await delay(afterMs);
  bench.proxies[0]!.begin(effect);
  await delay(forMs);
  bench.proxies[0]!.end();
  const acknowledged = (await Promise.allSettled(all)).flatMap((s) => (s.status === 'fulfilled' ? [s.value] : []));
  await producer.disconnect().catch(() => undefined);
  return { acknowledged, stored: (await bench.stored(topic))[0]!.map(Number) };
}

const inRounds = async <T>(round: (n: number) => Promise<T>): Promise<T[]> => {
  const results: T[] = [];
  for (let n = 0; n < ROUNDS; n++) results.push(await round(n));
  return results;
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

export const idempotent: Claim = {
  rule: 'R4',
  claim:
    'with concurrent sends and a lost reply, an idempotent kafkajs producer acknowledges records that were never stored (kafkajs#598, #1005)',
  brokers: 1,
  async try(bench) {
    const rounds = await inRounds((n) =>
      burst(bench, n, {
        producer: { idempotent: true },
        sends: 60,
        apartMs: 5,
        hurt: (round) => ({ afterMs: 80 + round * 25, effect: { effect: 'one-way', lost: 'replies' }, forMs: 120 }),
      }),
    );
    const missing = sum(rounds.map((r) => r.acknowledged.filter((value) => !r.stored.includes(value)).length));
    const twice = sum(rounds.map((r) => r.stored.length - new Set(r.stored).size));
    const told = sum(rounds.map((r) => r.acknowledged.length));
    return {
      reproduced: missing > 0,
      saw: `${told} acknowledged, of which ${missing} are not on the topic; ${twice} are there twice`,
    };
  },
};

export const reordering: Claim = {
  rule: 'R3',
  claim: 'concurrent sends to one partition reorder when a connection is lost (kafkajs#980)',
  brokers: 1,
  async try(bench) {
    const rounds = await inRounds((n) =>
      burst(bench, n, {
        producer: {},
        sends: 100,
        apartMs: 3,
        hurt: (round) => ({
          afterMs: 60 + round * 30,
          effect: { effect: round % 2 === 0 ? 'reset' : 'half-open' },
          forMs: 60,
        }),
      }),
    );
    const firsts = rounds.map((r) => [...new Set(r.stored)]);
    const late = sum(firsts.map((f) => f.filter((value, i) => i > 0 && value < Math.max(...f.slice(0, i))).length));
    return {
      reproduced: late > 0,
      saw: `${late} of ${sum(firsts.map((f) => f.length))} came after one that was sent later`,
    };
  },
};
