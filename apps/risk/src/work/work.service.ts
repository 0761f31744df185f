import { demand } from '@concordat/access';
import { UnitOfWork, workOverseen } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** Shows administrators how far minutes of their agencies have come, and nothing of what is in them, or of which meeting. */
@Injectable()
export class WorkService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'work.oversee', call }, async (tx) => {
      demand(tx.actor, 'work.oversee');
      const items = await workOverseen(tx);
      tx.about({ objects: items.map(({ id }) => ({ t: 'minutes-paper', id })) });
      return { items };
    });
  }
}
