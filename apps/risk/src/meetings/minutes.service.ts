import { demand } from '@concordat/access';
import { NotFound } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { amended } from '../amendment';
import { amendmentsOf } from '../amendments.repository';
import { ballotsOf, type Ballot } from '../ballots.repository';
import { actionsLeft, actionsOfItem } from '../conference-actions.repository';
import { leads, sitsOn } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumAsOf, forumById } from '../forums.repository';
import { mustBeOpen, notOpen } from '../meeting';
import * as kept from '../meetings.repository';
import { admittedTo, observersOf } from '../observers.repository';
import { presenceIn } from '../presence.repository';
import { ResearchShares } from '../research-shares';
import { researchOf } from '../research.repository';
import { countOf } from '../vote';

/**
 * Minutes, made from the record as the reader may see it: cases that their agency takes part in, and of research what may be shown
 * to it. Until they are issued only whoever leads the forum reads them.
 */
@Injectable()
export class MinutesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
    private readonly shares: ResearchShares,
  ) {}

  read(call: Call, id: string) {
    return this.unit.read({ action: 'meeting.read-minutes', call, objects: [{ t: 'meeting', id }] }, (tx) =>
      this.told(tx, id),
    );
  }

  /** Throws as `told` for whoever may not read minutes of the meeting. */
  async mustBeReadable(tx: Tx, id: string): Promise<void> {
    await this.readable(tx, id);
  }

  /** How many cases the caller would read of. Throws as `told`. */
  async itemsToRead(tx: Tx, id: string): Promise<number> {
    await this.readable(tx, id);
    return (await kept.itemsOf(tx, id)).length;
  }

  /** The meeting and its forum, for whoever may read minutes of it. Throws NotFound otherwise; IllegalTransition before there are any. */
  private async readable(tx: Tx, id: string) {
    const meeting = await kept.meetingById(tx, id);
    demand(tx.actor, 'meeting.read-minutes');
    const forum = await forumById(tx, meeting.forumId);
    // Minutes are of members: whoever observed has heard what a chair let them hear.
    if (!sitsOn(forum, tx.actor.id, tx.actor.orgId)) throw new NotFound('minutes');
    if (meeting.state === 'minutes-draft' && !leads(forum, tx.actor.id)) throw new NotFound('minutes');
    mustBeOpen(meeting.state, 'read-minutes');
    return { meeting, forum };
  }

  /** Minutes as far as the caller may read them, or one case of them, in the unit of work of whatever shows them. */
  async told(tx: Tx, id: string, only?: string) {
    const { meeting, forum } = await this.readable(tx, id);
    const { decisions, informs, purpose, voting, homeAgency } = this.kinds.of(forum.kind, tx.now);
    const items = [];
    const amendments = await amendmentsOf(tx, id);
    const of = (itemId: string) => amendments.filter((each) => each.itemId === itemId);
    for (const item of (await kept.itemsOf(tx, id)).filter((each) => only === undefined || each.id === only))
      items.push({
        ...item,
        /** As it reads now, with what was agreed since it was issued; before, what is kept. */
        ...amended(item, of(item.id)),
        amendments: of(item.id),
        presence: await presenceIn(tx, item.id),
        observed: (await admittedTo(tx, item.id)).filter(({ present }) => present),
        research: await this.shares.stillShown(tx, item, purpose, await researchOf(tx, item.id)),
        actions: await actionsOfItem(tx, item.id),
        ballots: voting ? (await ballotsOf(tx, item.id)).map(counted) : [],
      });
    const facts = await kept.factsOf(tx, meeting);
    tx.about({
      subjects: items.flatMap((i) => [i.subjectId, ...i.otherIds, ...i.childIds]),
      objects: items.map((item) => ({ t: 'agenda-item' as const, id: item.id, ver: String(item.version) })),
    });
    return {
      ...{ meeting, items, decisions, informs, homeAgency: homeAgency ?? null },
      /** Whether members vote: then each decision has a record of its own. */
      votes: voting !== undefined,
      forum: { id: forum.id, title: (await forumAsOf(tx, forum.id, meeting.forumVersion)).title, kind: forum.kind },
      signatures: await kept.signaturesOf(tx, id),
      observers: (await observersOf(tx, id)).filter(({ signedAt }) => signedAt !== null),
      conflicts: await kept.conflictsOf(tx, id),
      actionsLeft: only === undefined ? await actionsLeft(tx, forum.id, id) : [],
      /** How many cases were heard that are not in the minutes of this reader. */
      notShown: Math.max(0, facts.items - items.filter(({ state }) => state !== 'deferred').length),
      may: {
        approve: forum.chairs.includes(tx.actor.id) && meeting.state === 'minutes-draft' && meeting.approvedAt === null,
        issue: forum.chairs.includes(tx.actor.id) && meeting.state === 'minutes-draft' && meeting.approvedAt !== null,
        correct: leads(forum, tx.actor.id) && meeting.state === 'minutes-draft',
        amend: leads(forum, tx.actor.id) && notOpen(meeting.state, 'amend') === null,
        answer: forum.chairs.includes(tx.actor.id),
      },
    };
  }
}
export type MinutesRead = Awaited<ReturnType<MinutesService['told']>>;

/** A digest of what a reader may read: which cases, whose research of each, and what was put right. Pure. */
export const digestOf = ({ meeting, items, notShown }: MinutesRead): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ...[meeting.id, meeting.version, notShown],
        ...items.map(({ id, version, research, amendments }) => [
          ...[id, version, research.map(({ orgId }) => orgId), amendments.map((each) => [each.id, each.version])],
        ]),
      ]),
    )
    .digest('hex');

/** What was put to the vote, with its count among the members that were there. */
const counted = (ballot: Ballot) => ({ ...ballot, count: countOf(ballot.present ?? [], ballot.votes) });
