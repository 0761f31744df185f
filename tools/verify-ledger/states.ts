import type { Erasure } from './leaf';
import type { Standing } from './policy';

export type Code =
  | 'BAD_SIGNATURE'
  | 'NO_QUORUM'
  | 'NOT_INCLUDED'
  | 'INCONSISTENT'
  | 'COMMIT_MISMATCH'
  | 'MISSING_DETAIL'
  | 'ERASURE_NOT_HONOURED'
  | 'MALFORMED';

/** INCLUDED is said only where no detail is looked at, and is not a state of a record. */
export type State = 'PROVEN' | 'PROVEN_ERASED' | 'INCLUDED' | Code;

/** Something wrong with the log or the file as a whole, at an index if one can be named. */
export interface Finding {
  readonly code: Code;
  readonly index?: bigint;
  readonly message: string;
}

export interface ErasureRow extends Erasure {
  readonly index: bigint;
}

export interface Outcome {
  readonly states: ReadonlyMap<State, bigint>;
  readonly failures: readonly { readonly index: bigint; readonly code: Code; readonly why: string }[];
  readonly findings: readonly Finding[];
  /** The first entry that can be shown to be wrong. */
  readonly firstBad: bigint | undefined;
  /** Set when the root, or an earlier one, is not matched: something in [from, to) has changed. */
  readonly doubt: { readonly from: bigint; readonly to: bigint } | undefined;
  readonly erasures: readonly ErasureRow[];
}

/** What the examination learnt of one entry. */
export interface Row {
  readonly index: bigint;
  readonly eventId: string | undefined;
  readonly hashMatches: boolean;
  /** Set when this very line is at fault, whatever the tree says. */
  fault: { code: Code; why: string } | undefined;
  readonly openingState: 'opens' | 'mismatch' | 'none' | 'partial';
  included: boolean;
}

/** How many single failures are kept for the report; all are counted. */
const KEPT = 1000;

interface Settling {
  readonly rows: Row[];
  readonly erasures: readonly ErasureRow[];
  readonly findings: readonly Finding[];
  readonly doubt: Outcome['doubt'];
  readonly task: { readonly standing: Standing; readonly details: boolean };
}

/** settle gives every entry its state. */
export function settle({ rows, erasures, findings, doubt, task }: Settling): Outcome {
  const { standing } = task;
  const states = new Map<State, bigint>();
  const failures: { index: bigint; code: Code; why: string }[] = [];
  let first: bigint | undefined;
  const bad = (index: bigint): void => {
    if (first === undefined || index < first) first = index;
  };
  const erasedBy = new Map<bigint, { eventId: string; by: bigint }[]>();
  const erasureAt = new Map(erasures.map((e) => [e.index, e]));
  // From the end, because an erasure must itself be proven before it excuses what is below it.
  for (const row of rows.sort((a, b) => (a.index < b.index ? 1 : a.index > b.index ? -1 : 0))) {
    const erased = erasedBy.get(row.index)?.some((e) => e.by > row.index && e.eventId === row.eventId) === true;
    const [state, why] = standing.good ? stateOf(row, erased, task.details) : [standing.code, standing.why];
    states.set(state, (states.get(state) ?? 0n) + 1n);
    const blanket = !standing.good || (state === 'NOT_INCLUDED' && row.fault === undefined && doubt !== undefined);
    if (state === 'PROVEN' || state === 'PROVEN_ERASED') {
      for (const t of erasureAt.get(row.index)?.targets ?? []) {
        const named = erasedBy.get(t.index) ?? [];
        named.push({ eventId: t.eventId, by: row.index });
        erasedBy.set(t.index, named);
      }
    } else if (state !== 'INCLUDED') {
      if (!blanket || row.fault !== undefined) bad(row.index);
      failures.push({ index: row.index, code: state, why: row.fault?.why ?? why });
    }
  }
  for (const { index } of findings) if (index !== undefined) bad(index);
  failures.reverse();
  return {
    states,
    failures: failures.slice(0, KEPT),
    findings,
    firstBad: first,
    doubt,
    erasures,
  };
}

/** The table of design/ledger.md §5, for an entry under a checkpoint that is to be believed. */
function stateOf(row: Row, erased: boolean, details: boolean): [State, string] {
  if (!row.included) return ['NOT_INCLUDED', 'not under the checkpoint'];
  if (row.fault !== undefined) return [row.fault.code, row.fault.why];
  if (!details) return ['INCLUDED', ''];
  if (erased && row.openingState === 'none') return ['PROVEN_ERASED', ''];
  if (erased) return ['ERASURE_NOT_HONOURED', 'erased, yet key or detail is still there'];
  if (row.openingState === 'opens') return ['PROVEN', ''];
  if (row.openingState === 'mismatch') return ['COMMIT_MISMATCH', 'key and detail do not give the sealed commitment'];
  return ['MISSING_DETAIL', 'key or detail is missing and no proven erasure names it'];
}
