/** What a benchmark says: figures, what they are measured against, and their ratio in the same run. */
export interface Result {
  readonly name: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly baseline: Readonly<Record<string, number>>;
  readonly ratio: Readonly<Record<string, number>>;
}
