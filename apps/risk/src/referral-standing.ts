import { Forbidden, IllegalTransition, type ReferralStanding, type ReferralStep } from '@concordat/contracts';

/** Who takes a step: whoever leads the forum, the agency that referred, or a chair who has not refused it. */
type By = 'lead' | 'referrer' | 'other-chair';
interface Move {
  readonly from: readonly ReferralStanding[];
  readonly to: ReferralStanding;
  readonly by: By;
}

/**
 * What becomes of a referral before it is heard (domain/risk-conferences.md §2.2, §7). It counts as accepted until somebody says
 * otherwise, so that nobody waits to be read; one that is not accepted says why and what to do instead, and can be challenged once.
 * The agency that referred may withdraw it, with the reason, until others prepare for it. One about the same matter as another is
 * merged into that by whoever leads: the case is heard once.
 */
const MOVES: Readonly<Record<ReferralStep, Move>> = {
  return: { from: ['submitted'], to: 'returned', by: 'lead' },
  complete: { from: ['returned'], to: 'submitted', by: 'referrer' },
  'not-accept': { from: ['submitted'], to: 'not-accepted', by: 'lead' },
  challenge: { from: ['not-accepted'], to: 'challenged', by: 'referrer' },
  accept: { from: ['challenged'], to: 'submitted', by: 'other-chair' },
  uphold: { from: ['challenged'], to: 'refused', by: 'other-chair' },
  withdraw: { from: ['submitted', 'returned', 'not-accepted', 'challenged'], to: 'withdrawn', by: 'referrer' },
  merge: { from: ['submitted', 'returned'], to: 'merged', by: 'lead' },
};

/** Who is asking, as far as it decides which steps are theirs. */
export interface Asker {
  readonly lead: boolean;
  readonly referrer: boolean;
  readonly chair: boolean;
  /** Whether they are who did not accept it. */
  readonly refuser: boolean;
}
const isTheirs = (by: By, { lead, referrer, chair, refuser }: Asker): boolean =>
  by === 'lead' ? lead : by === 'referrer' ? referrer : chair && !refuser;

/** Steps that are open to somebody. Pure, as everything here. */
export const referralSteps = (standing: ReferralStanding, asker: Asker): ReferralStep[] =>
  (Object.keys(MOVES) as ReferralStep[]).filter(
    (step) => MOVES[step].from.includes(standing) && isTheirs(MOVES[step].by, asker),
  );

/** Whether a step takes a referral off what is to be heard, where it stands there, or puts it back. */
export const leaves = (standing: ReferralStanding, step: ReferralStep): boolean =>
  standing === 'submitted' && MOVES[step].from.includes(standing);
export const returns = (step: ReferralStep): boolean => MOVES[step].to === 'submitted';

/** A referral as far as it decides what another may be merged into. */
export interface Mergeable {
  readonly id: string;
  readonly caseId: string;
  readonly forumId: string;
  readonly subjectId: string;
  readonly standing: ReferralStanding;
  /** Whether it was heard: what is referred after that is a referral of its own. */
  readonly heard: boolean;
}
/** Whether a referral may be merged into another: of the same person of the same case, to the same forum, and still to be heard. */
export const mergesInto = (one: Omit<Mergeable, 'heard' | 'standing'>, other: Mergeable): boolean =>
  one.id !== other.id &&
  one.caseId === other.caseId &&
  one.forumId === other.forumId &&
  one.subjectId === other.subjectId &&
  other.standing === 'submitted' &&
  !other.heard;

/**
 * standing is where a step leads.
 * @throws Forbidden unless the step is theirs to take
 * @throws IllegalTransition (409) when it is not open where the referral stands
 */
export function standingAfter(standing: ReferralStanding, step: ReferralStep, asker: Asker): ReferralStanding {
  const move = MOVES[step];
  if (!isTheirs(move.by, asker))
    throw new Forbidden('forum-referral.forbidden', 'You may not do this', [
      move.by === 'referrer' ? 'organisation.not-referrer' : 'forum.not-lead',
    ]);
  if (!move.from.includes(standing))
    throw new IllegalTransition('forum-referral.step-not-open', 'This is not open where the referral stands', standing);
  return move.to;
}
