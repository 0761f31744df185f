import { demand, mayNot } from '@concordat/access';
import { addMonths, civilDate } from '@concordat/clocks';
import { DropReceived, Invalid, newId } from '@concordat/contracts';
import { UnitOfWork } from '@concordat/messaging';
import { RuleBroken, valid, type Call } from '@concordat/platform';
import { checkDrop, owedIn, quarterOf } from '@concordat/sharing';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Law } from '../law';
import { ListDropsDto, OwedDropsDto, ReceiveDropDto } from './drops.dto';
import { agenciesOf, dropsIn, filesOf, keepDrop, kindOf } from './drops.repository';

/** Checks files of depersonalised sets and records what was found. The file itself is not kept. */
@Injectable()
export class DropsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly law: Law,
  ) {}

  async receive(call: Call) {
    const done = await this.unit.run({ action: 'drop.check', call }, async (tx) => {
      demand(tx.actor, 'drop.check');
      const { set: code, quarter: from, content } = valid(ReceiveDropDto, call.body);
      const { sets, pack } = this.law.depersonalised;
      const set = sets.find((each) => each.code === code);
      if (!set) throw new Invalid([{ field: 'set', code: 'not-in-list', message: 'Choose one of the sets' }]);
      const quarter = quarterOf(from);
      if (!quarter || quarter.to >= civilDate(tx.now))
        throw new Invalid([{ field: 'quarter', code: 'not-over', message: 'Choose a quarter that is over' }]);
      const senderOrg = tx.actor.orgId!;
      const kind = await kindOf(tx, senderOrg);
      if (!set.from.some((each) => each === kind))
        throw new RuleBroken('drop.not-owed', 'An organisation of this kind does not share this set');
      const { rows, verdict, findings, counts } = checkDrop(content, set, quarter);
      const id = newId();
      const digest = createHash('sha256').update(content).digest('hex');
      const receivedBy = tx.actor.id;
      await keepDrop(tx, {
        ...{ id, set: code, quarter: from, senderOrg, receivedBy, receivedAt: tx.now },
        ...{ rows, digest, verdict, counts, pack },
      });
      tx.open(id).publish(DropReceived, { dropId: id, set: code, quarter: from, senderOrg, verdict });
      tx.about({
        objects: [{ t: 'drop', id }],
        ...{ decision: verdict, reasons: Object.keys(counts), items: [code, `sha256:${digest}`], rule: pack },
      });
      return { id, verdict, rows, counts, findings };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'drop.list', call }, async (tx) => {
      demand(tx.actor, 'drop.list');
      const page = await dropsIn(tx, valid(ListDropsDto, call.query));
      tx.about({ objects: page.items.map(({ id }) => ({ t: 'drop', id })) });
      const items = page.items.map((drop) => {
        const { dueOn } = quarterOf(drop.quarter)!;
        return { ...drop, dueOn, late: civilDate(drop.receivedAt) > dueOn };
      });
      return { ...page, items, may: { check: mayNot(tx.actor, 'drop.check') === null } };
    });
  }

  /** What was due for a quarter that is over, by each organisation of the kinds that a set names, and what became of it. */
  owed(call: Call) {
    return this.unit.read({ action: 'drop.list', call }, async (tx) => {
      demand(tx.actor, 'drop.list');
      const today = civilDate(tx.now);
      const quarters = quartersOver(today);
      const { quarter: from = quarters[0]! } = valid(OwedDropsDto, call.query);
      const quarter = quarterOf(from);
      if (!quarter || quarter.to >= today)
        throw new Invalid([{ field: 'quarter', code: 'not-over', message: 'Choose a quarter that is over' }]);
      const { sets, pack } = this.law.depersonalised;
      const files = await filesOf(tx, from);
      const owed = owedIn(
        quarter,
        sets,
        await agenciesOf(tx),
        files.map((file) => ({ ...file, on: civilDate(file.receivedAt) })),
        today,
      );
      tx.about({ objects: files.map(({ id }) => ({ t: 'drop', id })), items: [`owed.${from}`], rule: pack });
      const titleOf = (code: string): string => sets.find((set) => set.code === code)?.title ?? code;
      const items = owed.map((each) => ({ ...each, title: titleOf(each.set) }));
      return { quarter: from, dueOn: quarter.dueOn, quarters, items };
    });
  }

  /** The sets of the pack: they say nothing of anybody. */
  sets() {
    return { sets: this.law.depersonalised.sets };
  }
}

/** The first days of the last eight quarters that are over, the latest first. */
function quartersOver(today: string): string[] {
  const month = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3 + 1;
  const now = `${today.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
  return Array.from({ length: 8 }, (_, back) => addMonths(now, -3 * (back + 1)));
}
