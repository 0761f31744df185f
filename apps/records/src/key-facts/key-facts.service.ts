import { KeyFactsChanged, newId, type FieldProblem } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { IllegalTransition, Invalid, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { peopleIn } from '../case-people';
import { Practice } from '../practice';
import { Looks, within, withheldOf } from '../looks';
import { demandWriting, isWriter, lockedCase, visibleCase } from '../visible-case';
import { EndFactDto, RecordOrderDto, RecordStepDto } from './key-facts.dto';
import { agenciesNow, endFact, factsOf, keepFact } from './key-facts.repository';

/** What everybody who works on a case must know first, beside safe contact and risk to staff: orders in force and next steps. */
@Injectable()
export class KeyFactsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly practice: Practice,
  ) {}

  view(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      const extent = await this.looks.extent(tx, row);
      const facts = within(extent, await factsOf(tx, id));
      tx.about({ subjects: await peopleIn(tx, id), items: ['key-facts'] });
      const told = (kind: 'order' | 'step') =>
        facts.filter((f) => f.kind === kind).map(({ content, kind: _kind, ...f }) => ({ ...f, ...content }));
      return {
        orders: told('order'),
        steps: told('step'),
        kinds: this.practice.packs.orders(),
        may: { keep: isWriter(row.level) },
        withheld: withheldOf(extent),
      };
    });
  }

  order(call: Call, id: string) {
    return this.keep(call, id, 'order', async (tx) => {
      const dto = valid(RecordOrderDto, call.body);
      const problems: FieldProblem[] = [];
      if (!this.practice.packs.orders().some((o) => o.code === dto.order))
        problems.push({ field: 'order', code: 'not-in-list', message: 'Choose what kind of order it is' });
      if (dto.against && !(await peopleIn(tx, id)).includes(dto.against))
        problems.push({ field: 'against', code: 'person.unknown', message: 'Choose somebody of this case' });
      if (dto.from && dto.until && dto.until.slice(0, dto.from.length) < dto.from)
        problems.push({ field: 'until', code: 'date.before-start', message: 'This must not be before the beginning' });
      if (problems.length > 0) throw new Invalid(problems);
      return dto;
    });
  }

  step(call: Call, id: string) {
    return this.keep(call, id, 'step', async (tx) => {
      const dto = valid(RecordStepDto, call.body);
      if (!(await agenciesNow(tx, id)).includes(dto.agency))
        throw new Invalid([
          { field: 'agency', code: 'organisation.unknown', message: 'Choose an agency of this case' },
        ]);
      return dto;
    });
  }

  /** An order no longer in force, or a step that has been done: it stays, with who said so. */
  async end(call: Call, id: string, factId: string) {
    const act = { action: 'case.keep-facts', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      const fact = (await factsOf(tx, id)).find((f) => f.id === factId);
      if (!fact) throw new NotFound('case-fact');
      demandWriting(tx, row, 'case.keep-facts');
      const { why } = valid(EndFactDto, call.body);
      if (fact.endedAt !== null) throw new IllegalTransition('case-fact.ended', 'This has ended already', 'ended');
      await endFact(tx, factId, why ?? null);
      stream.publish(KeyFactsChanged, { caseId: id, factId, kind: fact.kind, ended: true });
      tx.about({ subjects: await peopleIn(tx, id), items: [fact.kind] });
      return { id: factId };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async keep(call: Call, id: string, kind: 'order' | 'step', read: (tx: Tx) => Promise<object>) {
    const act = { action: 'case.keep-facts', call, objects: [{ t: 'case' as const, id }] } as const;
    const done = await this.unit.run(act, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, 'case.keep-facts');
      const content = await read(tx);
      const factId = newId();
      await keepFact(tx, factId, id, kind, content);
      stream.publish(KeyFactsChanged, { caseId: id, factId, kind, ended: false });
      tx.about({ subjects: await peopleIn(tx, id), items: [kind], rule: this.practice.packs.version });
      return { id: factId };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
