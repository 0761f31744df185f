import { newId, type Received } from '@concordat/contracts';
import type { Tx } from '@concordat/messaging';
import { Injectable } from '@nestjs/common';
import { isOpen, makingsOf, type Duty, type Making } from '../deadline';
import {
  endDeadlines,
  eraseDeadlines,
  keepDeadline,
  keepOwner,
  keepRungs,
  knownDeadline,
} from '../deadlines.repository';
import type { Hearer } from '../hearing';
import { Ladders } from '../ladders';

/**
 * Keeps the register of what is due by what is heard: a row of ids and a time for each duty (events.md D1). Told again it does
 * nothing, so a replay of all events makes the same register.
 */
@Injectable()
export class KeepingService implements Hearer {
  constructor(private readonly ladders: Ladders) {}

  async hear(events: readonly Received[], tx: Tx): Promise<void> {
    for (const event of events) for (const making of makingsOf(event)) await this.make(tx, making);
  }

  private async make(tx: Tx, making: Making): Promise<void> {
    switch (making.do) {
      case 'keep':
        return this.keep(tx, making);
      case 'end':
        return endDeadlines(tx, making.recordId, making.kinds, making.as);
      case 'own':
        return keepOwner(tx, making.recordId, making.orgId, making.userId);
      case 'erase':
        return eraseDeadlines(tx, making.caseId);
    }
  }

  private async keep(tx: Tx, duty: Duty): Promise<void> {
    const known = await knownDeadline(tx, duty);
    const same = known?.dueAt.getTime() === duty.dueAt.getTime() && known.orgId === duty.orgId;
    if (known && same && isOpen(known.status)) return;
    const id = known?.id ?? newId();
    const version = await keepDeadline(tx, id, duty, this.ladders.stamp);
    await keepRungs(tx, id, version, this.ladders.of(duty.kind, duty.dueAt, tx.now));
    // The id, the time and the version (D4). The sweep suffices without: this only makes it punctual.
    const key = `deadline/${id}/${duty.dueAt.getTime()}/${version}`;
    tx.enqueue({ name: 'fire-deadline', key, runAt: duty.dueAt, payload: { id, version } });
  }
}
