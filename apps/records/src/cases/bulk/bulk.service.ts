import { demand } from '@concordat/access';
import { newId } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { Invalid, NotFound, Problem, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { BulkActs, underBulk, type BulkAct, type BulkKind } from '../../bulk-acts';
import { HandOverPractices } from '../../hand-over-practice';
import { demandPart, visibleCase, type CaseRow } from '../../visible-case';
import type { BulkDto, ChosenCasesDto } from './bulk.dto';
import { bulkWork, bulkWorks, casesMatching, keepWork, rowsOf } from './bulk.repository';

/**
 * Begins what is done to many cases at once, and tells how far it has come. It is begun wholly or not at all: a case that the
 * caller may not change refuses it. What changes afterwards is reported row by row (ASG-6).
 */
@Injectable()
export class BulkService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly acts: BulkActs,
    private readonly practice: HandOverPractices,
  ) {}

  async start(call: Call, kind: BulkKind, body: new () => BulkDto) {
    const act = this.acts.of(kind);
    const action = act.inBulk ?? 'bulk.start';
    const done = await this.unit.run({ action, call }, async (tx) => {
      demand(tx.actor, action);
      demand(tx.actor, act.action);
      const { cases, change } = valid(body, call.body);
      const ids = await this.chosen(tx, cases);
      const records: CaseRow[] = [];
      for (const id of ids) records.push(await checked(tx, act, id, change));
      const work = { id: newId(), kind, body: change, cases: records };
      await keepWork(tx, work);
      tx.enqueue({
        ...{ name: 'run-bulk-work', key: `bulk/${work.id}/1`, runAt: tx.now },
        payload: { id: work.id, version: 1 },
      });
      tx.about({ objects: [...underBulk(work.id), ...ids.map((id) => ({ t: 'case' as const, id }))], items: [kind] });
      return { id: work.id, version: 1, status: 'running', total: ids.length };
    });
    return { ...done.value, receipt: done.receipt };
  }

  list(call: Call) {
    return this.unit.read({ action: 'bulk.view', call }, async (tx) => {
      demand(tx.actor, 'bulk.view');
      const items = await bulkWorks(tx);
      tx.about({ objects: items.map((w) => ({ t: 'bulk', id: w.id })) });
      return { items };
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'bulk.view', call, objects: [{ t: 'bulk', id }] }, async (tx) => {
      const work = await bulkWork(tx, id);
      if (!work) throw new NotFound('bulk');
      demand(tx.actor, 'bulk.view');
      const items = await rowsOf(tx, id);
      tx.about({ objects: items.map((row) => ({ t: 'case', id: row.caseId })) });
      return { ...work, items };
    });
  }

  /** The ids that were chosen. Throws Invalid when nothing was, or more than the pack allows (ASG-4, ASG-5). */
  private async chosen(tx: Tx, { ids, filter }: ChosenCasesDto): Promise<readonly string[]> {
    const cap = this.practice.handOver.bulkCap;
    const field = ids ? 'cases.ids' : 'cases.filter';
    const wrong = (code: string, message: string) => new Invalid([{ field, code, message }]);
    const filtered = Object.values(filter ?? {}).some((value) => value !== undefined);
    if (!ids && !filtered) throw wrong('bulk.nothing-chosen', 'Choose cases, or filter them');
    if (ids && filtered) throw wrong('bulk.one-choice', 'Choose cases or filter them, not both');
    const found = ids ?? (await casesMatching(tx, filter!, cap + 1));
    if (found.length > cap) throw wrong('bulk.too-many', `Choose no more than ${cap} cases`);
    if (found.length === 0) throw wrong('bulk.nothing-chosen', 'No case matches this');
    return found;
  }
}

/** A case that the caller may change in this way now. Absent and hidden look alike; what is wrong with the change says where. */
async function checked(tx: Tx, act: BulkAct, id: string, change: object): Promise<CaseRow> {
  const record = await visibleCase(tx, id).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    throw new Invalid([{ field: 'cases.ids', code: 'case.unknown', message: 'Choose cases that you can see' }]);
  });
  demandPart(record);
  await act.check(tx, record, change).catch((error: unknown) => {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid((error.details.errors ?? []).map((p) => ({ ...p, field: `change.${p.field}` })));
  });
  return record;
}
