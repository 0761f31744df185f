import type { FieldProblem, TriageDecision } from '@concordat/contracts';
import type { Outcome, Packs, Pathway, Reason, ReasonKind } from '@concordat/packs';

/** A decision as it is asked for. */
export interface Asked {
  readonly outcome: TriageDecision;
  readonly destination?: string;
  readonly reason?: string;
  readonly rationale?: string;
  readonly result?: string;
}

const DESTINATIONS: Partial<Record<TriageDecision, keyof Pathway['next']>> = {
  redirect: 'redirect',
  'step-up': 'stepUp',
  'step-down': 'stepDown',
};
const problem = (field: string, code: string, message: string): FieldProblem => ({ field, code, message });

/**
 * decisionProblems says where a decision does not fit the pathway: every outcome but acceptance has its reason, three of
 * them a destination, and a reason that is not plain by itself its words. Pure.
 */
export function decisionProblems(packs: Packs, pathway: Pathway, asked: Asked): FieldProblem[] {
  return [
    ...destinationProblems(pathway, asked),
    ...(asked.outcome === 'accept'
      ? notAsked('reason', asked.reason)
      : reasonProblems(packs, asked.outcome, asked.reason, asked.rationale)),
    ...(asked.result === undefined || resultOf(packs, asked) === asked.result
      ? []
      : [problem('result', 'not-in-list', 'Select an outcome of this decision')]),
  ];
}

/** reasonProblems checks a coded reason, and that words go with one that wants them. */
export function reasonProblems(
  packs: Packs,
  kind: ReasonKind,
  code: string | undefined,
  rationale: string | undefined,
): FieldProblem[] {
  const reason = findReason(packs, kind, code);
  if (!reason) return [problem('reason', code === undefined ? 'required' : 'not-in-list', 'Select one of the reasons')];
  return reason.explain && !rationale ? [problem('rationale', 'required', 'Explain the reason')] : [];
}

/** The outcome as it is counted: the one asked for, else what the reason implies, else the one that fits. */
export function resultOf(packs: Packs, asked: Asked): string | undefined {
  const fitting = packs.outcomes().filter((o: Outcome) => o.decisions.includes(asked.outcome));
  const wanted =
    asked.result ??
    (asked.outcome === 'accept' ? undefined : findReason(packs, asked.outcome, asked.reason)?.outcome) ??
    fitting.find((o) => o.forum !== undefined && o.forum === asked.destination)?.code;
  if (wanted !== undefined) return fitting.some((o) => o.code === wanted) ? wanted : undefined;
  return fitting.find((o) => o.forum === undefined)?.code;
}

function destinationProblems(pathway: Pathway, { outcome, destination }: Asked): FieldProblem[] {
  const list = DESTINATIONS[outcome];
  if (!list) return notAsked('destination', destination);
  if (destination === undefined) return [problem('destination', 'required', 'Select where it goes')];
  return pathway.next[list].includes(destination)
    ? []
    : [problem('destination', 'not-in-list', 'Select where this pathway can lead')];
}

const notAsked = (field: string, value: string | undefined): FieldProblem[] =>
  value === undefined ? [] : [problem(field, 'not-asked', 'This decision has none')];

const findReason = (packs: Packs, kind: ReasonKind, code: string | undefined): Reason | undefined =>
  packs.reasons(kind).find((r) => r.code === code);
