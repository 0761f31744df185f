import type { DecidedHow } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import type { ForumKind } from '@concordat/packs';
import { closeBallot, lockedBallots, type Ballot } from '../ballots.repository';
import { isChair, type Forum } from '../forum';
import type { AgendaItem } from '../meetings.repository';
import { countOf, mayDecide, resultOf } from '../vote';

interface Deciding {
  readonly kind: ForumKind;
  readonly forum: Forum;
  readonly decision: string;
  /** Agencies of people who are there. */
  readonly present: readonly string[];
}

/**
 * Counts what is put to the vote, for good, and says how the decision came about; null where the forum does not vote.
 * @throws RuleBroken as `mayDecide` does
 */
export async function decideByVote(
  tx: Tx,
  { id }: AgendaItem,
  { kind, forum, decision, present }: Deciding,
): Promise<DecidedHow | null> {
  if (!kind.voting) return null;
  const ballots = await lockedBallots(tx, id);
  const open = ballots.find(({ outcome }) => outcome === null);
  const there = membersAmong(present, forum);
  const result = open ? resultOf(countOf(there, open.votes), kind.voting) : null;
  const how = mayDecide(decision, open ? { decision: open.decision, result } : null, isChair(forum, tx.actor.id));
  await closeBallot(tx, open!.id, result!, there);
  return how;
}

/** Counts what is open as it is, because something else is put to the vote. */
export async function closeBefore(tx: Tx, ballots: readonly Ballot[], kind: ForumKind, there: readonly string[]) {
  const open = ballots.find(({ outcome }) => outcome === null);
  if (open && kind.voting)
    await closeBallot(tx, open.id, resultOf(countOf(there, open.votes), kind.voting) ?? 'withdrawn', there);
}

/** Members that are there, each once, in the order of the forum. */
export const membersAmong = (present: readonly string[], { members }: Pick<Forum, 'members'>): string[] =>
  members.map(({ orgId }) => orgId).filter((orgId) => present.includes(orgId));
