/** A number missing from, or repeated in, a producer's sequence, told at the entry where it shows. */
export interface SequenceGap {
  readonly index: bigint;
  readonly message: string;
}

interface Producer {
  first: bigint;
  next: bigint;
  /** Numbers met ahead of their turn, with the index of their entry. */
  readonly ahead: Map<bigint, bigint>;
}

/**
 * SequenceCheck holds every producer's `src.seq` to be gapless: 1, 2, 3 … in a whole log, without holes in a part of one.
 * Entries may be sealed out of their producer's order; a number may neither be missing nor come twice.
 */
export class SequenceCheck {
  private readonly producers = new Map<string, Producer>();
  private readonly repeated: SequenceGap[] = [];

  /** `fromStart` says that the entries begin with the log itself, so that every sequence must begin with 1. */
  constructor(private readonly fromStart: boolean) {}

  add(producer: string, seq: bigint, index: bigint): void {
    let p = this.producers.get(producer);
    if (p === undefined) {
      const first = this.fromStart ? 1n : seq;
      this.producers.set(producer, (p = { first, next: first, ahead: new Map() }));
    }
    if (p.ahead.has(seq) || (seq >= p.first && seq < p.next) || (this.fromStart && seq < 1n)) {
      this.repeated.push({ index, message: `producer ${producer}: seq ${seq} is there twice` });
      return;
    }
    // In a part of a log the first entry met need not have the lowest number.
    p.ahead.set(seq, index);
    while (p.ahead.delete(p.next)) p.next++;
  }

  /** Every fault found so far; ask once, at the end. */
  gaps(): SequenceGap[] {
    const gaps = [...this.repeated];
    for (const [name, p] of this.producers) {
      const below = [...p.ahead].filter(([seq]) => seq < p.first).sort(([a], [b]) => (a > b ? -1 : 1));
      let expected = p.first - 1n;
      for (const [seq, index] of below) {
        if (seq !== expected) gaps.push({ index, message: `producer ${name}: seq ${seq + 1n} to ${expected} missing` });
        expected = seq - 1n;
      }
      const above = [...p.ahead].filter(([seq]) => seq > p.next).sort(([a], [b]) => (a < b ? -1 : 1));
      let due = p.next;
      for (const [seq, index] of above) {
        if (seq !== due) gaps.push({ index, message: `producer ${name}: seq ${due} to ${seq - 1n} missing` });
        due = seq + 1n;
      }
    }
    return gaps;
  }
}
