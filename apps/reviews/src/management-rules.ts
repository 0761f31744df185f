import { IllegalTransition, type FieldProblem, type ManagementMove } from '@concordat/contracts';
import {
  managementReviewsOf,
  managementStepsOf,
  type Judgement,
  type ManagementReview,
  type ManagementState,
  type ManagementStep,
  type Submission,
} from './management-review';
import type { ReviewDocument } from './review';

/** What can be done with an individual management review, and by whom: the agency, a reader outside it, a coordinator. */
export const managementMoves = {
  start: { from: ['requested', 'returned', 'refused', 'escalated'], to: 'inProgress', by: 'agency' },
  submit: { from: ['requested', 'inProgress', 'returned', 'refused', 'escalated'], to: 'submitted', by: 'agency' },
  refuse: { from: ['requested', 'inProgress', 'returned'], to: 'refused', by: 'agency' },
  return: { from: ['submitted'], to: 'returned', by: 'reader' },
  accept: { from: ['submitted'], to: 'accepted', by: 'reader' },
  waive: {
    from: ['requested', 'inProgress', 'submitted', 'returned', 'refused', 'escalated'],
    to: 'waived',
    by: 'coordinator',
  },
  escalate: { from: ['refused'], to: 'escalated', by: 'coordinator' },
} as const satisfies Record<
  ManagementMove,
  { from: readonly ManagementState[]; to: ManagementState; by: 'agency' | 'reader' | 'coordinator' }
>;

/** How it stands after what was done with it. Pure. */
export const managementState = (steps: readonly ManagementStep[]): ManagementState => {
  const last = steps.at(-1);
  return last ? managementMoves[last.move].to : 'requested';
};

/** managementMovesOf is what can be done as it stands, whoever would do it. Pure. */
export const managementMovesOf = (state: ManagementState): ManagementMove[] =>
  (Object.keys(managementMoves) as ManagementMove[]).filter((move) =>
    (managementMoves[move].from as readonly ManagementState[]).includes(state),
  );

/** @throws IllegalTransition `management-review.move-not-open` if it cannot be done as it stands */
export function demandMove(state: ManagementState, move: ManagementMove): void {
  if (!managementMovesOf(state).includes(move))
    throw new IllegalTransition('management-review.move-not-open', 'This cannot be done as it stands now', state);
}

const alike = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/**
 * submissionProblems says what a submission lacks before it is kept: dates that can be, a signer who is not its author, and
 * clearance for staff who were seen while a criminal case holds interviews up (§3.2). Pure.
 */
export function submissionProblems(s: Submission, document: ReviewDocument, today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const wrong = (field: string, code: string, message: string): void => void problems.push({ field, code, message });
  if (s.to < s.from) wrong('to', 'too-early', 'The last day must not be before the first');
  if (s.signedOn > today) wrong('signedOn', 'in-future', 'The date must be today or earlier');
  if (alike(s.author, s.signer)) wrong('signer', 'own-signature', 'Somebody senior to its author must sign it');
  if (!(document.terms ?? []).some(({ number }) => number === s.terms))
    wrong('terms', 'not-in-list', 'Choose the version of the terms of reference that it answers');
  const held = document.pauses.some((p) => p.reason === 'criminal' && p.to === null);
  if (held && s.staffSeen > 0 && !s.clearance?.trim())
    wrong('clearance', 'required', 'Enter who cleared that staff were seen while the criminal case runs');
  return problems;
}

/**
 * acceptLacks is what keeps a submission from being accepted (domain/statutory-reviews.md §7): an author who took no part,
 * the whole period, the terms of reference that were approved last, analysis and not narrative, SMART recommendations. Pure.
 */
export function acceptLacks(
  asked: ManagementReview,
  s: Submission,
  { analysis, smart }: Judgement,
  { terms = [], meetings = [] }: ReviewDocument,
): string[] {
  const approved = terms.findLast((t) => meetings.some((m) => m.lacked.length === 0 && m.terms === t.number));
  return [
    ...(s.independent ? [] : ['its author had a part in what is reviewed']),
    ...(s.from <= asked.from && s.to >= asked.to ? [] : ['it does not cover the whole period']),
    ...(approved?.number === s.terms ? [] : ['it does not answer the terms of reference that were approved last']),
    ...(analysis ? [] : ['it tells what happened, and does not analyse it']),
    ...(smart ? [] : ['its recommendations are not SMART']),
  ];
}

/** Ends at which nothing more is asked of an agency before the report is drafted. */
const SETTLED: ReadonlySet<ManagementState> = new Set(['accepted', 'waived', 'escalated']);

/** managementLacks is whether any agency was asked, and which have not come to an end. Pure. */
export function managementLacks(document: ReviewDocument) {
  const asked = managementReviewsOf(document);
  return { asked: asked.length, open: openAmong(document, asked) };
}

/** How many of these have not come to an end. Pure. */
export const openAmong = (document: ReviewDocument, asked: readonly ManagementReview[]): number =>
  asked.filter(({ id }) => !SETTLED.has(managementState(managementStepsOf(document, id)))).length;

/** How one stands on a civil day, with what can be done. What came late stays late. Pure. */
export function managementStanding(document: ReviewDocument, asked: ManagementReview, today: string) {
  const steps = managementStepsOf(document, asked.id);
  const state = managementState(steps);
  const first = steps.find(({ move }) => move === 'submit');
  const ended = SETTLED.has(state) && !first;
  const late = !ended && (first?.at.slice(0, 10) ?? today) > asked.dueOn;
  return { ...asked, state, late, steps, submission: steps.findLast((s) => s.submission)?.submission ?? null };
}
