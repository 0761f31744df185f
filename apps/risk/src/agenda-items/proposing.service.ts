import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { agendaItemChannel, ConferenceActionChanged, Forbidden, Invalid, newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { News, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { mustBe } from '../agenda-item-state';
import { insertAction } from '../conference-actions.repository';
import { leads } from '../forum';
import { agenciesIn, forumById } from '../forums.repository';
import * as kept from '../meetings.repository';
import { ProposeActionDto } from './agenda-items.dto';

/** Actions that agencies volunteer in a meeting, or that whoever takes its notes writes down for them. */
@Injectable()
export class ProposingService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly news: News,
  ) {}

  async propose(call: Call, id: string) {
    const act = { action: 'conference-action.propose', call, objects: [{ t: 'agenda-item' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const item = await kept.itemById(tx, id);
      demand(tx.actor, 'conference-action.propose');
      const forum = await forumById(tx, item.forumId);
      const { what, ownerOrg, dueOn } = valid(ProposeActionDto, call.body);
      await kept.mustStandOpen(tx, item.meetingId, 'propose-action');
      if (!(await kept.signaturesOf(tx, item.meetingId)).some((s) => s.userId === tx.actor.id))
        throw new Forbidden('meeting.not-signed', 'Sign the confidentiality statement before you see a case', [
          'meeting.not-signed',
        ]);
      if (ownerOrg !== tx.actor.orgId && !leads(forum, tx.actor.id))
        throw new Forbidden('conference-action.forbidden', 'Volunteer actions for your own agency', [
          'organisation.not-owner',
        ]);
      mustBe(item, 'propose-action');
      if (!forum.members.some((m) => m.orgId === ownerOrg) || !(await agenciesIn(tx, item.caseId)).includes(ownerOrg))
        throw new Invalid([
          {
            field: 'ownerOrg',
            code: 'organisation.not-in-case',
            message: 'Choose an agency that takes part in this case',
          },
        ]);
      if (dueOn < civilDate(tx.now))
        throw new Invalid([
          { field: 'dueOn', code: 'in-the-past', message: 'The day by which it is to be done must not be over' },
        ]);
      const stream = await tx.lock(item.caseId);
      const [action, { caseId, meetingId, subjectId }] = [newId(), item];
      await insertAction(tx, {
        id: action,
        itemId: id,
        meetingId,
        caseId,
        subjectId,
        what: what.trim(),
        ownerOrg,
        dueOn,
      });
      stream.publish(ConferenceActionChanged, {
        caseId,
        actionId: action,
        meetingId,
        orgId: ownerOrg,
        state: 'proposed',
        dueOn,
      });
      kept.aboutItem(tx, item);
      tx.about({
        objects: [{ t: 'conference-action', id: action, ver: '1' }],
        recipients: [{ org: ownerOrg, role: 'owner' }],
      });
      return { id: action, version: 1 };
    });
    this.news.changed(agendaItemChannel(id), { at: new Date(), what: 'case' });
    return { ...done.value, receipt: done.receipt };
  }
}
