import { demand } from '@concordat/access';
import { agendaItemChannel, Forbidden } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { expectVersion, News, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { itemOpen, mustBe } from '../agenda-item-state';
import { leads } from '../forum';
import { forumById } from '../forums.repository';
import { demandLead } from '../leading';
import { notOpen } from '../meeting';
import * as kept from '../meetings.repository';
import { KeepNotesDto } from './agenda-items.dto';
import { keepSummary } from './written.repository';

/**
 * The summary of a case's risk, which two may type at once: it has a version of its own, so that it is saved as it is typed and
 * refuses nobody's decision. What one keeps, the other is told of at once, by its version alone.
 */
@Injectable()
export class NotesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly news: News,
  ) {}

  /** The summary as it is now, and whether whoever asks may go on with it. For whoever has signed. */
  read(call: Call, id: string) {
    return this.unit.read({ action: 'agenda-item.view', call, objects: [{ t: 'agenda-item', id }] }, async (tx) => {
      const item = await kept.itemById(tx, id);
      demand(tx.actor, 'agenda-item.view');
      await demandSignature(tx, item.meetingId);
      const [meeting, forum] = [await kept.meetingById(tx, item.meetingId), await forumById(tx, item.forumId)];
      kept.aboutItem(tx, item);
      const { harm, contributory, protective, notesVersion: version } = item;
      const open = itemOpen(item.state, 'note') && notOpen(meeting.state, 'note') === null && leads(forum, tx.actor.id);
      return { ...{ version, harm, contributory, protective }, may: { note: open } };
    });
  }

  async keep(call: Call, id: string) {
    const act = { action: 'agenda-item.note', call, objects: [{ t: 'agenda-item' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const item = await kept.lockedItem(tx, id);
      expectVersion(call, 'agenda-item-notes', item.notesVersion);
      demandLead(tx, 'agenda-item.note', await forumById(tx, item.forumId));
      await kept.mustStandOpen(tx, item.meetingId, 'note');
      await demandSignature(tx, item.meetingId);
      const { harm = '', contributory = '', protective = '' } = valid(KeepNotesDto, call.body);
      mustBe(item, 'note');
      const version = await keepSummary(tx, item, { harm, contributory, protective });
      kept.aboutItem(tx, item);
      return { id, version };
    });
    this.news.changed(agendaItemChannel(id), { at: new Date(), what: 'notes', version: done.value.version });
    return { ...done.value, receipt: done.receipt };
  }
}

async function demandSignature(tx: Tx, meetingId: string): Promise<void> {
  if (!(await kept.signaturesOf(tx, meetingId)).some((s) => s.userId === tx.actor.id))
    throw new Forbidden('meeting.not-signed', 'Sign the confidentiality statement before you see a case', [
      'meeting.not-signed',
    ]);
}
