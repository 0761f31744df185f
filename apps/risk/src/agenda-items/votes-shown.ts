import type { Tx } from '@concordat/messaging';
import { itemOpen } from '../agenda-item-state';
import { ballotsOf } from '../ballots.repository';
import type { Forum } from '../forum';
import { notOpen } from '../meeting';
import type { AgendaItem, Meeting } from '../meetings.repository';
import type { Presence } from '../presence.repository';
import { countOf, resultOf, type VotingRule } from '../vote';
import { membersAmong } from './counting';

interface Case {
  readonly item: AgendaItem;
  readonly meeting: Meeting;
  readonly forum: Forum;
  readonly voting: VotingRule;
  readonly presence: readonly Presence[];
  readonly lead: boolean;
}

/** What was put to the vote in a case, each with its count, and what the caller may do: put something, and vote for which members. */
export async function votesShown(tx: Tx, { item, meeting, forum, voting, presence, lead }: Case) {
  const there = membersAmong(
    presence.filter((p) => p.present).map((p) => p.orgId),
    forum,
  );
  const ballots = await ballotsOf(tx, item.id);
  const open = itemOpen(item.state, 'vote') && notOpen(meeting.state, 'vote') === null;
  return {
    ballots: ballots.map((ballot) => {
      const count = countOf(ballot.present ?? there, ballot.votes);
      return { ...ballot, count, result: ballot.outcome ?? resultOf(count, voting) };
    }),
    may: {
      put: lead && open,
      /** Members that are there, and that the caller may vote for or write the vote down of. */
      voteFor: open ? there.filter((orgId) => lead || orgId === tx.actor.orgId) : [],
    },
  };
}
