import type { ReasonCode, Verdict } from './reasons';

export type Obligation =
  | 'REVIEW_OVERDUE'
  /** Answer `match: false` and nothing else. */
  | 'ANSWER_MATCH_FALSE_ONLY'
  | 'NOTIFY_DPO'
  | 'NOTIFY_ORIGINATOR'
  | 'RETROSPECTIVE_REVIEW';

/** What was decided, why, and by what. It judges validity against the agreement, never the risk of sharing. */
export interface Decision {
  readonly outcome: Verdict;
  /** The first decides. */
  readonly reasons: readonly ReasonCode[];
  /** `id@version` of the agreement that it was judged by; null when there is none. */
  readonly isa: string | null;
  readonly flowId: string | null;
  /** The sender's first, then those of the recipients. */
  readonly lineIds: readonly string[];
  /** Items that alone would be PERMIT. The decision is about all or nothing: nothing is narrowed silently. */
  readonly permittedItems: readonly string[];
  readonly obligations: readonly Obligation[];
  /** What an emergency overrode. */
  readonly overridden?: readonly ReasonCode[];
  readonly mode: 'NORMAL' | 'BREAK_GLASS';
  /** Of the rules and of the law table: `1.0.0+england-wales.1`. */
  readonly engineVersion: string;
  /** SHA-256 of the request's canonical JSON; null for what canonical JSON cannot say. */
  readonly inputHash: string | null;
}
