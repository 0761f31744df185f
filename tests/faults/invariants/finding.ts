/** What the checker says of one invariant. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  /** `blind`: nothing was there to examine, which proves nothing and counts against the run. */
  readonly verdict: 'held' | 'broken' | 'blind';
  readonly examined: number;
  readonly broken: number;
  /** The first few breaches, in words. Ids only. */
  readonly examples: readonly string[];
}

const EXAMPLES = 8;

/** Collects the breaches of one invariant. */
export class Examination {
  private examined = 0;
  private broken = 0;
  private readonly examples: string[] = [];

  constructor(
    readonly id: string,
    readonly title: string,
  ) {}

  /** Counts one thing that was looked at; `breach` is undefined when it is as it must be. */
  look(breach: string | undefined | false | null): void {
    this.examined++;
    if (!breach) return;
    this.broken++;
    if (this.examples.length < EXAMPLES) this.examples.push(breach);
  }

  finding(): Finding {
    const { id, title, examined, broken, examples } = this;
    const verdict = broken > 0 ? 'broken' : examined === 0 ? 'blind' : 'held';
    return { id, title, verdict, examined, broken, examples };
  }
}

/** A map from a key to all that have it. */
export function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
