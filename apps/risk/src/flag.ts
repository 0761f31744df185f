import { addMonths, type CivilDay } from '@concordat/clocks';
import { IllegalTransition, type FlagState, type FlagStep } from '@concordat/contracts';

/** What is kept of a flag, as far as where it stands follows from it. */
export interface FlagFacts {
  /** The last civil day on which further abuse makes a repeat: the anniversary is inside. */
  readonly expiresOn: CivilDay;
  readonly confirmed: boolean;
  readonly removed: boolean;
}

/** The last day of a flag whose window runs from `anchor` (domain/risk-conferences.md §2.3). Pure, as everything here. */
export const flagUntil = (anchor: CivilDay, months: number): CivilDay => addMonths(anchor, months);

/**
 * flagState is where an agency's flag stands on a civil day. That it is over is never stored: the day after the last it is to be taken
 * off, or, where nobody has said that the file was marked, has lapsed.
 */
export function flagState({ expiresOn, confirmed, removed }: FlagFacts, today: CivilDay): FlagState {
  if (removed) return 'removed';
  if (today <= expiresOn) return confirmed ? 'confirmed' : 'requested';
  return confirmed ? 'to-remove' : 'lapsed';
}

/** The step that an agency may take: to say that its file is marked, or, once the window is over, that it is no longer. */
export const flagStep = (state: FlagState): FlagStep | null =>
  state === 'requested' ? 'confirm' : state === 'to-remove' || state === 'lapsed' ? 'remove' : null;

/** The state that a step leads to. */
export const flagTaken = (step: FlagStep): FlagState => (step === 'confirm' ? 'confirmed' : 'removed');

/** Throws IllegalTransition (409) unless the step is open: a file is not unmarked while the window runs. */
export function mustBeFlagStep(state: FlagState, step: FlagStep): void {
  if (flagStep(state) !== step)
    throw new IllegalTransition('forum-flag.step-not-open', 'This is not open where the flag stands', state);
}
