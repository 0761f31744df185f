import type { FieldProblem } from '@concordat/contracts';
import type { ReviewKind } from '@concordat/packs';
import { UNTESTED } from './asb-threshold';
import type { Decision } from './review';

type Proposed = Pick<Decision, 'outcome' | 'legalBasis' | 'criteria' | 'consulted' | 'decidedOn' | 'reviewOn'>;

/** The criteria that a basis in law asks about: its own, and those of every basis. */
export const criteriaUnder = ({ criteria }: ReviewKind, legalBasis: string): ReviewKind['criteria'] =>
  criteria.filter(({ basis }) => basis === undefined || basis === legalBasis);

/**
 * problemsOf says what a decision record lacks before it is kept (domain/statutory-reviews.md §5): it is never changed
 * afterwards. Each criterion has an answer with evidence, not known included; everybody who must be consulted has a view or
 * is noted not to have replied; the law it stands on is in force. Pure.
 */
export function problemsOf(kind: ReviewKind, decision: Proposed, today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  const choose = 'Choose one of the list';
  if (!kind.outcomes.some(({ code }) => code === decision.outcome)) wrong('outcome', 'not-in-list', choose);
  const basis = kind.legalBasis.find(({ code }) => code === decision.legalBasis);
  if (!basis) wrong('legalBasis', 'not-in-list', choose);
  else if (basis.inForce === false) wrong('legalBasis', 'not-in-force', 'This is not in force');
  if (decision.decidedOn > today) wrong('decidedOn', 'in-future', 'The date of the decision must be today or earlier');
  if (decision.reviewOn && decision.reviewOn <= decision.decidedOn)
    wrong('reviewOn', 'too-early', 'It is looked at again after the day on which it was decided');
  for (const { code, text } of criteriaUnder(kind, decision.legalBasis)) {
    const given = decision.criteria.find((c) => c.code === code);
    if (!given) wrong(`criteria.${code}.answer`, 'required', `Answer: ${text}`);
    else if (given.evidence.trim() === '')
      wrong(`criteria.${code}.evidence`, 'required', `Enter the evidence for: ${text}`);
  }
  for (const { code, who } of kind.mustConsult) {
    const heard = decision.consulted.find((c) => c.code === code);
    if (!heard?.noReply && !heard?.view?.trim())
      wrong(`consulted.${code}.view`, 'required', `Enter the view of: ${who}, or that there was no reply`);
    if (heard?.on && heard.on > today) wrong(`consulted.${code}.on`, 'in-future', 'The date must be today or earlier');
  }
  return problems;
}

/**
 * dateGivenBy is which date of a review a decision gives: none when it only puts the decision off, so that what it was to be
 * decided by still runs, and none of a threshold that was not tested. Pure.
 */
export function dateGivenBy({ facts, guards, transitions }: ReviewKind, outcome: string): string | undefined {
  const off = transitions
    .filter(({ again }) => again)
    .flatMap((t) => guards.filter((g) => g.check === 'outcome' && t.guards.includes(g.code)))
    .some(({ outcomes }) => outcomes?.includes(outcome));
  if (off || UNTESTED.has(outcome)) return undefined;
  return ['decision', 'threshold'].find((code) => facts.some((f) => f.code === code));
}
