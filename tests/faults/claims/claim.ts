import type { Bench } from './bench';

/** A claim about kafkajs or its brokers, and the experiment that tries it. */
export interface Claim {
  /** The rule of events.md that rests on it. */
  readonly rule: string;
  readonly claim: string;
  readonly brokers: 1 | 3;
  try(bench: Bench): Promise<Seen>;
}

/** What an experiment saw. */
export interface Seen {
  /** Whether the claim came true here. If not, it is not refuted by that. */
  readonly reproduced: boolean;
  readonly saw: string;
}

/** What is said of a claim after its experiment. */
export type Settled = Omit<Claim, 'try'> & Seen;
