import { civilDate } from '@concordat/clocks';
import { IllegalTransition, RuleBroken, type ReviewActionState } from '@concordat/contracts';
import { dueOf, type Recommendation, type RecommendationBrief, type ReviewAction } from './recommendation';

/** What can be done to an action, and to whom it is given. */
export const actionMoves = {
  accept: { from: ['PROPOSED'], to: 'ACCEPTED', by: 'lead' },
  start: { from: ['ACCEPTED', 'RETURNED'], to: 'IN_PROGRESS', by: 'lead' },
  claim: { from: ['IN_PROGRESS'], to: 'CLAIMED_DONE', by: 'lead' },
  verify: { from: ['CLAIMED_DONE'], to: 'VERIFIED', by: 'second-person' },
  return: { from: ['CLAIMED_DONE'], to: 'RETURNED', by: 'second-person' },
  close: { from: ['VERIFIED'], to: 'CLOSED', by: 'coordinator' },
  'not-pursue': { from: ['PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED'], to: 'NOT_PURSUED', by: 'coordinator' },
  supersede: { from: ['PROPOSED', 'ACCEPTED', 'IN_PROGRESS', 'RETURNED'], to: 'SUPERSEDED', by: 'coordinator' },
} as const satisfies Record<string, Move>;
export type ActionMove = keyof typeof actionMoves;

interface Move {
  readonly from: readonly ReviewActionState[];
  readonly to: ReviewActionState;
  readonly by: 'lead' | 'second-person' | 'coordinator';
}

/** States in which nothing more is asked of an action before its review is closed. */
const SETTLED: ReadonlySet<ReviewActionState> = new Set(['VERIFIED', 'CLOSED', 'SUPERSEDED', 'NOT_PURSUED']);
export const isSettled = ({ state }: { readonly state: ReviewActionState }): boolean => SETTLED.has(state);

/** movesOf is what can be done to an action as it stands, whoever would do it. Pure. */
export const movesOf = ({ state }: Pick<ReviewAction, 'state'>): ActionMove[] =>
  (Object.keys(actionMoves) as ActionMove[]).filter((move) =>
    (actionMoves[move].from as readonly ReviewActionState[]).includes(state),
  );

/**
 * stateAfter is the state of an action after a move.
 * @throws IllegalTransition `review-action.move-not-open` if it cannot be done as the action stands
 */
export function stateAfter(action: Pick<ReviewAction, 'state'>, move: ActionMove): ReviewActionState {
  if (!movesOf(action).includes(move))
    throw new IllegalTransition(
      'review-action.move-not-open',
      'This cannot be done as the action stands now',
      action.state,
    );
  return actionMoves[move].to;
}

/** Who each person's manager is, as far as their agencies have said. */
export type Managers = ReadonlyMap<string, string | null>;

/** Whether one of two people answers for the other, at any distance. A circle of managers ends the search. Pure. */
export function inOneLine(a: string, b: string, managers: Managers): boolean {
  return leadsTo(a, b, managers) || leadsTo(b, a, managers);
}

function leadsTo(from: string, to: string, managers: Managers): boolean {
  const met = new Set<string>();
  for (let at: string | null = from; at !== null && !met.has(at); at = managers.get(at) ?? null) {
    if (at === to) return true;
    met.add(at);
  }
  return false;
}

/**
 * demandSecondPerson lets through who may judge a claim: neither the lead nor whoever claimed it, and outside the line of
 * both (domain/statutory-reviews.md §9). Pure.
 * @throws RuleBroken `review-action.own-claim` or `review-action.own-line`
 */
export function demandSecondPerson(action: ReviewAction, who: string, managers: Managers): void {
  const claimant = action.claims.at(-1)?.by;
  const doers = [action.leadId, ...(claimant ? [claimant] : [])];
  if (doers.includes(who))
    throw new RuleBroken('review-action.own-claim', 'Somebody else must look at what you have done or claimed');
  if (doers.some((doer) => inOneLine(who, doer, managers)))
    throw new RuleBroken('review-action.own-line', 'Somebody outside the line of whoever did it must look at it');
}

/** How late an action is, in civil days. */
export interface ActionLateness {
  readonly due: string;
  readonly original: string;
  /** Past the date that was last agreed, and not claimed to be done. */
  readonly overdue: boolean;
  /** Days past the original date: until it was claimed, or until today. 0 when it is in time. */
  readonly daysLate: number;
}

/** latenessOf says how late an action is on a civil day; a revised date does not hide it. Pure. */
export function latenessOf(action: ReviewAction, today: string): ActionLateness {
  const { due, original } = dueOf(action);
  const open = !isSettled(action) && action.state !== 'CLAIMED_DONE';
  const claimed = action.claims.at(-1)?.at;
  const done = claimed && action.ending === null ? civilDate(new Date(claimed)) : original;
  const daysLate = Math.max(0, daysFrom(original, open ? today : done));
  return { due, original, overdue: open && due < today, daysLate };
}

/** May actions be added: only to what its owner has accepted, wholly or in part. */
export function demandAccepted({ document }: Recommendation): void {
  const response = document.answers.at(-1)?.response;
  if (response !== 'accepted' && response !== 'partly')
    throw new RuleBroken('recommendation.not-accepted', 'The recommendation is not accepted');
}

/** Recommendations that nobody has answered, as `R2`. Pure. */
export const unanswered = (all: readonly RecommendationBrief[]): string[] =>
  all.filter(({ response }) => response === null).map(({ number }) => `R${number}`);

/**
 * unsettled names what keeps a review from being closed: recommendations without an answer or an action, and actions that
 * nobody has verified, closed, or ended with a reason and an approver. A national one is settled when the response of the
 * department is recorded, which is not the same as done. Pure.
 */
export function unsettled(all: readonly RecommendationBrief[]): string[] {
  return all.flatMap(({ number, level, response, responded, actions }) => {
    const name = `R${number}`;
    if (response === null) return [`${name} (not answered)`];
    if (response === 'rejected') return [];
    const open = actions.filter((action) => !isSettled(action)).map((a) => `${name}.${a.number} (${inWords(a.state)})`);
    if (actions.length > 0 || (level === 'national' && responded)) return open;
    return [`${name} (${level === 'national' ? 'no response' : 'no action'})`];
  });
}

const inWords = (state: ReviewActionState): string => state.toLowerCase().replaceAll('_', ' ');

const daysFrom = (first: string, last: string): number => (Date.parse(last) - Date.parse(first)) / 86_400_000;
