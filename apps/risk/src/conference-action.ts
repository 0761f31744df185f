import { Forbidden, IllegalTransition, type ActionState, type ActionStep } from '@concordat/contracts';

/**
 * What of an agency's actions is asked for, and in which order: by the day they are due, or those that moved last first.
 * `before-meeting`: open and due by the day on which their forum meets next.
 */
export const actionLists = ['open', 'before-meeting', 'overdue', 'ended', 'all'] as const;
export type ActionList = (typeof actionLists)[number];
/** Whose actions are asked for: those of one's own agency, of forums that one leads, or either. */
export const actionsOf = ['own', 'led', 'any'] as const;
export type ActionsOf = (typeof actionsOf)[number];
export const actionSorts = ['due', '-due', '-changed'] as const;
export type ActionSort = (typeof actionSorts)[number];

interface Move {
  readonly from: readonly ActionState[];
  readonly to: ActionState;
  /** Whether it says in words what came of it, or why not. */
  readonly words: boolean;
  /** The agency that is to do it, or whoever leads the meeting. */
  readonly by: 'owner' | 'lead';
}

/** Of an action (domain/risk-conferences.md §7). That it could not be done and that it was not done are two ends of their own. */
const MOVES: Readonly<Record<ActionStep, Move>> = {
  accept: { from: ['proposed'], to: 'accepted', words: false, by: 'owner' },
  begin: { from: ['accepted'], to: 'in-progress', words: false, by: 'owner' },
  complete: { from: ['accepted', 'in-progress'], to: 'done', words: true, by: 'owner' },
  'not-possible': { from: ['proposed', 'accepted', 'in-progress'], to: 'not-possible', words: true, by: 'owner' },
  'not-done': { from: ['proposed', 'accepted', 'in-progress'], to: 'not-done', words: true, by: 'owner' },
  escalate: { from: ['proposed', 'not-done'], to: 'escalated', words: true, by: 'lead' },
};

/** States from which nothing more is expected here. What was not done is none of them until it was escalated. */
const ENDS: ReadonlySet<ActionState> = new Set(['done', 'not-possible', 'escalated']);
export const hasEnded = (state: ActionState): boolean => ENDS.has(state);

/** Whether an action's day has passed while it has not come to an end. Derived, never stored. */
export const isOverdue = (action: { readonly state: ActionState; readonly dueOn: string }, today: string): boolean =>
  !hasEnded(action.state) && action.dueOn < today;

/** Whether a step says in words what came of it, or why not: nothing closes in silence. */
export const needsWords = (step: ActionStep): boolean => MOVES[step].words;

/** Steps that are open, for the agency that owns an action or for whoever leads its forum. */
export const stepsOpen = (state: ActionState, as: { readonly owner: boolean; readonly lead: boolean }): ActionStep[] =>
  (Object.keys(MOVES) as ActionStep[]).filter((step) => MOVES[step].from.includes(state) && as[MOVES[step].by]);

/**
 * advanced is the state to which a step leads.
 * @throws Forbidden unless it is for the owner, or for whoever leads, to take
 * @throws IllegalTransition (409) when it is not open in the state
 */
export function advanced(
  state: ActionState,
  step: ActionStep,
  as: { readonly owner: boolean; readonly lead: boolean },
): ActionState {
  const move = MOVES[step];
  if (!as[move.by])
    throw new Forbidden('conference-action.forbidden', 'You may not do this', [
      move.by === 'owner' ? 'organisation.not-owner' : 'forum.not-lead',
    ]);
  if (!move.from.includes(state))
    throw new IllegalTransition('conference-action.step-not-open', 'This is not open where the action stands', state);
  return move.to;
}
