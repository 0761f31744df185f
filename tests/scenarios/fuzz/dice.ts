import { Random } from '../../faults/random';

/** A seeded source of choices for what should never be sent. */
export class Dice extends Random {
  /** From 0 up to, not including, `below`. */
  int(below: number): number {
    return this.between(0, below - 1);
  }

  of<T>(choices: readonly T[]): T {
    return this.pick(choices);
  }

  percent(percent: number): boolean {
    return this.chance(percent / 100);
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.int(256)));
  }

  uuid(): string {
    const hex = this.bytes(16).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
