/**
 * What the database holds, kept by heart so that it need not be asked again. What a transaction adds is *proposed*: whether
 * it committed is known only at the next one, which then calls `settle`, or `forget` when it was rolled back.
 */
export class ByHeart<V> {
  private readonly settled = new Map<string, V>();
  private readonly proposed = new Map<string, V>();

  /** `limit` bounds memory: when it is reached everything is forgotten, and asked for again as needed. */
  constructor(private readonly limit: number) {}

  get(key: string): V | undefined {
    return this.settled.get(key) ?? this.proposed.get(key);
  }

  /** learn keeps what the database was seen to hold. */
  learn(key: string, value: V): void {
    this.settled.set(key, value);
  }

  propose(key: string, value: V): void {
    this.proposed.set(key, value);
  }

  /** The transaction that proposed has committed. */
  settle(): void {
    for (const [key, value] of this.proposed) this.settled.set(key, value);
    this.proposed.clear();
    if (this.settled.size > this.limit) this.settled.clear();
  }

  /** The transaction that proposed has not. */
  forget(): void {
    this.proposed.clear();
    if (this.settled.size > this.limit) this.settled.clear();
  }

  /** Somebody else may have changed what was settled. */
  clear(): void {
    this.settled.clear();
    this.proposed.clear();
  }
}
