import { newId } from '@concordat/contracts';
import { parseCheckpoint } from '@concordat/ledger';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { summary } from '../load';
import type { Pressed } from '../platform';
import { Feed } from './fed';

const EVERY_MS = 100;

export interface Arrived {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly perSecond: number;
}

/**
 * How long it takes from an act's arrival at the ledger to a signed checkpoint that covers it, while `rate` arrive a second in ten
 * batches. Afterwards each act's place in the log is looked up, and the first checkpoint that was seen over HTTP to be larger.
 */
export async function arriving(platform: Pressed, admin: Client, rate: number, seconds: number): Promise<Arrived> {
  const feed = await Feed.of(platform, admin);
  const [people, cases] = [ids(2_000), ids(1_000)];
  let n = 0;
  const one = () => {
    const [person, of] = [people[n % people.length]!, cases[n++ % cases.length]!];
    return feed.make({ subjects: [person], objects: [{ t: 'case', id: of }] });
  };
  const batches = Array.from({ length: (seconds * 1000) / EVERY_MS }, () =>
    Array.from({ length: (rate * EVERY_MS) / 1000 }, one),
  );
  const seen: { at: number; size: bigint }[] = [];
  const watch = watching(platform, seen);
  const arrived: number[] = [];
  const began = performance.now();
  for (const [i, acts] of batches.entries()) {
    await delay(Math.max(0, began + i * EVERY_MS - performance.now()));
    await feed.give(acts);
    arrived.push(performance.now());
  }
  const perSecond = n / ((performance.now() - began) / 1000);
  const last = await feed.placed(batches.at(-1)!);
  while ((seen.at(-1)?.size ?? 0n) <= last) await delay(50);
  watch.stop();
  const times: number[] = [];
  for (const [i, acts] of batches.entries()) {
    const asked = 'SELECT idx FROM audit.entry WHERE event_id = ANY ($1::uuid[])';
    const { rows } = await admin.query<{ idx: string }>(asked, [acts.map((a) => a.id)]);
    if (rows.length !== acts.length) throw new Error(`${acts.length} acts arrived and ${rows.length} are in the log`);
    for (const { idx } of rows) times.push(seen.find((s) => s.size > BigInt(idx))!.at - arrived[i]!);
  }
  return { ...summary(times), perSecond };
}

const ids = (count: number): string[] => Array.from({ length: count }, () => newId());

/** Notes each checkpoint that is published, as a client sees it. */
function watching(platform: Pressed, seen: { at: number; size: bigint }[]): { stop: () => void } {
  let on = true;
  void (async () => {
    for (; on; await delay(20)) {
      const note = await (await fetch(platform.urlOf('/api/audit/checkpoint'))).text();
      const { size } = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
      if (size !== seen.at(-1)?.size) seen.push({ at: performance.now(), size });
    }
  })();
  return { stop: () => void (on = false) };
}
