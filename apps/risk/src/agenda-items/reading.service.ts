import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { itemOpen, type ItemCommand } from '../agenda-item-state';
import { isOverdue } from '../conference-action';
import { contactShown } from '../advocate-contacts.repository';
import { actionsOfItem } from '../conference-actions.repository';
import { isChair, leads, nextDay } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { agenciesIn, forumById } from '../forums.repository';
import { notOpen } from '../meeting';
import * as kept from '../meetings.repository';
import { addedTo, mergedInto } from '../referral-added.repository';
import { ResearchShares } from '../research-shares';
import { admittedTo, observersOf } from '../observers.repository';
import { presenceIn } from '../presence.repository';
import { researchOf, researchReturned, sharesFrom } from '../research.repository';
import { agencyTypes } from '../organisations.repository';
import { votesShown } from './votes-shown';

/** A case on an agenda, as whoever sits in the meeting may see it: before signing only what one's own agency holds. */
@Injectable()
export class ReadingItemsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
    private readonly shares: ResearchShares,
  ) {}

  view(call: Call, id: string) {
    return this.unit.read({ action: 'agenda-item.view', call, objects: [{ t: 'agenda-item', id }] }, async (tx) => {
      const item = await kept.itemById(tx, id);
      demand(tx.actor, 'agenda-item.view');
      const meeting = await kept.meetingById(tx, item.meetingId);
      const forum = await forumById(tx, meeting.forumId);
      const signatures = await kept.signaturesOf(tx, meeting.id);
      const signed = signatures.some((s) => s.userId === tx.actor.id);
      const inCase = await agenciesIn(tx, item.caseId);
      const [lead, today] = [leads(forum, tx.actor.id), civilDate(tx.now)];
      const nextOn = nextDay(forum.cadence, meeting.heldOn, meeting.heldOn);
      const agenda = await kept.itemsOf(tx, meeting.id);
      const at = agenda.findIndex((each) => each.id === id);
      kept.aboutItem(tx, item);
      const document = this.kinds.of(forum.kind, tx.now);
      const actions = signed ? await actionsOfItem(tx, id) : [];
      const contact = await contactShown(tx, item.referralId, document.advocate?.informs ?? '');
      const { harm, contributory, protective, notesVersion, notesBy, notesAt, rationale, decision, ...more } = item;
      const { recorded, consentBy, decidedHow, againFrom, ...told } = more;
      const presence = signed ? await presenceIn(tx, id) : [];
      const { homeAgency } = document;
      const open = (command: ItemCommand): boolean =>
        notOpen(meeting.state, command) === null && itemOpen(item.state, command);
      return {
        /** What the agency that referred has added since, when it was asked to. */
        added: await addedTo(tx, item.referralId),
        /** On what referrals rested that were merged into it. */
        merged: await mergedInto(tx, item.referralId),
        ...{ item: told, meeting, document, timeBoxMinutes: forum.timeBoxMinutes },
        forum: { id: forum.id, title: forum.title },
        /** Where it was transferred from: the area that it was heard in before. */
        origin: item.fromForum && (await forumById(tx, item.fromForum)).title,
        /** Null until the reader has signed: nobody sees a case of a meeting before (§2.4). */
        notes: signed
          ? { harm, contributory, protective, rationale, decision, recorded, consentBy, decidedHow, againFrom }
          : null,
        /** Which agencies can be the one for the area where the person lives; none where that is not asked. */
        homes: homeAgency
          ? [...(await agencyTypes(tx))].filter(([, type]) => type === homeAgency.agency).map(([orgId]) => orgId)
          : [],
        /** What was put to the vote, and what the caller may do there; null where nothing is, or before signing. */
        votes:
          signed && document.voting
            ? await votesShown(tx, { item, meeting, forum, voting: document.voting, presence, lead })
            : null,
        /** Of the first three of them: it is the version to send when they are kept. */
        summary: { version: notesVersion, by: notesBy, at: notesAt },
        nextOn: nextOn !== null && nextOn >= today ? nextOn : null,
        /** Seconds for which it has been open, by the server's clock. */
        openFor:
          item.openedAt && item.state === 'open'
            ? Math.max(0, (tx.now.getTime() - item.openedAt.getTime()) / 1_000)
            : null,
        members: forum.members.map(({ orgId }) => ({ orgId, inCase: inCase.includes(orgId) })),
        ...{ presence, signatures },
        /** Who observes the meeting and has signed, and whether a chair lets them in for this case. */
        observers: signed ? await observing(tx, meeting.id, id) : [],
        conflicts: (await kept.conflictsOf(tx, meeting.id)).filter((c) => c.itemId === id),
        ...{
          research: await this.shares.stillShown(tx, item, document.purpose, await researchOf(tx, id)),
          returned: await researchReturned(tx, id),
        },
        /** Where the contact before the meeting stands; what was said is shown as research is. */
        contact: contact && {
          ...contact.standing,
          attempts: await this.shares.stillShown(tx, item, document.purpose, contact.attempts),
        },
        /** What was decided about showing one's own agency's research to the others. */
        shares: await sharesFrom(tx, id, tx.actor.orgId ?? ''),
        actions: actions.map((action) => ({ ...action, overdue: isOverdue(action, today) })),
        next:
          agenda.slice(at + 1).find(({ state }) => state === 'listed')?.id ??
          agenda.find(({ state }) => state === 'listed')?.id ??
          null,
        may: {
          ...{ lead, signed },
          research: open('research'),
          defer: lead && open('defer'),
          open: lead && signed && open('open-case'),
          note: lead && signed && open('note'),
          hear: lead && signed && open('hear'),
          admit: signed && isChair(forum, tx.actor.id) && open('admit-observer'),
          nameHome: lead && homeAgency !== undefined && open('name-home-agency'),
          propose: signed && open('propose-action'),
        },
      };
    });
  }
}

/** Observers who have signed, and whether they are in the room for a case. */
async function observing(tx: Tx, meetingId: string, itemId: string) {
  const admitted = await admittedTo(tx, itemId);
  return (await observersOf(tx, meetingId))
    .filter(({ signedAt }) => signedAt !== null)
    .map(({ userId, orgId }) => ({
      ...{ userId, orgId },
      present: admitted.find((each) => each.userId === userId)?.present ?? false,
    }));
}
