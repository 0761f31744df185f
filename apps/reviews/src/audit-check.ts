import type { ReviewKind } from '@concordat/packs';
import type { ClockView } from './review-clocks';
import type { ReviewRecord } from './review';

/**
 * What a check found. `to-judge` is shown with its evidence for a person to judge: what is not recorded here, or what only
 * an unconfirmed time limit says.
 */
export type CheckResult = 'met' | 'not-met' | 'not-yet' | 'to-judge' | 'not-applicable';

/** Something that a finding rests on: codes, dates and numbers, never what anybody wrote in words. */
export interface Evidence {
  readonly text: string;
  readonly on: string | null;
}

/** One of the auditors' checks (domain/statutory-reviews.md §12). */
export interface AuditCheck {
  readonly code: string;
  readonly title: string;
  readonly result: CheckResult;
  readonly evidence: readonly Evidence[];
}

/** An action as far as its proof goes: who leads it, who claimed it with evidence, who looked at it. */
export interface AuditedAction {
  readonly name: string;
  readonly state: string;
  readonly leadId: string;
  readonly claims: readonly { readonly by: string; readonly evidence: boolean }[];
  readonly checks: readonly { readonly by: string; readonly verified: boolean }[];
}

/** A review as its auditors see it: words are left out, and words that must be there are kept as whether they are. */
export interface AuditedReview extends ReviewRecord {
  readonly actions: readonly AuditedAction[];
  /** How many of its recommendations repeat an earlier one. */
  readonly repeats: number;
  readonly history: readonly {
    readonly version: number;
    readonly from: string | null;
    readonly to: string;
    readonly by: string;
  }[];
}

export type Found = Pick<AuditCheck, 'result' | 'evidence'>;
type Finding = (kind: ReviewKind, review: AuditedReview, today: string) => Found;

/** Something that a check rests on, with its day. */
export const said = (text: string, on: string | null = null): Evidence => ({ text, on });
/** The kind, or what has happened, does not call for it. */
export const NONE: Found = { result: 'not-applicable', evidence: [] };

/** Whether a step was taken that needed a guard which is met in one of these ways. Pure. */
export function stepped(
  { guards, transitions }: ReviewKind,
  { history }: AuditedReview,
  checks: readonly string[],
): boolean {
  const such = new Set(guards.filter((g) => checks.includes(g.check) || checks.includes(g.code)).map((g) => g.code));
  return history.some(({ from, to }) =>
    transitions.some((t) => t.from === from && t.to === to && t.guards.some((g) => such.has(g))),
  );
}
/** Whether the kind asks for it at all. Pure. */
export const has = ({ guards }: ReviewKind, checks: readonly string[]): boolean =>
  guards.some((g) => checks.includes(g.check) || checks.includes(g.code));

/** Nothing lacks: met. Something does: a failing once a step was taken over it, and not yet before. */
export const lacking = (lacks: readonly string[], over: boolean): CheckResult =>
  lacks.length === 0 ? 'met' : over ? 'not-met' : 'not-yet';

const FORCE = { law: 'law', guidance: 'guidance', local: 'local procedure', unverified: 'not confirmed' } as const;
/** What clocks say: what is not confirmed never fails anybody. Pure. */
export function clockFound(clocks: readonly ClockView[]): Found {
  const evidence = clocks.map((c) =>
    said(`${c.code} (${FORCE[c.force]}): ${STANDING[c.status]}`, c.due ? c.due.latest : null),
  );
  const late = clocks.filter(({ status }) => status === 'overdue' || status === 'metLate');
  if (late.some(({ force }) => force !== 'unverified')) return { result: 'not-met', evidence };
  if (late.length > 0 || clocks.length === 0) return { result: 'to-judge', evidence };
  const open = clocks.some(({ status }) => status === 'running' || status === 'unanchored');
  return { result: open ? 'not-yet' : 'met', evidence };
}
const STANDING = {
  ...{ running: 'runs until', met: 'met, due', metLate: 'met late, due', overdue: 'overdue since' },
  ...{ unanchored: 'cannot be computed', notApplicable: 'does not arise' },
} as const;

/** A check with how it is found. */
export interface CheckRule {
  readonly code: string;
  readonly title: string;
  readonly find: Finding;
}

const ORDER: readonly CheckResult[] = ['not-met', 'to-judge', 'not-yet', 'met', 'not-applicable'];
/** The gravest of several results. */
export const worst = (results: readonly CheckResult[]): CheckResult =>
  ORDER.find((result) => results.includes(result)) ?? 'not-applicable';
