import { demand } from '@concordat/access';
import { Conflict, Forbidden, IllegalTransition, Invalid, newId, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBe } from '../agenda-item-state';
import { castVote, heldBallot, insertBallot, lockedBallots } from '../ballots.repository';
import { leads, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import * as kept from '../meetings.repository';
import { typesOf } from '../organisations.repository';
import { demandHome, isHome } from '../panel';
import { presenceIn } from '../presence.repository';
import { NameHomeAgencyDto, PutToVoteDto, VoteDto } from './agenda-items.dto';
import { closeBefore, membersAmong } from './counting';
import { demandSigned, InSession } from './in-session';
import { changeItem, nameHome } from './written.repository';

/**
 * Votes of a panel (domain/risk-conferences.md §4): whoever leads puts a decision to the vote, each member that is there votes for
 * itself or has its vote written down, and what comes of it is counted as the decision is recorded.
 */
@Injectable()
export class VotingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly session: InSession,
    private readonly kinds: ForumKinds,
  ) {}

  /** Puts a decision to the vote; what was before it is counted as it is, or withdrawn. */
  put(call: Call, id: string) {
    const action = 'agenda-item.put-to-vote';
    return this.session.change(call, id, action, 'put-to-vote', async (tx, { item, forum }) => {
      const { decision } = valid(PutToVoteDto, call.body);
      const kind = this.kinds.of(forum.kind, tx.now);
      if (!kind.voting) throw new RuleBroken('vote.not-here', 'This forum does not vote');
      if (!kind.decisions.some((each) => each.code === decision))
        throw new Invalid([{ field: 'put', code: 'decision.unknown', message: 'Choose what is put to the vote' }]);
      mustBe(item, 'put-to-vote');
      const there = await this.there(tx, id, forum);
      demandHome(kind, item.homeOrg, there);
      const ballots = await lockedBallots(tx, id);
      await closeBefore(tx, ballots, kind, there);
      await insertBallot(tx, id, { id: newId(), ordinal: ballots.length + 1, decision });
      tx.about({ decision, rule: `${forum.kind}@${kind.version}` });
      return item.version;
    });
  }

  /** Votes for one's own agency, or, for whoever leads, writes down the vote of one that is there. */
  async vote(call: Call, id: string) {
    const act = { action: 'agenda-item.vote', call, objects: [{ t: 'agenda-item' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const item = await kept.itemById(tx, id);
      demand(tx.actor, 'agenda-item.vote');
      const forum = await forumById(tx, item.forumId);
      const { ballot, choice, orgId = tx.actor.orgId ?? '' } = valid(VoteDto, call.body);
      await kept.mustStandOpen(tx, item.meetingId, 'vote');
      demandSigned(tx, await kept.signaturesOf(tx, item.meetingId));
      if (orgId !== tx.actor.orgId && !leads(forum, tx.actor.id))
        throw new Forbidden('vote.forbidden', 'Vote for your own agency', ['organisation.not-owner']);
      mustBe(item, 'vote');
      const there = await this.there(tx, id, forum);
      if (!there.includes(orgId))
        throw new RuleBroken('vote.not-there', 'Only members who are there for this case vote on it');
      demandHome(this.kinds.of(forum.kind, tx.now), item.homeOrg, there);
      const open = await heldBallot(tx, id);
      if (!open) throw new IllegalTransition('vote.nothing-put', 'Nothing is put to the vote', 'none');
      if (open !== ballot) throw new Conflict('vote.changed', 'Something else was put to the vote meanwhile', {});
      await castVote(tx, open, orgId, choice);
      kept.aboutItem(tx, item);
      tx.about({ decision: choice, recipients: [{ org: orgId, role: 'member' }] });
      return { id, version: item.version };
    });
    this.session.changed(id);
    return { ...done.value, receipt: done.receipt };
  }

  /** Says which agency is the one for the area where the person lives now. */
  nameHome(call: Call, id: string) {
    const action = 'agenda-item.name-home-agency';
    return this.session.change(call, id, action, 'name-home-agency', async (tx, { item, forum }) => {
      const { orgId } = valid(NameHomeAgencyDto, call.body);
      const { homeAgency } = this.kinds.of(forum.kind, tx.now);
      if (!homeAgency) throw new RuleBroken('home-agency.not-here', 'This forum does not ask for it');
      if (!isHome(homeAgency, orgId, await typesOf(tx)))
        throw new Invalid([
          { field: 'homeOrg', code: 'organisation.not-of-kind', message: `Choose: ${homeAgency.title}` },
        ]);
      mustBe(item, 'name-home-agency');
      await nameHome(tx, item.referralId, orgId);
      tx.about({ recipients: [{ org: orgId, role: 'home-agency' }] });
      return changeItem(tx, item, {});
    });
  }

  private async there(tx: Tx, itemId: string, forum: Forum): Promise<string[]> {
    const present = (await presenceIn(tx, itemId)).filter((p) => p.present);
    return membersAmong(
      present.map((p) => p.orgId),
      forum,
    );
  }
}
