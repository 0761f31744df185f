import { demand } from '@concordat/access';
import { civilDate } from '@concordat/clocks';
import { newId } from '@concordat/contracts';
import { UnitOfWork, type ToldFile } from '@concordat/messaging';
import { Invalid, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { periodOf } from '../period';
import { subjects } from '../plan';
import { packRows } from './pack-files';
import { RequestPackDto } from './packs.dto';

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
      await packRows.ask(tx, id, period, subjects.length + 1);
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
      const items = await packRows.mine(tx);
      tx.about({ objects: items.map(({ id }) => ({ t: 'quarterly-pack', id })) });
      return { items: items.map(told) };
    });
  }

  view(call: Call, id: string) {
    const objects = [{ t: 'quarterly-pack' as const, id }];
    return this.unit.read({ action: 'quarterly-pack.view', call, objects }, async (tx) => {
      const pack = await packRows.one(tx, id);
      demand(tx.actor, 'quarterly-pack.view');
      return told(pack);
    });
  }

  /** The file. Throws NotFound while it is not whole, and once it is there no more. */
  async download(call: Call, id: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
    const objects = [{ t: 'quarterly-pack' as const, id }];
    return this.unit.read({ action: 'quarterly-pack.download', call, objects }, async (tx) => {
      const { about: period } = await packRows.one(tx, id);
      demand(tx.actor, 'quarterly-pack.download');
      tx.about({ items: [period] });
      return { name: `figures-${period}.pdf`, bytes: await packRows.bytes(tx, id) };
    });
  }
}

/** As its asker is told of it, under the title of its period. */
const told = ({ about: period, ...pack }: ToldFile) => ({ ...pack, period, title: periodOf(period).title });
