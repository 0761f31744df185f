import { demand } from '@concordat/access';
import { UnitOfWork, workOverseen, type OverseenWork } from '@concordat/messaging';
import type { Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** Shows administrators how far long work of their agencies has come, and nothing of what is in it. */
@Injectable()
export class WorkService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'work.oversee', call }, async (tx) => {
      demand(tx.actor, 'work.oversee');
      const items = await workOverseen(tx);
      tx.about({ objects: items.flatMap(objectsOf) });
      return { items };
    });
  }
}

const objectsOf = ({ id, kind }: OverseenWork) =>
  kind === 'quarterly-pack' ? [{ t: 'quarterly-pack' as const, id }] : [];
