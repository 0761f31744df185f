import { createHash } from 'node:crypto';

/**
 * A seeded source of choices. Two sources of one seed give the same sequence; `fork` gives an independent one by name, so
 * that what one part draws never shifts what another is given (events.md §10: the seed replays the run).
 */
export class Random {
  private state: number;

  constructor(private readonly seed: string | number) {
    this.state = createHash('sha256').update(String(seed)).digest().readUInt32LE(0);
  }

  fork(name: string | number): Random {
    return new Random(`${this.seed}/${name}`);
  }

  /** A number in [0, 1). Mulberry32: small, quick, good enough to choose faults with, and nothing else. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new Error('there is nothing to pick from');
    return items[this.between(0, items.length - 1)]!;
  }

  /** A key of `weights`, as likely as its weight is large. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    return entries.at(-1)![0];
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.between(0, i);
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy;
  }
}
