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
      tx.about({ objects: items.map(objectOf) });
      return { items };
    });
  }
}

const OBJECTS = { export: 'export', bulk: 'bulk', import: 'import', erasure: 'decision' } as const;
const objectOf = ({ id, kind }: OverseenWork) => ({ t: OBJECTS[kind.split('-')[0] as keyof typeof OBJECTS], id });
