import { demand } from '@concordat/access';
import { civilDate, endOfDay, startOfDay } from '@concordat/clocks';
import { Invalid, newId, NotFound } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { problemsOf, type StandIn } from '../stand-in';
import { colleague, endStandIn, insertStandIn, standInsOf } from '../stand-ins.repository';
import { NameStandInDto } from './stand-ins.dto';

/** Somebody hands over what is due of them to a colleague while they are away. */
@Injectable()
export class StandInsService {
  constructor(private readonly unit: UnitOfWork) {}

  /** Whom the caller has named, and for whom they stand in: now and to come. */
  list(call: Call) {
    return this.unit.read({ action: 'stand-in.view', call }, async (tx) => {
      const all = await standInsOf(tx);
      return { items: all.map((one) => ({ ...one, mine: one.userId === tx.actor.id })) };
    });
  }

  async name(call: Call) {
    const done = await this.unit.run({ action: 'stand-in.name', call }, async (tx) => {
      demand(tx.actor, 'stand-in.name');
      const dto = valid(NameStandInDto, call.body);
      const others = (await standInsOf(tx)).filter((one) => one.userId === tx.actor.id);
      const wanted: StandIn = { toId: dto.toId, fromAt: startOfDay(dto.from), until: endOfDay(dto.until) };
      const known = await colleague(tx, dto.toId);
      const problems = problemsOf(wanted, { by: tx.actor.id, known, others, today: startOfDay(civilDate(tx.now)) });
      if (problems.length > 0) throw new Invalid(problems);
      const id = newId();
      await insertStandIn(tx, id, wanted);
      tx.about({ objects: [{ t: 'stand-in', id, ver: '1' }], detail: { to: dto.toId } });
      return { id, version: 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }

  async end(call: Call, id: string) {
    const act = { action: 'stand-in.end', call, objects: [{ t: 'stand-in', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const found = (await standInsOf(tx)).find((one) => one.id === id && one.userId === tx.actor.id);
      if (!found) throw new NotFound('stand-in');
      expectVersion(call, 'stand-in', found.version);
      demand(tx.actor, 'stand-in.end');
      await endStandIn(tx, id);
      return { id, version: found.version + 1 };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
