import type { Random } from '../random';

export const colours = ['red', 'amber', 'green'] as const;
export type Colour = (typeof colours)[number];

/** A referral as the clients last heard of it. They hear late, so any of it may be wrong by now. */
export interface Known {
  readonly id: string;
  version: number;
  colour: Colour | null;
  decided: boolean;
  caseId: string | null;
}

const HOT = 50;
const HOT_SHARE = 0.7;

/** The referrals that clients work on: fifty that everybody wants at once, and a long tail. */
export class Population {
  private readonly hot: Known[] = [];
  private readonly tail: Known[] = [];
  private readonly cases: Known[] = [];

  get size(): number {
    return this.hot.length + this.tail.length;
  }

  add(id: string, version: number): void {
    const known: Known = { id, version, colour: null, decided: false, caseId: null };
    if (this.hot.length < HOT) this.hot.push(known);
    else this.tail.push(known);
  }

  opened(known: Known, caseId: string): void {
    known.caseId = caseId;
    this.cases.push(known);
  }

  any(random: Random): Known | undefined {
    const from = this.tail.length === 0 || random.chance(HOT_SHARE) ? this.hot : this.tail;
    return from.length > 0 ? random.pick(from) : undefined;
  }

  /** One that can be decided, from the tail: what is hot stays open. */
  decidable(random: Random): Known | undefined {
    for (let tries = 0; tries < 8 && this.tail.length > 0; tries++) {
      const known = random.pick(this.tail);
      if (!known.decided) return known;
    }
    return undefined;
  }

  withCase(random: Random): Known | undefined {
    return this.cases.length > 0 ? random.pick(this.cases) : undefined;
  }
}
