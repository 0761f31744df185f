import { demand } from '@concordat/access';
import { newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { IllegalTransition, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { keepRebuild, latestRebuild } from './rebuilds.repository';

/** Has all numbers counted anew from the beginning, and tells how far that has come. */
@Injectable()
export class RebuildsService {
  constructor(private readonly unit: UnitOfWork) {}

  async request(call: Call) {
    const done = await this.unit.run({ action: 'insight.rebuild', call }, async (tx) => {
      demand(tx.actor, 'insight.rebuild');
      if ((await latestRebuild(tx))?.state === 'running')
        throw new IllegalTransition('rebuild.running', 'The numbers are being counted anew already', 'running');
      const id = newId();
      await keepRebuild(tx, id);
      tx.enqueue({ name: 'rebuild-insight', key: `insight/${id}/1`, runAt: tx.now, payload: { id, version: 1 } });
      return { id, version: 1, status: 'running' };
    });
    return { ...done.value, receipt: done.receipt };
  }

  latest(call: Call) {
    return this.unit.read({ action: 'insight.rebuild', call }, async (tx) => {
      demand(tx.actor, 'insight.rebuild');
      return { rebuild: await latestRebuild(tx) };
    });
  }
}
