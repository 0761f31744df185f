import { demand } from '@concordat/access';
import { newId, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type ToldFile } from '@concordat/messaging';
import { KeyBox, PROCESS, type Call, type ProcessInfo } from '@concordat/platform';
import { Inject, Injectable } from '@nestjs/common';
import { digestOf, MinutesService } from './minutes.service';
import { madeOf, paperRows } from './minutes-papers.repository';

/** Minutes as a PDF: asked for, followed and fetched by one's own. What is in it is decided again when it is fetched. */
@Injectable()
export class MinutesPapersService {
  private readonly box: KeyBox;

  constructor(
    private readonly unit: UnitOfWork,
    private readonly minutes: MinutesService,
    @Inject(PROCESS) process: ProcessInfo,
  ) {
    this.box = new KeyBox(process.detailKeys, 'minutes-papers');
  }

  async request(call: Call, meetingId: string) {
    const objects = [{ t: 'meeting' as const, id: meetingId }];
    const done = await this.unit.run({ action: 'minutes-paper.request', call, objects }, async (tx) => {
      const items = await this.minutes.itemsToRead(tx, meetingId);
      demand(tx.actor, 'minutes-paper.request');
      const id = newId();
      // A part for each case, and one for the paper itself.
      await paperRows.ask(tx, id, meetingId, items + 1);
      const payload = { id, version: 1 };
      tx.enqueue({ name: 'write-minutes', key: `minutes-paper/${id}/1`, runAt: tx.now, payload });
      tx.about({ objects: [{ t: 'minutes-paper', id }] });
      return { id, version: 1, status: 'running' };
    });
    return { ...done.value, receipt: done.receipt };
  }

  /** Those of a meeting that the caller asked for, newest first. Throws NotFound where they may not read its minutes. */
  list(call: Call, meetingId: string) {
    const objects = [{ t: 'meeting' as const, id: meetingId }];
    return this.unit.read({ action: 'minutes-paper.view', call, objects }, async (tx) => {
      await this.minutes.mustBeReadable(tx, meetingId);
      demand(tx.actor, 'minutes-paper.view');
      const items = (await paperRows.mine(tx)).filter(({ about }) => about === meetingId);
      tx.about({ objects: items.map(({ id }) => ({ t: 'minutes-paper' as const, id })) });
      return { items: items.map(told) };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'minutes-paper' as const, id }];
    return this.unit.read({ action: 'minutes-paper.view', call, objects }, async (tx) => {
      const paper = await paperRows.one(tx, id);
      demand(tx.actor, 'minutes-paper.view');
      return told(paper);
    });
  }

  /**
   * The file. Throws NotFound while it is not whole, once it is there no more, and where its reader may read the minutes no more;
   * RuleBroken where they may now read something else of them.
   */
  async download(call: Call, id: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const objects = [{ t: 'minutes-paper' as const, id }];
    return this.unit.read({ action: 'minutes-paper.download', call, objects }, async (tx) => {
      const { about: meetingId } = await paperRows.one(tx, id);
      demand(tx.actor, 'minutes-paper.download');
      const bytes = await paperRows.bytes(tx, id);
      const now = await this.minutes.told(tx, meetingId);
      if (digestOf(now) !== (await madeOf(tx, id)))
        throw new RuleBroken(
          'minutes-paper.outdated',
          'What may be read of these minutes has changed: ask for them again',
        );
      tx.about({ objects: [{ t: 'meeting', id: meetingId }] });
      return { name: `minutes-${now.meeting.heldOn}.pdf`, bytes: this.box.open(id, bytes) };
    });
  }
}

const told = ({ about: meetingId, ...paper }: ToldFile) => ({ ...paper, meetingId });
