import { instantOn } from '@concordat/clocks';
import { EmergencyMeetingCalled, IllegalTransition, Invalid, newId, RuleBroken } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { emergencyQuorum, wrongCall } from '../emergency-meeting';
import { daysOf, named } from '../forum';
import { ForumKinds } from '../forum-kinds';
import { forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { tellMinutes } from '../minutes-due';
import { insertEmergency } from '../planned-meetings.repository';
import { callForResearch } from '../research-calls.repository';
import { emergencyOf, lockedReferral, unlisted } from '../screened-referrals.repository';
import { CallEmergencyDto } from './emergencies.dto';

/**
 * Emergency meetings: a case that cannot wait is heard out of the forum's rhythm, by the quorum and the notice of the pack. Its
 * agenda is issued as it is called, so that research may be returned at once; everything else is as at any meeting.
 */
@Injectable()
export class EmergenciesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly kinds: ForumKinds,
  ) {}

  async call(call: Call, id: string) {
    const objects = [{ t: 'forum-referral' as const, id }];
    const done = await this.unit.run({ action: 'meeting.call-emergency', call, objects }, async (tx) => {
      const referral = await lockedReferral(tx, id);
      expectVersion(call, 'forum-referral', referral.version);
      const forum = await forumById(tx, referral.forumId);
      demandLead(tx, 'meeting.call-emergency', forum);
      const { heldOn, startsAt, place = forum.place, reason } = valid(CallEmergencyDto, call.body);
      const kind = this.kinds.of(forum.kind, tx.now);
      if (!kind.emergency)
        throw new RuleBroken('meeting.no-emergencies', 'The pack in force knows no emergency meetings of such a forum');
      const problems = wrongCall({ heldOn, startsAt, reason }, kind.emergency, tx.now);
      if (problems.length > 0) throw new Invalid(problems);
      const stood = await emergencyOf(tx, id);
      if (referral.standing !== 'submitted' || stood.heard)
        throw new IllegalTransition(
          'forum-referral.not-waiting',
          'It was heard, returned or not accepted. What happened since is referred anew',
          referral.standing,
        );
      if (stood.called)
        throw new IllegalTransition(
          'meeting.called-already',
          'An emergency meeting is called for it already',
          'called',
        );
      const stream = await tx.lock(referral.caseId);
      // From an agenda that is issued it is not taken away: others prepare for it, and whoever leads puts it off.
      await unlisted(tx, id);
      const meeting = {
        ...{ id: newId(), heldOn, startsAt, place, reason: reason.trim(), referralId: id },
        days: {
          ...daysOf(forum, kind, heldOn, (each) => this.kinds.packs.calendar(each)),
          cutOffOn: heldOn,
          researchBy: heldOn,
        },
        ...{ pack: this.kinds.packs.version, statement: kind.statement },
        quorum: emergencyQuorum(kind.emergency, forum.members.length),
      };
      await insertEmergency(tx, forum, meeting);
      const { caseId, forumId, subjectId } = referral;
      const begins = instantOn(heldOn, startsAt).toISOString();
      stream.publish(EmergencyMeetingCalled, {
        ...{ caseId, referralId: id, meetingId: meeting.id, forumId, startsAt: begins },
        ...named(forum),
      });
      await callForResearch(tx, forum, { id: meeting.id, researchBy: heldOn });
      await tellMinutes(tx, forum, { id: meeting.id, minutesBy: meeting.days.minutesBy }, 'due');
      tx.about({
        subjects: [subjectId],
        objects: [
          { t: 'meeting', id: meeting.id, ver: '1' },
          { t: 'case', id: caseId },
        ],
        rule: `${forum.kind}@${kind.version}`,
        recipients: forum.members.map(({ orgId }) => ({ org: orgId, role: 'member' })),
      });
      return { id: meeting.id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
