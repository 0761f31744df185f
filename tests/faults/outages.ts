import type { Outage } from './evidence/evidence';
import type { Edge, Fault, Target } from './fault';
import type { Line } from './load/history';
import type { Inflicted } from './platform/inflict';

/** What is slow so long after the end of a fault is still blamed on it. */
const AFTER_MS = 2_000;
/** Recovery and the back-off of a sweep come on top of a fault that keeps clocks from being passed. */
const SWEEP_BACK_MS = 5_000;

/** What a fault cost the clients: the longest time around it in which nobody got anything done. */
export interface Cost {
  readonly says: string;
  readonly atSecond: number;
  readonly outageMs: number;
}

/** Nothing is called an outage that is shorter than this: clients think, too. */
const LEAST_MS = 400;

/**
 * costs measures, for each fault, the longest pause between two commands done, around it. `origin` is the time of the
 * harness's clock at the start of the load, in milliseconds since 1970.
 */
export function costs(lines: readonly Line[], inflicted: readonly Inflicted[], origin: number, start: number): Cost[] {
  const done = lines
    .flatMap((l) => (l.what === 'ended' && l.outcome === 'ok' && l.receipt ? [l.at - start] : []))
    .sort((a, b) => a - b);
  return inflicted
    .map(({ says, from, to }) => {
      const [begin, end] = [from - origin, to - origin + AFTER_MS];
      let longest = 0;
      for (let i = 1; i < done.length; i++)
        if (done[i]! > begin && done[i - 1]! < end) longest = Math.max(longest, done[i]! - done[i - 1]!);
      return { says, atSecond: Math.round(begin / 100) / 10, outageMs: longest < LEAST_MS ? 0 : Math.round(longest) };
    })
    .sort((a, b) => a.atSecond - b.atSecond);
}

/** All that a sweep of clocks needs: its process, the database, and the way between. Without a queue it is in time. */
const NEEDED: ReadonlySet<string> = new Set<Target | Edge | Fault['kind']>([
  'all-in-one',
  'referrals',
  'postgres',
  'all-in-one->postgres',
  'referrals->postgres',
  'kill-backend',
]);

/** Times during which a clock could not be passed: what it needs was down, stopped or cut off. */
export function outagesOf(inflicted: readonly Inflicted[]): Outage[] {
  return inflicted.flatMap(({ fault, says, from, to }) => {
    const what = 'target' in fault ? fault.target : 'edge' in fault ? fault.edge : fault.kind;
    return NEEDED.has(what) ? [{ what: says, from, to: to + SWEEP_BACK_MS }] : [];
  });
}
