import { demand } from '@concordat/access';
import { CaseNoteAdded, newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { Looks, within, withheldOf } from '../looks';
import { demandWriting, isWriter, lockedCase, visibleCase } from '../visible-case';
import { AddNoteDto, ListNotesDto } from './notes.dto';
import { keepNote, notesOf, readersAmong, seeMentions, unseenMentions } from './notes.repository';

/** What those who work on a case tell each other, and whom they ask to look. */
@Injectable()
export class NotesService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
  ) {}

  /** Notes, newest first. Whoever is mentioned in what is shown has seen it. */
  list(call: Call, id: string) {
    return this.unit.read({ action: 'note.list', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      demand(tx.actor, 'note.list');
      const { limit = 25, cursor } = valid(ListNotesDto, call.query);
      const page = await notesOf(tx, id, extent.own, { limit, cursor });
      if (cursor === undefined) within(extent, page.items);
      const mine = page.items.filter((n) => n.mentions.includes(tx.actor.id)).map((n) => n.id);
      if (mine.length > 0) await seeMentions(tx, mine);
      tx.about({
        subjects: await peopleIn(tx, id),
        objects: page.items.map((n) => ({ t: 'note' as const, id: n.id })),
      });
      return { ...page, may: { add: isWriter(row.level) }, withheld: withheldOf(extent) };
    });
  }

  async add(call: Call, id: string) {
    const act = { action: 'note.add', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, 'note.add');
      const { text, mentions = [] } = valid(AddNoteDto, call.body);
      const named = [...new Set(mentions)].filter((user) => user !== tx.actor.id);
      const readers = await readersAmong(tx, id, named);
      if (readers.length < named.length)
        throw new Invalid([
          { field: 'mentions', code: 'staff.unknown', message: 'Choose staff of agencies in this case' },
        ]);
      const noteId = newId();
      await keepNote(tx, id, noteId, text, named);
      stream.publish(CaseNoteAdded, { caseId: id, itemId: noteId, orgId: tx.actor.orgId ?? '', mentions: named });
      tx.about({
        subjects: await peopleIn(tx, id),
        objects: [{ t: 'note', id: noteId }, ...named.map((user) => ({ t: 'staff' as const, id: user }))],
      });
      return { id: noteId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Where the caller is mentioned and has not looked. It says where, not what. */
  mentions(call: Call) {
    return this.unit.read({ action: 'note.list', call }, async (tx) => {
      demand(tx.actor, 'note.list');
      const items = await unseenMentions(tx);
      tx.about({ objects: items.map((m) => ({ t: 'case' as const, id: m.caseId })), items: ['mentions'] });
      return { items };
    });
  }
}
