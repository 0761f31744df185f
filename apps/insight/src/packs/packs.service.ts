import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { periodOf } from '../period';
import { subjects } from '../plan';
import { RequestPackDto } from './packs.dto';
import { fileOf, keepPack, myPack, myPacks } from './packs.repository';

/** The board's pack of a period as a file: asked for, followed and fetched by one's own. */
@Injectable()
export class PacksService {
  constructor(private readonly unit: UnitOfWork) {}

  async request(call: Call) {
    const done = await this.unit.run({ action: 'quarterly-pack.request', call }, async (tx) => {
      demand(tx.actor, 'quarterly-pack.request');
      const { period } = valid(RequestPackDto, call.body);
      if (periodOf(period).from > civilDate(tx.now))
        throw new Invalid([{ field: 'period', code: 'not-begun', message: 'Choose a period that has begun' }]);
      const id = newId();
      await keepPack(tx, id, period, subjects.length + 1);
      tx.enqueue({
        name: 'write-quarterly-pack',
        key: `quarterly-pack/${id}/1`,
        runAt: tx.now,
        payload: { id, version: 1 },
      });
      tx.about({ objects: [{ t: 'quarterly-pack', id }], items: [period] });
      return { id, version: 1, status: 'running' };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'quarterly-pack.view', call }, async (tx) => {
      demand(tx.actor, 'quarterly-pack.view');
      const items = await myPacks(tx);
      tx.about({ objects: items.map(({ id }) => ({ t: 'quarterly-pack', id })) });
      return { items: items.map((pack) => ({ ...pack, title: periodOf(pack.period).title })) };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'quarterly-pack' as const, id }];
    return this.unit.read({ action: 'quarterly-pack.view', call, objects }, async (tx) => {
      const pack = await myPack(tx, id);
      demand(tx.actor, 'quarterly-pack.view');
      return { ...pack, title: periodOf(pack.period).title };
    });
  }

  /** The file. Throws NotFound while it is not whole, and once it is there no more. */
  async download(call: Call, id: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const objects = [{ t: 'quarterly-pack' as const, id }];
    return this.unit.read({ action: 'quarterly-pack.download', call, objects }, async (tx) => {
      const { period } = await myPack(tx, id);
      demand(tx.actor, 'quarterly-pack.download');
      tx.about({ items: [period] });
      return { name: `figures-${period}.pdf`, bytes: await fileOf(tx, id) };
    });
  }
}
