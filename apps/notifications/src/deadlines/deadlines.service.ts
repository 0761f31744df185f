import { demand, mayNot } from '@concordat/access';
import { addDays, endOfDay, startOfDay } from '@concordat/clocks';
import { IllegalTransition, RuleBroken } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { COUNTED, countOf, expectVersion, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isOpen } from '../deadline';
import {
  acknowledgeDeadline,
  countDeadlines,
  deadlinesOf,
  dueByAgency,
  lockedDeadline,
  pagingOf,
  type Deadline,
  type Wanted,
} from '../reading.repository';
import { DeadlinesDto, MonthDto } from './deadlines.dto';

const SHOWN = 25;
/** What a month shows at most: a page of one month is no register. */
const IN_A_MONTH = 500;

/** What is due, as far as the caller may see it; and that somebody sees to it. */
@Injectable()
export class DeadlinesService {
  constructor(private readonly unit: UnitOfWork) {}

  list(call: Call) {
    return this.unit.read({ action: 'deadline.list', call }, async (tx) => {
      demand(tx.actor, 'deadline.list');
      const { from, to, sort, cursor, ...dto } = valid(DeadlinesDto, call.query);
      const wanted: Wanted = {
        ...{ whose: dto.whose ?? 'mine', state: dto.state ?? 'open', ...(dto.kind ? { kind: dto.kind } : {}) },
        ...(from ? { from: startOfDay(from) } : {}),
        ...(to ? { to: endOfDay(to) } : {}),
      };
      const descending = (sort ?? (wanted.state === 'ended' ? '-due' : 'due')) === '-due';
      const page = await deadlinesOf(tx, wanted, pagingOf(descending, SHOWN, cursor));
      const count = countOf(await countDeadlines(tx, wanted, COUNTED));
      return { ...page, items: this.told(tx, page.items as Deadline[]), count };
    });
  }

  /** What is due in a month, whether it is over or not, the soonest first. */
  month(call: Call) {
    return this.unit.read({ action: 'deadline.list', call }, async (tx) => {
      demand(tx.actor, 'deadline.list');
      const { whose = 'mine', month } = valid(MonthDto, call.query);
      const first = `${month}-01`;
      const next = addDays(first, 31).slice(0, 7);
      const to = endOfDay(addDays(`${next}-01`, -1));
      const wanted: Wanted = { whose, state: 'open', from: startOfDay(first), to };
      const { items, next: more } = await deadlinesOf(tx, wanted, pagingOf(false, IN_A_MONTH, undefined));
      return { items: this.told(tx, items as Deadline[]), more: more !== null };
    });
  }

  /** How much is due and late in the partnership, by agency and kind. */
  overview(call: Call) {
    return this.unit.read({ action: 'deadline.oversee', call }, async (tx) => {
      demand(tx.actor, 'deadline.oversee');
      return { items: await dueByAgency(tx) };
    });
  }

  /** Somebody of the agency says that they see to it: its ladder goes no further, but for the rungs that are told all the same. */
  async acknowledge(call: Call, id: string) {
    const act = { action: 'deadline.acknowledge', call, objects: [{ t: 'deadline', id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const deadline = await lockedDeadline(tx, id);
      expectVersion(call, 'deadline', deadline.version);
      demand(tx.actor, 'deadline.acknowledge', { orgs: [deadline.orgId] });
      if (!isOpen(deadline.status))
        throw new IllegalTransition('deadline.ended', 'Nothing is due here any more', deadline.status);
      if (deadline.acknowledgedAt)
        throw new RuleBroken('deadline.acknowledged', 'Somebody sees to this already', { reasons: ['acknowledged'] });
      await acknowledgeDeadline(tx, id);
      this.about(tx, [deadline]);
      return { id, version: deadline.version };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private told(tx: Tx, items: readonly Deadline[]) {
    this.about(tx, items);
    const entitled = mayNot(tx.actor, 'deadline.acknowledge') === null;
    return items.map((one) => ({
      ...one,
      may: {
        acknowledge: entitled && one.orgId === tx.actor.orgId && isOpen(one.status) && one.acknowledgedAt === null,
      },
    }));
  }

  private about(tx: Tx, items: readonly Deadline[]): void {
    tx.about({
      objects: items.flatMap(({ id, version, caseId }) => [
        { t: 'deadline' as const, id, ver: String(version) },
        ...(caseId ? [{ t: 'case' as const, id: caseId }] : []),
      ]),
    });
  }
}
