/** Chance with a seed, so that a run can be repeated: Mulberry32 (T. Ettinger, public domain), uniform in [0, 1). */
export class Chance {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number from 0 to n - 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /**
   * An item of a list whose beginning is commoner, as names are: Zipf's law with Mandelbrot's offset. With the offset k, the
   * first of n has a share of log((k + 1) / k) / log((n + k) / k).
   */
  zipf<T>(items: readonly T[], offset: number): T {
    const at = Math.floor(offset * ((items.length + offset) / offset) ** this.next() - offset);
    return items[Math.min(at, items.length - 1)]!;
  }
}
