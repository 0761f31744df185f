import { RuleBroken, type DecidedHow, type VoteChoice, type VoteOutcome } from '@concordat/contracts';
import type { ForumKind } from '@concordat/packs';

/** How a forum votes, by the pack. */
export type VotingRule = Pick<NonNullable<ForumKind['voting']>, 'moreThanPercent' | 'otherwise'>;
/** The vote of a member. A member is an agency, whoever of it is there. */
export interface Vote {
  readonly orgId: string;
  readonly choice: VoteChoice;
}
export interface VoteCount {
  /** Members who are there for this case. */
  readonly present: number;
  readonly for: number;
  readonly against: number;
  readonly abstained: number;
  /** Of those who are there: how many have not voted. */
  readonly missing: number;
}

/** countOf counts the votes of members who are there; who has left, or was never there, counts for nothing. Pure. */
export function countOf(present: readonly string[], votes: readonly Vote[]): VoteCount {
  const members = new Set(present);
  const counted = votes.filter(({ orgId }) => members.has(orgId));
  const of = (choice: VoteChoice): number => counted.filter((vote) => vote.choice === choice).length;
  return {
    ...{ present: members.size, for: of('for'), against: of('against'), abstained: of('abstain') },
    missing: members.size - counted.length,
  };
}

/**
 * resultOf is what a vote comes to once everybody who is there has voted; null before. A majority is of all members who are there,
 * those who abstain among them (s.37 of the 2015 Act; domain/risk-conferences.md §4). Pure.
 */
export function resultOf(count: VoteCount, { moreThanPercent, otherwise }: VotingRule): VoteOutcome | null {
  if (count.missing > 0 || count.present === 0) return null;
  if (count.for === count.present) return 'unanimous';
  if (count.for * 100 > moreThanPercent * count.present) return 'majority';
  if (count.against * 100 > moreThanPercent * count.present) return 'rejected';
  return otherwise === 'chair' ? 'no-majority' : 'rejected';
}

/** What is put to the vote in a case, and what came of it so far. */
export interface Put {
  readonly decision: string;
  readonly result: VoteOutcome | null;
}

/**
 * mayDecide says how a decision came about.
 * @throws RuleBroken unless the members who are there have carried it, or have left it to the chair and a chair decides
 */
export function mayDecide(decision: string, put: Put | null, chairs: boolean): DecidedHow {
  if (!put) throw new RuleBroken('vote.none', 'Put the decision to the vote first');
  if (put.result === null) throw new RuleBroken('vote.open', 'Not every member who is there has voted');
  if (put.result === 'no-majority') {
    if (!chairs) throw new RuleBroken('vote.chair-decides', 'There is no majority: a chair decides');
    return 'chair';
  }
  if (put.result !== 'unanimous' && put.result !== 'majority')
    throw new RuleBroken('vote.rejected', 'The members who are there rejected it. Put another decision to the vote');
  if (decision !== put.decision)
    throw new RuleBroken('vote.carried-other', 'The members who are there carried another');
  return put.result;
}
