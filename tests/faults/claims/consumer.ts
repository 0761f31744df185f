import type { ConsumerConfig, Kafka } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { FramedSocket } from '../../../libs/messaging/src/transports/whole-frames';
import type { Bench } from './bench';
import type { Claim } from './claim';

const MESSAGES = 200;

/** A topic with so many messages, and a consumer of it that does `each` with them; `crashed` when kafkajs gives it up. */
async function consume(bench: Bench, kafka: Kafka, config: Partial<ConsumerConfig>, each: (value: string) => void) {
  const topic = await bench.topic(1);
  const producer = bench.client().producer();
  await producer.connect();
  const send = (from: number) =>
    producer.send({
      topic,
      messages: Array.from({ length: MESSAGES }, (_, i) => ({
        value: `${from + i} ${'.'.repeat(1_000)}`,
        partition: 0,
      })),
    });
  await send(0);
  const state = { crashed: false };
  const consumer = kafka.consumer({ groupId: `${topic}-group`, ...config });
  consumer.on(consumer.events.CRASH, () => (state.crashed = true));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      each(message.value!.toString().split(' ')[0]!);
      return Promise.resolve();
    },
  });
  const stop = async (): Promise<void> => {
    await Promise.race([consumer.disconnect().catch(() => undefined), delay(5_000, undefined, { ref: false })]);
    await producer.disconnect();
  };
  return { state, more: send, stop };
}

async function within(ms: number, done: () => boolean): Promise<boolean> {
  for (const patience = Date.now() + ms; Date.now() < patience; await delay(50)) if (done()) return true;
  return false;
}

export const budget: Claim = {
  rule: 'C1',
  claim:
    'isolated errors, each healed at once, crash a kafkajs consumer with the default of five retries (kafkajs#1647)',
  brokers: 1,
  async try(bench) {
    const failed = new Set<string>();
    let handled = 0;
    const { state, stop } = await consume(
      bench,
      bench.client(),
      {
        retry: { retries: 5, initialRetryTime: 50, maxRetryTime: 200, restartOnFailure: () => Promise.resolve(false) },
      },
      (value) => {
        if (Number(value) % 10 === 5 && !failed.has(value)) {
          failed.add(value);
          throw new Error('once');
        }
        handled++;
      },
    );
    await within(40_000, () => state.crashed || handled >= MESSAGES);
    await stop();
    const saw = state.crashed
      ? `a crash at error ${failed.size}, after ${handled} messages handled`
      : `${failed.size} errors and ${handled} messages without a crash`;
    return { reproduced: state.crashed, saw };
  },
};

/** Cuts connections at so many bytes, in the middle of whatever passes then. */
const CUTS = [1_500, 7_000, 20_000, 40_000, 77_000, 120_000];
/** Far longer than a consumer needs to come back after a cut: its session is ten seconds. */
const SILENCE_MS = 45_000;

/** How many of a consumer's connections can be cut until it hears nothing more for good. */
async function deafAfter(bench: Bench, kafka: Kafka): Promise<number | null> {
  const heard = new Set<string>();
  const config = { sessionTimeout: 10_000, heartbeatInterval: 1_000, maxWaitTimeInMs: 250, retry: { retries: 1e6 } };
  const { more, stop } = await consume(bench, kafka, config, (value) => heard.add(value));
  try {
    await within(20_000, () => heard.size === MESSAGES);
    for (const [n, bytes] of CUTS.entries()) {
      bench.proxies[0]!.begin({ effect: 'byte-limit', bytes });
      const sent = more(MESSAGES * (n + 1)).catch(() => undefined);
      await delay(1_000);
      bench.proxies[0]!.end();
      await sent;
      await more(MESSAGES * (n + 1)).catch(() => undefined);
      if (!(await within(SILENCE_MS, () => heard.size >= MESSAGES * (n + 2)))) return n + 1;
    }
    return null;
  } finally {
    await stop();
  }
}

const inWords = (cuts: number | null): string => (cuts === null ? `not in ${CUTS.length} cuts` : `after cut ${cuts}`);

export const cutReply: Claim = {
  rule: 'C11',
  claim:
    'a reply that is cut in its middle makes a kafkajs consumer deaf for good, without a crash (found by this harness)',
  brokers: 1,
  async try(bench) {
    const plain = await deafAfter(bench, bench.client());
    const framed = await deafAfter(
      bench,
      bench.client({}, () => new FramedSocket()),
    );
    return {
      reproduced: plain !== null && framed === null,
      saw: `deaf ${inWords(plain)}; with whole replies only, ${inWords(framed)}`,
    };
  },
};
