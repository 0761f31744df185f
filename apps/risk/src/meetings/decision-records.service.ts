import { demand } from '@concordat/access';
import { NotFound } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { recordOf } from '../decision-record';
import { ForumKinds } from '../forum-kinds';
import { forumAsOf } from '../forums.repository';
import { itemById } from '../meetings.repository';
import { decisionPdf, type DecisionRead } from './decision-pdf';
import { MinutesService } from './minutes.service';
import { PaperPeople } from './paper-people';

/** The record of what a panel decided about somebody, as a document of its own: read by whoever may read its minutes. */
@Injectable()
export class DecisionRecordsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly minutes: MinutesService,
    private readonly kinds: ForumKinds,
    private readonly people: PaperPeople,
  ) {}

  view(call: Call, id: string) {
    const objects = [{ t: 'agenda-item' as const, id }];
    return this.unit.read({ action: 'meeting.read-minutes', call, objects }, (tx) => this.told(tx, id));
  }

  /** The same as a tagged PDF, made as it is fetched: it is of one case, and what may be read of that is decided in the same unit. */
  file(call: Call, id: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const objects = [{ t: 'agenda-item' as const, id }];
    return this.unit.read({ action: 'minutes-paper.download', call, objects }, async (tx) => {
      const read = await this.told(tx, id);
      demand(tx.actor, 'minutes-paper.download');
      const { purpose, correlationId } = call;
      const asker = { userId: tx.actor.id, orgId: tx.actor.orgId ?? '', purpose, correlationId };
      const names = await this.people.of(read, asker, undefined, [read.item.changedBy]);
      const bytes: Uint8Array[] = [];
      for await (const piece of decisionPdf(read, names, tx.now)) bytes.push(piece);
      return { name: `decision-${read.meeting.heldOn}.pdf`, bytes: Buffer.concat(bytes) };
    });
  }

  /** Throws NotFound as for minutes, and of a case that was not heard or whose forum does not vote. */
  private async told(tx: Tx, id: string): Promise<DecisionRead> {
    const { meetingId, heardAt } = await itemById(tx, id);
    const read = await this.minutes.told(tx, meetingId, id);
    const forum = await forumAsOf(tx, read.forum.id, read.meeting.forumVersion);
    const kind = this.kinds.of(forum.kind, heardAt ?? tx.now);
    const [item] = read.items;
    const record = item?.state === 'heard' ? recordOf(item, kind, read.meeting.quorum ?? forum.quorum) : null;
    if (!item || !record) throw new NotFound('decision-record');
    return { ...read, item, record };
  }
}
