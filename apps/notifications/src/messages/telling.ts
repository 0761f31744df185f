import type { Received } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { tellingsOf, type Happening } from '../happening';
import { eraseHappenings, reachedBy, settleHappenings, tellOf } from '../happenings.repository';
import type { Hearer } from '../hearing';
import { Practice } from '../message-practice';
import { gather } from '../notices.repository';

/** Tells people of what happened and wants them: among their messages at once, and outside of the pages as soon as they chose. */
@Injectable()
export class Telling implements Hearer {
  constructor(private readonly practice: Practice) {}

  async hear(events: readonly Received[], tx: Tx): Promise<void> {
    for (const event of events)
      for (const telling of tellingsOf(event)) {
        if (telling.do === 'tell') await this.tell(tx, telling, event.time);
        else if (telling.do === 'erase') await eraseHappenings(tx, telling.records);
        else await settleHappenings(tx, telling.recordId, telling.kinds, telling.except, event.time);
      }
  }

  private async tell(tx: Tx, happening: Happening, happenedAt: Date): Promise<void> {
    const { rhythm, roles } = this.practice.happening(happening.kind);
    const reached = await reachedBy(tx, happening, roles);
    const told = reached.length > 0 ? await tellOf(tx, happening, happenedAt, reached) : [];
    if (told.length === 0) return;
    const stage = `${happening.kind}/${happenedAt.toISOString()}`;
    await gather(tx, {
      of: 'happening',
      told,
      kind: happening.kind,
      stage,
      rhythm,
      times: this.practice.times(tx.now),
    });
  }
}
