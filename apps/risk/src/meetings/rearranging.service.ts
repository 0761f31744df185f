import { instantOn } from '@concordat/clocks';
import { Invalid, MeetingCancelled, MeetingRearranged, newId, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { daysOf, named, type Forum } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumAsOf, forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { mustBeOpen, notOpen } from '../meeting';
import { lockedMeeting, type Meeting } from '../meetings.repository';
import { tellMinutes } from '../minutes-due';
import { wrongRearrangement } from '../rearrangement';
import { endResearchCalls, moveResearchCalls } from '../research-calls.repository';
import { listWaiting } from '../waiting.repository';
import { CancelMeetingDto, RearrangeMeetingDto } from './meetings.dto';
import { cancelMeeting, rearrangeMeeting } from './rearranged.repository';

/** Meetings that are not held, or at another time or place, as long as none of their cases was opened. Everybody named is told. */
@Injectable()
export class RearrangingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  /** Its cases go to the next meeting that is planned, or wait for it; no case is lost, whoever may see it. */
  async cancel(call: Call, id: string) {
    const act = { action: 'meeting.cancel', call, objects: [{ t: 'meeting' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const meeting = await lockedMeeting(tx, id);
      const forum = await forumById(tx, meeting.forumId);
      expectVersion(call, 'meeting', meeting.version);
      demandLead(tx, 'meeting.cancel', forum);
      const { reason } = valid(CancelMeetingDto, call.body);
      mustBeOpen(meeting.state, 'cancel');
      const { version, cleared } = await cancelMeeting(tx, meeting, reason.trim());
      const listed = await listWaiting(tx, forum.id, this.kinds.of(forum.kind, tx.now));
      await endResearchCalls(tx, forum, { meetingId: id });
      if (isIssued(meeting)) await tellMinutes(tx, forum, meeting, 'ended');
      tx.open(newId()).publish(MeetingCancelled, { ...told(meeting, forum), startsAt: begins(meeting) });
      about(tx, id, version, forum);
      return { id, version, cases: cleared, listed };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Its agenda goes with it, and its days are counted anew by the settings that it was planned by. */
  async rearrange(call: Call, id: string) {
    const act = { action: 'meeting.rearrange', call, objects: [{ t: 'meeting' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const meeting = await lockedMeeting(tx, id);
      const forum = await forumById(tx, meeting.forumId);
      expectVersion(call, 'meeting', meeting.version);
      demandLead(tx, 'meeting.rearrange', forum);
      const {
        heldOn,
        startsAt = meeting.startsAt,
        place = meeting.place,
        reason,
      } = valid(RearrangeMeetingDto, call.body);
      const is = { heldOn, startsAt, place };
      const problems = wrongRearrangement(meeting, is, tx.now);
      if (problems.length > 0) throw new Invalid(problems);
      mustBeOpen(meeting.state, 'rearrange');
      if (meeting.emergencyReason !== null)
        throw new RuleBroken('meeting.emergency-stays', 'An emergency meeting is cancelled, and another is called');
      const kind = this.kinds.of(forum.kind, tx.now);
      const settings = await forumAsOf(tx, forum.id, meeting.forumVersion);
      const days = daysOf(settings, kind, heldOn, (each) => this.kinds.packs.calendar(each));
      const version = await rearrangeMeeting(tx, meeting, is, days, reason.trim());
      await listWaiting(tx, forum.id, kind);
      await moveResearchCalls(tx, forum, id, days.researchBy);
      if (isIssued(meeting)) await tellMinutes(tx, forum, { id, minutesBy: days.minutesBy }, 'due');
      tx.open(newId()).publish(MeetingRearranged, { ...told(meeting, forum), startsAt: begins(is) });
      about(tx, id, version, forum);
      return { id, version };
    });
    return { ...done.value, receipt: done.receipt };
  }
}

/** Whether its agenda is: since then something is due by it. */
const isIssued = ({ state }: Meeting): boolean => notOpen(state, 'research') === null;
const begins = ({ heldOn, startsAt }: Pick<Meeting, 'heldOn' | 'startsAt'>): string =>
  instantOn(heldOn, startsAt).toISOString();

/** What is told, and to whom, by ids. */
const told = ({ id: meetingId, forumId }: Meeting, forum: Forum) => ({ meetingId, forumId, ...named(forum) });

function about(tx: Tx, id: string, version: number, { members }: Forum): void {
  tx.about({
    objects: [{ t: 'meeting', id, ver: String(version) }],
    recipients: members.map(({ orgId }) => ({ org: orgId, role: 'member' })),
  });
}
