import { kafkaVersion } from '../../../tools/infrastructure';
import { join } from 'node:path';
import { startBench } from './bench';
import type { Claim, Settled } from './claim';
import { budget, cutReply } from './consumer';
import { partial } from './leaders';
import { idempotent, reordering } from './producer';

const claims: readonly Claim[] = [idempotent, reordering, budget, cutReply, partial];

/** Tries what events.md says of kafkajs and brokers on real ones, and says of each claim whether it came true here. */
export async function settleClaims(dir: string, say: (line: string) => void): Promise<Settled[]> {
  const settled: Settled[] = [];
  for (const brokers of [1, 3] as const) {
    const bench = await startBench(join(dir, `kafka-${brokers}`), brokers);
    try {
      for (const { rule, claim, brokers: needed, try: attempt } of claims) {
        if (needed !== brokers) continue;
        const { reproduced, saw } = await attempt(bench);
        say(`${rule}  ${reproduced ? 'REPRODUCED' : 'NOT REPRODUCED'}  ${claim}\n    ${saw}`);
        settled.push({ rule, claim, brokers, reproduced, saw });
      }
    } finally {
      await bench.stop();
    }
  }
  say(`On Apache Kafka ${kafkaVersion()}, from its published jars. What was not reproduced is not refuted by that.`);
  return settled;
}
