import { Invalid, NotFound, RuleBroken } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { sitsOn } from '../forum';
import { forumById, staffOf } from '../forums.repository';
import { demandLead } from '../leading';
import { mustBeOpen } from '../meeting';
import { lockedMeeting } from '../meetings.repository';
import { nameObserver, observersOf, withdrawObserver } from '../observers.repository';
import { KeepObserverDto } from './meetings.dto';

/** Observers of a meeting: whoever leads names them for it, and may withdraw them. */
@Injectable()
export class ObservingService {
  constructor(private readonly unit: UnitOfWork) {}

  async keep(call: Call, id: string) {
    const act = { action: 'meeting.keep-observers', call, objects: [{ t: 'meeting' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const meeting = await lockedMeeting(tx, id);
      const forum = await forumById(tx, meeting.forumId);
      demandLead(tx, 'meeting.keep-observers', forum);
      const { do: what, userId, orgId, why = '' } = valid(KeepObserverDto, call.body);
      if (what === 'name' && why.trim() === '')
        throw new Invalid([{ field: 'why', code: 'required', message: 'Say as whom they come' }]);
      if (what === 'name' && (await staffOf(tx, orgId, [userId])).length === 0)
        throw new Invalid([
          { field: 'userId', code: 'staff.unknown', message: 'Name somebody under the agency that they work for' },
        ]);
      mustBeOpen(meeting.state, 'name-observer');
      if (sitsOn(forum, userId, orgId))
        throw new RuleBroken('observer.member', 'They sit on this forum, and come as a member');
      if (what === 'name') await nameObserver(tx, id, { userId, orgId, why: why.trim() });
      else {
        if (!(await observersOf(tx, id)).some((each) => each.userId === userId)) throw new NotFound('observer');
        await withdrawObserver(tx, id, userId);
      }
      tx.about({ decision: what, recipients: [{ org: orgId, role: 'observer' }] });
      return { id, version: meeting.version };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
