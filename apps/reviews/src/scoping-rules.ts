import { dueDay } from '@concordat/clocks';
import type { ScopingMove } from '@concordat/contracts';
import type { ReviewGuard, ReviewKind } from '@concordat/packs';
import { lastAsked } from './management-review';
import { returnOf, type ScopingRequest, type ScopingStep } from './panel';
import type { ReviewDocument, UnansweredAgency } from './review';

export const requestsOf = ({ scoping = [], round }: ReviewDocument): ScopingRequest[] =>
  scoping.filter((request) => request.round === round);

const stepsOf = ({ scopingSteps = [] }: ReviewDocument, requestId: string): ScopingStep[] =>
  scopingSteps.filter((s) => s.requestId === requestId);

/** Whether an agency has answered. That it did not reply may be noted, and is no answer. */
const answered = (document: ReviewDocument, { id }: ScopingRequest): boolean => {
  const answer = returnOf(document, id)?.answer;
  return answer !== undefined && answer !== 'no-reply';
};

/**
 * scopingLacks says what the asking of agencies lacks: that any was asked, and what each answered. No reply is not nil: it
 * counts only where the guard allows that silence is noted, or that the review goes on without it and somebody has decided so. Pure.
 */
export function scopingLacks(
  document: ReviewDocument,
  { silence = false, without }: Pick<ReviewGuard, 'silence' | 'without'>,
) {
  const requests = requestsOf(document);
  if (requests.length === 0) return { asked: false, open: [] };
  const open = requests.filter((request) => {
    if (answered(document, request)) return false;
    if (silence && returnOf(document, request.id)) return false;
    return !(without && stepsOf(document, request.id).some(({ move }) => move === 'go-on'));
  });
  return { asked: true, open: open.map(({ orgId }) => orgId) };
}

/** Why something cannot be done about an agency that does not answer: a code, and what is said of it. */
export interface ChaseProblem {
  readonly code: 'answered' | 'not-allowed' | 'too-early' | 'not-reminded' | 'not-escalated';
  readonly message: string;
}

/**
 * chaseProblem says what stands in the way of reminding an agency, of asking its leaders, or of going on without it
 * (domain/statutory-reviews.md §2: a non-reply is noted, and is not nil). Its leaders are asked once its time is over and it was reminded;
 * the review goes on without it where its kind allows that, so many working days after they were. Pure; `today` is a civil day.
 */
export function chaseProblem(
  { guards }: Pick<ReviewKind, 'guards'>,
  document: ReviewDocument,
  request: ScopingRequest,
  move: ScopingMove,
  today: string,
): ChaseProblem | undefined {
  if (answered(document, request)) return { code: 'answered', message: 'They have answered' };
  if (move === 'remind') return undefined;
  const steps = stepsOf(document, request.id);
  const over = today > request.dueOn;
  if (!over) return { code: 'too-early', message: 'Their time to answer is not over' };
  if (!steps.some((s) => s.move === 'remind'))
    return { code: 'not-reminded', message: 'They have not been reminded: do that first' };
  if (move === 'escalate') return undefined;
  const without = guards.find(({ check }) => check === 'scoping')?.without;
  if (!without)
    return { code: 'not-allowed', message: 'The version of its kind that this review follows waits for every answer' };
  const escalated = steps.find((s) => s.move === 'escalate');
  if (!escalated)
    return { code: 'not-escalated', message: 'Those who lead the agency have not been asked: do that first' };
  const from = dueDay({ unit: 'workingDay', value: without.workingDays, mode: 'after' }, escalated.on);
  return from === null || today > from
    ? undefined
    : { code: 'too-early', message: `Those who lead the agency have ${without.workingDays} working days to answer` };
}

/** The agencies that were asked last and have not answered, with who went on without them and why. Pure. */
export function unansweredAgencies(document: ReviewDocument): UnansweredAgency[] {
  return lastAsked(document.scoping ?? [])
    .filter((request) => !answered(document, request))
    .map(({ id, orgId, dueOn }) => {
      const step = stepsOf(document, id).findLast(({ move }) => move === 'go-on');
      return { orgId, dueOn, decider: step?.who ?? null, reason: step?.text ?? null };
    });
}

/** How a request stands on a civil day. What came late stays late, and what the review did not wait for is said. */
export interface ScopingStanding extends ScopingRequest {
  readonly answer: string | null;
  readonly answeredOn: string | null;
  readonly text: string | null;
  readonly status: 'running' | 'overdue' | 'met' | 'metLate' | 'goneOn';
  readonly steps: readonly ScopingStep[];
  /** What can be done about it now. */
  readonly moves: readonly ScopingMove[];
}

export function scopingStanding(
  kind: Pick<ReviewKind, 'guards'>,
  document: ReviewDocument,
  request: ScopingRequest,
  today: string,
): ScopingStanding {
  const found = returnOf(document, request.id);
  const replied = answered(document, request) ? found : undefined;
  const steps = stepsOf(document, request.id);
  const late = (replied?.on ?? today) > request.dueOn;
  const gone = steps.some(({ move }) => move === 'go-on');
  const status = replied ? (late ? 'metLate' : 'met') : gone ? 'goneOn' : late ? 'overdue' : 'running';
  const moves = (['remind', 'escalate', 'go-on'] as const).filter(
    (move) => !(move === 'go-on' && gone) && chaseProblem(kind, document, request, move, today) === undefined,
  );
  return {
    ...request,
    answer: found?.answer ?? null,
    answeredOn: found?.on ?? null,
    text: found?.text ?? null,
    ...{ status, steps, moves },
  };
}

/** The last day of what is waited for next: of agencies that were asked and stand in the way of the step that their answers are for. Pure. */
export function scopingDue({ guards }: Pick<ReviewKind, 'guards'>, document: ReviewDocument): string | undefined {
  const guard = guards.find(({ check }) => check === 'scoping');
  const open = new Set(guard ? scopingLacks(document, guard).open : []);
  return requestsOf(document)
    .filter(({ orgId }) => open.has(orgId))
    .map(({ dueOn }) => dueOn)
    .sort()[0];
}
