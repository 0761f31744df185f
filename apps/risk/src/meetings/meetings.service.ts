import { demand } from '@concordat/access';
import { instantOn } from '@concordat/clocks';
import {
  AgendaIssued,
  Conflict,
  Invalid,
  MeetingStatementSigned,
  MinutesIssued,
  newId,
  RuleBroken,
} from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isOrderOf } from '../agenda';
import { actionsLeft } from '../conference-actions.repository';
import { lapsedBefore } from '../flags.repository';
import { isChair, leads, named, sitsOn, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import { demandChair, demandLead } from '../leading';
import { meetingCalendar } from '../meeting-calendar';
import { lacking, mustBeOpen, notOpen, stepIn, stepped } from '../meeting';
import * as kept from '../meetings.repository';
import { tellMinutes } from '../minutes-due';
import { observersOf, signAsObserver } from '../observers.repository';
import { callForResearch } from '../research-calls.repository';
import { OrderAgendaDto, SignMeetingDto, StepMeetingDto } from './meetings.dto';
import { noticesOf } from './rearranged.repository';
import { approveMinutes, declareConflict, moveMeeting, orderItems, signMeeting } from './written.repository';

/** A meeting from its plan to its end: its agenda, who is there, and the steps that it takes. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  view(call: Call, id: string) {
    return this.unit.read({ action: 'meeting.view', call, objects: [{ t: 'meeting', id }] }, async (tx) => {
      const meeting = await kept.meetingById(tx, id);
      demand(tx.actor, 'meeting.view');
      const forum = await forumById(tx, meeting.forumId);
      const items = await kept.itemsOf(tx, id);
      const facts = await kept.factsOf(tx, meeting);
      const signatures = await kept.signaturesOf(tx, id);
      const member = sitsOn(forum, tx.actor.id, tx.actor.orgId);
      const left = member ? await actionsLeft(tx, meeting.forumId, id) : [];
      const observers = await observersOf(tx, id);
      tx.about({
        subjects: [
          ...items.flatMap((i) => [i.subjectId, ...i.otherIds, ...i.childIds]),
          ...left.map((a) => a.subjectId),
        ],
        objects: items.map((item) => ({ t: 'agenda-item' as const, id: item.id, ver: String(item.version) })),
      });
      const lapsed =
        member && meeting.emergencyReason === null ? await lapsedBefore(tx, meeting.forumId, meeting.heldOn) : [];
      tx.about({
        subjects: lapsed.map((each) => each.subjectId),
        objects: lapsed.map(({ caseId }) => ({ t: 'case' as const, id: caseId })),
      });
      const answering = await kept.answeringOn(tx, id);
      const answeredOf = (itemId: string) => {
        const { returned = [], inCase = [] } = answering.get(itemId) ?? {};
        // Members without a part in the case are not asked about it; who has left since they answered did answer.
        const could = new Set([...inCase, ...returned]);
        return { returned, asked: forum.members.filter(({ orgId }) => could.has(orgId)).length };
      };
      const step = stepIn(meeting.state);
      const open = items.filter(({ state }) => state !== 'deferred').length;
      return {
        ...{
          // Why a case could not wait tells of it: an observer is told when and where, and what is read aloud.
          meeting: member ? meeting : { ...meeting, emergencyReason: meeting.emergencyReason && 'Emergency' },
          forum: { id: forum.id, title: forum.title, kind: forum.kind, members: forum.members, chairs: forum.chairs },
        },
        ...{
          quorum: meeting.quorum ?? forum.quorum,
          timeBoxMinutes: forum.timeBoxMinutes,
          signatures,
          actionsLeft: left,
        },
        items: items.map((item) => ({ ...item, ...answeredOf(item.id) })),
        /** Which cases another kind of forum is for, as referrals answer it. */
        diverts: this.kinds.of(forum.kind, tx.now).diverts ?? [],
        conflicts: await kept.conflictsOf(tx, id),
        /** Null unless the caller observes the meeting, and sees nothing of what it is about. */
        observing: member ? null : { signedAt: observers[0]?.signedAt ?? null },
        observers,
        /** That it was cancelled or rearranged, and why. */
        notices: await noticesOf(tx, id),
        /** The twelve-month list: cases whose window has passed since the meeting before. */
        lapsed,
        /** Cases that the caller may not see; only whoever leads is told that there are any. */
        hidden: leads(forum, tx.actor.id) ? facts.items - open : 0,
        step: step && { do: step, lacking: lacking(step, facts)?.message ?? null },
        may: this.may(tx, meeting, forum, member ? signatures : observers.filter((o) => o.signedAt !== null)),
      };
    });
  }

  /** An invitation for the caller, as long as the agenda is, and an hour at least; or what takes it back. */
  calendar(call: Call, id: string) {
    return this.unit.read({ action: 'meeting.view', call, objects: [{ t: 'meeting', id }] }, async (tx) => {
      const meeting = await kept.meetingById(tx, id);
      demand(tx.actor, 'meeting.view');
      const { timeBoxMinutes } = await forumById(tx, meeting.forumId);
      const { items } = await kept.factsOf(tx, meeting);
      const starts = instantOn(meeting.heldOn, meeting.startsAt);
      const ends = new Date(starts.getTime() + Math.max(60, items * timeBoxMinutes) * 60_000);
      const { version, place, forumId } = meeting;
      const told = { id, starts, ends, place, organiser: forumId, attendee: tx.actor.id, sequence: version - 1 };
      const method = meeting.state === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const);
      return { text: meetingCalendar({ ...told, method }, tx.now), method };
    });
  }

  async step(call: Call, id: string) {
    const done = await this.unit.run(
      { action: 'meeting.advance', call, objects: [{ t: 'meeting', id }] },
      async (tx) => {
        const { meeting, forum } = await this.open(tx, id);
        expectVersion(call, 'meeting', meeting.version);
        const { do: step, statementRead } = valid(StepMeetingDto, call.body);
        if (step === 'open-session' || step === 'issue-minutes') demandChair(tx, 'meeting.advance', forum);
        else demandLead(tx, 'meeting.advance', forum);
        const state = stepped(meeting.state, step, await kept.factsOf(tx, meeting));
        if (step === 'open-session' && !statementRead)
          throw new Invalid([
            {
              field: 'statementRead',
              code: 'required',
              message: 'Read the statement aloud, then confirm that you have',
            },
          ]);
        const version = await moveMeeting(tx, meeting, step, state);
        const issued = step === 'issue-agenda' ? AgendaIssued : step === 'issue-minutes' ? MinutesIssued : null;
        if (issued) {
          const startsAt = instantOn(meeting.heldOn, meeting.startsAt).toISOString();
          tx.open(newId()).publish(issued, { meetingId: id, forumId: forum.id, startsAt, ...named(forum) });
          tx.about({ recipients: forum.members.map(({ orgId }) => ({ org: orgId, role: 'member' })) });
        }
        if (step === 'issue-agenda') await callForResearch(tx, forum, meeting);
        // Told once more as the session ends: of what was issued before it was told at all.
        if (step === 'issue-agenda' || step === 'end-session') await tellMinutes(tx, forum, meeting, 'due');
        if (step === 'issue-minutes') await tellMinutes(tx, forum, meeting, 'issued');
        tx.about({ objects: [{ t: 'meeting', id, ver: String(version) }], decision: state });
        return { id, version, status: state };
      },
    );
    return { ...done.value, receipt: done.receipt };
  }

  async order(call: Call, id: string) {
    const done = await this.unit.run({ action: 'meeting.order', call, objects: [{ t: 'meeting', id }] }, async (tx) => {
      const { meeting, forum } = await this.open(tx, id);
      expectVersion(call, 'meeting', meeting.version);
      demandLead(tx, 'meeting.order', forum);
      const { items } = valid(OrderAgendaDto, call.body);
      mustBeOpen(meeting.state, 'order');
      // Somebody whose case came onto it, or left it, since they looked would lose it.
      if (!isOrderOf(items, await kept.itemsOf(tx, id)))
        throw new Conflict('meeting.changed', 'The agenda has changed since you looked at it', {
          currentVersion: meeting.version,
        });
      return { id, version: await orderItems(tx, meeting, items) };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Signs the statement, and says in which cases one has a conflict: from then on those are hidden from whoever said so. */
  async sign(call: Call, id: string) {
    const done = await this.unit.run({ action: 'meeting.sign', call, objects: [{ t: 'meeting', id }] }, async (tx) => {
      const meeting = await kept.meetingById(tx, id);
      demand(tx.actor, 'meeting.sign');
      const { agreed, noConflict, conflicts = [] } = valid(SignMeetingDto, call.body);
      const member = sitsOn(await forumById(tx, meeting.forumId), tx.actor.id, tx.actor.orgId);
      if (member) await kept.mustStandOpen(tx, id, 'sign');
      else mustBeOpen(meeting.state, 'sign');
      if (!agreed) throw new Invalid([{ field: 'agreed', code: 'required', message: 'Sign, or leave the meeting' }]);
      if (!member) return this.signObserving(tx, meeting);
      if ((noConflict ?? false) === conflicts.length > 0)
        throw new Invalid([
          {
            field: 'noConflict',
            code: 'required',
            message: 'Say in which cases you have a conflict of interest, or that you have none',
          },
        ]);
      const items = await kept.itemsOf(tx, id);
      if (!conflicts.every(({ itemId }) => items.some((item) => item.id === itemId)))
        throw new RuleBroken(
          'conflict.unknown-case',
          'This case is not on the agenda, or you have declared this before',
        );
      await signMeeting(tx, id);
      await this.tell(tx, meeting);
      for (const { itemId, reason } of conflicts) await declareConflict(tx, id, itemId, reason.trim());
      tx.about({
        objects: [
          { t: 'meeting' as const, id },
          ...conflicts.map(({ itemId }) => ({ t: 'agenda-item' as const, id: itemId })),
        ],
        decision: conflicts.length > 0 ? 'signed-with-conflict' : 'signed',
      });
      return { id, version: meeting.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** An observer signs for themselves. It makes no meeting quorate, and nothing is shared as at that meeting by it. */
  private async signObserving(tx: Tx, { id, version }: kept.Meeting) {
    await signAsObserver(tx, id);
    tx.about({ objects: [{ t: 'meeting', id }], decision: 'signed-as-observer' });
    return { id, version };
  }

  /**
   * Tells that the caller has signed, each time that they do: an agreement that has a new version since asks for another signature. Each
   * is a record of its own, so that nobody waits for anybody else's.
   */
  private async tell(tx: Tx, { id: meetingId, forumId }: kept.Meeting): Promise<void> {
    const { kind } = await forumById(tx, forumId);
    tx.open(newId()).publish(MeetingStatementSigned, {
      ...{ meetingId, forumId, userId: tx.actor.id, orgId: tx.actor.orgId! },
      ...{ purpose: this.kinds.of(kind, tx.now).purpose, signedAt: tx.now.toISOString() },
    });
  }

  async approve(call: Call, id: string) {
    const done = await this.unit.run(
      { action: 'meeting.approve-minutes', call, objects: [{ t: 'meeting', id }] },
      async (tx) => {
        const { meeting, forum } = await this.open(tx, id);
        expectVersion(call, 'meeting', meeting.version);
        demandChair(tx, 'meeting.approve-minutes', forum);
        mustBeOpen(meeting.state, 'approve-minutes');
        return { id, version: await approveMinutes(tx, meeting) };
      },
    );
    return { ...done.value, receipt: done.receipt };
  }

  private async open(tx: Tx, id: string): Promise<{ meeting: kept.Meeting; forum: Forum }> {
    const meeting = await kept.lockedMeeting(tx, id);
    return { meeting, forum: await forumById(tx, meeting.forumId) };
  }

  private may(
    tx: Tx,
    { state, approvedAt, emergencyReason }: kept.Meeting,
    forum: Forum,
    signatures: readonly { readonly userId: string }[],
  ) {
    const [lead, chair] = [leads(forum, tx.actor.id), isChair(forum, tx.actor.id)];
    const step = stepIn(state);
    const forChair = step === 'open-session' || step === 'issue-minutes';
    return {
      ...{ lead, chair },
      step: step !== null && (forChair ? chair : lead),
      order: lead && notOpen(state, 'order') === null,
      observers: lead && notOpen(state, 'name-observer') === null,
      cancel: lead && notOpen(state, 'cancel') === null,
      rearrange: lead && emergencyReason === null && notOpen(state, 'rearrange') === null,
      sign: notOpen(state, 'sign') === null && !signatures.some((s) => s.userId === tx.actor.id),
      approve: chair && notOpen(state, 'approve-minutes') === null && approvedAt === null,
      readMinutes:
        notOpen(state, 'read-minutes') === null &&
        sitsOn(forum, tx.actor.id, tx.actor.orgId) &&
        (lead || state !== 'minutes-draft'),
    };
  }
}
