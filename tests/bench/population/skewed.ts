import type { Random } from '../../faults/random';

/** Draws from a list in which the first are common and the last are rare (Zipf: the n-th is 1/n^s as frequent as the first). */
export class Skewed<T> {
  private readonly upTo: Float64Array;

  constructor(
    private readonly items: readonly T[],
    exponent: number,
  ) {
    let sum = 0;
    this.upTo = Float64Array.from(items, (_, i) => (sum += 1 / (i + 1) ** exponent));
  }

  draw(random: Random): T {
    const wanted = random.next() * this.upTo.at(-1)!;
    let low = 0;
    for (let high = this.upTo.length - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (this.upTo[middle]! <= wanted) low = middle + 1;
      else high = middle;
    }
    return this.items[low]!;
  }
}
