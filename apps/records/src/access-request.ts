import { addDays, addMonths, type CivilDay } from '@concordat/clocks';
import {
  IllegalTransition,
  RuleBroken,
  type AccessItemDecision,
  type AccessRequestState,
  type AccessRequestStep,
  type FieldProblem,
} from '@concordat/contracts';

/** A time in which the clock of a request stands still: something was asked of whoever made it. Days in London. */
export interface Pause {
  readonly why: 'identity' | 'clarification';
  readonly from: CivilDay;
  readonly to: CivilDay | null;
}

/** A request for what is held about somebody, as far as its rules go. */
export interface AccessRequest {
  readonly state: AccessRequestState;
  readonly receivedOn: CivilDay;
  /** Whether it is known that whoever asks is who they say, and may ask. */
  readonly identityProven: boolean;
  readonly pauses: readonly Pause[];
  readonly extended: boolean;
  readonly preparedBy: string | null;
}

/** How long a request may take, as a pack says. */
export interface AccessClock {
  readonly months: number;
  readonly extendableByMonths: number;
}

/** What is known of the items of a request. */
export interface ItemCount {
  readonly gathered: boolean;
  readonly undecided: number;
}

/**
 * dueOn is the last day on which a request is answered in time: so many calendar months after it was received, and as many
 * days more as its clock stood still; null while it stands still (domain/information-sharing.md §8). Pure.
 */
export function dueOn(request: AccessRequest, clock: AccessClock): CivilDay | null {
  if (request.pauses.some((p) => p.to === null)) return null;
  const months = clock.months + (request.extended ? clock.extendableByMonths : 0);
  const stood = request.pauses.reduce((days, { from, to }) => days + daysBetween(from, to ?? from), 0);
  return addDays(addMonths(request.receivedOn, months), stood);
}

const DAY_MS = 86_400_000;
const daysBetween = (from: CivilDay, to: CivilDay): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The request of somebody who has just asked: its clock stands still until it is known who they are. */
export const received = (receivedOn: CivilDay, identityProven: boolean): AccessRequest => ({
  ...{ state: 'open', receivedOn, identityProven, extended: false, preparedBy: null },
  pauses: identityProven ? [] : [{ why: 'identity', from: receivedOn, to: null }],
});

/** What a step is taken with. */
export interface Taken {
  readonly by: string;
  readonly on: CivilDay;
  readonly items: ItemCount;
}

/**
 * step is the request after somebody has done something to it. Throws IllegalTransition for a step that is not open now, and
 * RuleBroken for one whose conditions are not met: nothing is prepared before it is known who asks, everything was gathered
 * and each item decided about. Pure.
 */
export function step(request: AccessRequest, what: AccessRequestStep, { by, on, items }: Taken): AccessRequest {
  const open = request.pauses.find((p) => p.to === null);
  const end = (): readonly Pause[] => request.pauses.map((p) => (p.to === null ? { ...p, to: on } : p));
  switch (what) {
    case 'prove-identity':
      mustBe(request, 'open');
      if (request.identityProven) throw illegal('The identity is proven already', request.state);
      return { ...request, identityProven: true, pauses: open?.why === 'identity' ? end() : request.pauses };
    case 'ask':
      mustBe(request, 'open');
      if (open) throw illegal('Something is asked already', request.state);
      return { ...request, pauses: [...request.pauses, { why: 'clarification', from: on, to: null }] };
    case 'answered':
      mustBe(request, 'open');
      if (open?.why !== 'clarification') throw illegal('Nothing is asked', request.state);
      return { ...request, pauses: end() };
    case 'extend':
      mustBe(request, 'open');
      if (request.extended) throw illegal('The time was extended already', request.state);
      return { ...request, extended: true };
    case 'prepare':
      mustBe(request, 'open');
      if (!request.identityProven) throw new RuleBroken('access-request.unproven', 'It is not known yet who asks');
      if (open) throw new RuleBroken('access-request.stopped', 'Something is asked that is not answered yet');
      if (!items.gathered) throw new RuleBroken('access-request.not-gathered', 'Nothing has been gathered yet');
      if (items.undecided > 0) throw new RuleBroken('access-request.undecided', 'Decide about every item first');
      return { ...request, state: 'prepared', preparedBy: by };
    case 'return':
      mustBe(request, 'prepared');
      return { ...request, state: 'open', preparedBy: null };
    case 'close':
      if (request.state !== 'prepared') mustBe(request, 'open');
      return { ...request, state: 'closed', pauses: end() };
  }
}

/** release is the request after a second person has let it go. Throws RuleBroken for whoever prepared it. Pure. */
export function release(request: AccessRequest, by: string): AccessRequest {
  mustBe(request, 'prepared');
  if (request.preparedBy === by)
    throw new RuleBroken('access-request.own', 'Somebody else must release what you prepared yourself');
  return { ...request, state: 'released' };
}

/** Throws IllegalTransition unless the request is in this state. */
export function mustBe({ state }: Pick<AccessRequest, 'state'>, wanted: AccessRequestState): void {
  if (state !== wanted) throw illegal(`This request is ${state}`, state);
}

const illegal = (message: string, state: string) => new IllegalTransition('access-request.state', message, state);

/** What somebody decides about one item. */
export interface ItemDecision {
  readonly decision: AccessItemDecision;
  readonly thirdParty: boolean;
  readonly exemption?: string;
  readonly opinion?: string;
  readonly redacted?: string;
}

/**
 * itemProblems says what is wrong with a decision about an item. What is withheld, in part or whole, has a ground; one that
 * needs a professional opinion has that too. What is about somebody else is not given as it is. Pure.
 */
export function itemProblems(
  { decision, thirdParty, exemption, opinion, redacted }: ItemDecision,
  exemptions: readonly { readonly code: string; readonly opinion?: boolean }[],
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const ground = exemptions.find((e) => e.code === exemption);
  if (exemption !== undefined && !ground)
    problems.push({ field: 'exemption', code: 'not-in-list', message: 'Select a ground' });
  if (decision !== 'give' && exemption === undefined)
    problems.push({ field: 'exemption', code: 'required', message: 'Select on which ground it is withheld' });
  if (decision === 'redact' && redacted === undefined)
    problems.push({ field: 'redacted', code: 'required', message: 'Enter what is given in its place' });
  if (ground?.opinion && opinion === undefined)
    problems.push({ field: 'opinion', code: 'required', message: 'Enter whose opinion it rests on' });
  if (decision === 'give' && thirdParty)
    problems.push({
      field: 'decision',
      code: 'access-request.third-party',
      message: 'Redact or withhold what is about somebody else',
    });
  return problems;
}
