/** What a static check found in an agreement. BLOCK stops its activation; WARN is for its author to consider. */
export interface Finding {
  /** The check's number, `S1` to `S23`. */
  readonly check: string;
  readonly level: 'BLOCK' | 'WARN';
  /** Where, such as `flows[0].from[1]`. */
  readonly path: string;
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** How to mend it. */
  readonly mend: string;
}
