import {
  IllegalTransition,
  RuleBroken,
  type AmendmentAnswer,
  type AmendmentState,
  type MinutedPart,
} from '@concordat/contracts';

/** What is put right in the minutes of a case after they were issued. */
export interface Amendment {
  readonly part: MinutedPart;
  readonly before: string;
  readonly after: string;
  readonly state: AmendmentState;
  readonly proposedBy: string;
}
export type Minuted = Readonly<Record<MinutedPart, string>>;

/** The minutes of a case as they read now: as issued, with what was agreed since, the oldest first. Pure, as everything here. */
export const amended = (issued: Minuted, amendments: readonly Pick<Amendment, 'part' | 'after' | 'state'>[]): Minuted =>
  amendments.reduce<Minuted>((now, { part, after, state }) => (state === 'agreed' ? { ...now, [part]: after } : now), {
    harm: issued.harm,
    contributory: issued.contributory,
    protective: issued.protective,
    rationale: issued.rationale,
    recorded: issued.recorded,
  });

/**
 * Throws unless another amendment of a case may be proposed.
 * @throws IllegalTransition (409) while one waits for an answer
 * @throws RuleBroken when it would change nothing
 */
export function mayPropose(before: string, after: string, amendments: readonly Pick<Amendment, 'state'>[]): void {
  if (amendments.some(({ state }) => state === 'proposed'))
    throw new IllegalTransition('amendment.waiting', 'Another amendment of this case waits for an answer', 'proposed');
  if (before === after) throw new RuleBroken('amendment.nothing', 'The minutes say this already');
}

/**
 * answered is where an answer leads: a chair who did not propose it agrees or refuses, once.
 * @throws RuleBroken for whoever proposed it
 * @throws IllegalTransition (409) when it was answered before
 */
export function answered(
  { state, proposedBy }: Pick<Amendment, 'state' | 'proposedBy'>,
  answer: AmendmentAnswer,
  userId: string,
): AmendmentState {
  if (proposedBy === userId)
    throw new RuleBroken('amendment.own', 'Somebody else who chairs answers what you have proposed');
  if (state !== 'proposed') throw new IllegalTransition('amendment.answered', 'This was answered before', state);
  return answer === 'agree' ? 'agreed' : 'refused';
}
