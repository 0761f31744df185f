import { Connections, summary, type Answer, type Shot } from '../load';
import type { Random } from '../../faults/random';

/** Sends one request, and waits for its answer. */
export type Send = (shot: Shot) => Promise<Answer>;

/** Something that a user does: one request, or some that follow each other. */
export interface Doing {
  readonly name: string;
  /** Does it; answers what was wrong with the answer, or null. */
  run(send: Send): Promise<string | null>;
}

/** What came of all of one kind. Times in milliseconds, each from when it was to begin. */
export interface Driven {
  readonly done: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** How late the load itself began what it had to: more than a few milliseconds says that the load generator is the limit. */
export interface Drive {
  readonly byName: Readonly<Record<string, Driven>>;
  readonly all: Driven;
  readonly perSecond: number;
  readonly wrong: readonly string[];
}

const CONNECTIONS = 64;

/**
 * drive lets each thing begin at its time, whatever became of those before (an open loop), at random times with `perSecond`
 * of them a second on average. A time runs from the intended beginning, so that a stall is paid for by everything that
 * it kept waiting: no coordinated omission.
 */
export async function drive(url: string, doings: readonly Doing[], perSecond: number, random: Random): Promise<Drive> {
  const pool = new Connections(url, CONNECTIONS);
  const times = new Map<string, number[]>();
  const wrong: string[] = [];
  const started = performance.now();
  let due = started;
  await Promise.all(
    doings.map(async ({ name, run }) => {
      const mine = (due += (-Math.log(1 - random.next()) * 1_000) / perSecond);
      await new Promise((r) => setTimeout(r, mine - performance.now()));
      const problem = await run((shot) => pool.with((c) => c.send(shot))).catch((e: unknown) => String(e));
      const list = times.get(name) ?? [];
      times.set(name, list);
      list.push(performance.now() - mine);
      if (problem !== null) wrong.push(`${name}: ${problem}`);
    }),
  );
  pool.close();
  const seconds = (performance.now() - started) / 1_000;
  return {
    byName: Object.fromEntries([...times].sort().map(([name, list]) => [name, driven(list)])),
    all: driven([...times.values()].flat()),
    perSecond: doings.length / seconds,
    wrong,
  };
}

const driven = (times: readonly number[]): Driven => ({ done: times.length, ...summary(times) });
