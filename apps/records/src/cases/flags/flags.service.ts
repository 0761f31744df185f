import { mayNot } from '@concordat/access';
import { CaseFlagChanged, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Conflict, Invalid, NotFound, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { BulkActs, underBulk } from '../../bulk-acts';
import { HandOverPractices } from '../../hand-over-practice';
import { Looks } from '../../looks';
import { demandWriting, isWriter, lockedCase, visibleCase } from '../../visible-case';
import { FlagCaseDto } from './flags.dto';
import { endFlag, flagsOf, putFlag } from './flags.repository';

const ACTION = 'case.flag' satisfies Action;
/** A code of a pack; a flag that the pack has no more may still be taken off. */
const CODE = /^[a-z][a-z0-9-]{0,99}$/;

/** Marks on cases, by which those who work on them find what needs them. Which there are, the pack says. */
@Injectable()
export class FlagsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly looks: Looks,
    private readonly practice: HandOverPractices,
    bulk: BulkActs,
  ) {
    bulk.bring<FlagCaseDto>('flag', {
      ...{ action: ACTION, inBulk: 'case.flag-in-bulk' },
      check: (tx, record, dto) => {
        demandWriting(tx, record, ACTION);
        this.demandKnown(dto);
        return Promise.resolve();
      },
      do: (call, caseId, bulkId) => this.flag(call, caseId, bulkId),
    });
  }

  view(call: Call, id: string) {
    return this.unit.read({ action: 'case.view', call, objects: [{ t: 'case', id }] }, async (tx) => {
      const row = await visibleCase(tx, id);
      await this.looks.demand(tx, row);
      tx.about({ items: ['flags'] });
      return {
        items: await flagsOf(tx, id),
        kinds: this.practice.handOver.flags,
        may: { flag: row.ground === 'part' && isWriter(row.level) && mayNot(tx.actor, ACTION) === null },
      };
    });
  }

  flag(call: Call, id: string, bulkId: string | null = null) {
    return this.change(call, id, bulkId, async (tx, stream) => {
      const dto = valid(FlagCaseDto, call.body);
      this.demandKnown(dto);
      if (!(await putFlag(tx, id, dto.flag))) throw new Conflict('case.flagged', 'This flag is on the case already');
      stream.publish(CaseFlagChanged, { caseId: id, flag: dto.flag, on: true });
      tx.about({ items: [dto.flag] });
    });
  }

  end(call: Call, id: string, flag: string) {
    return this.change(call, id, null, async (tx, stream) => {
      if (!CODE.test(flag) || !(await endFlag(tx, id, flag))) throw new NotFound('flag');
      stream.publish(CaseFlagChanged, { caseId: id, flag, on: false });
      tx.about({ items: [flag] });
    });
  }

  private async change(
    call: Call,
    id: string,
    bulkId: string | null,
    what: (tx: Tx, stream: Stream) => Promise<void>,
  ): Promise<{ id: string }> {
    const objects = [{ t: 'case' as const, id }, ...underBulk(bulkId)];
    const done = await this.unit.run({ action: ACTION, call, objects }, async (tx) => {
      const { row, stream } = await lockedCase(tx, id);
      demandWriting(tx, row, ACTION);
      await what(tx, stream);
      return { id };
    });
    return { ...done.value, ...{ receipt: done.receipt } };
  }

  private demandKnown({ flag }: FlagCaseDto): void {
    if (!this.practice.handOver.flags.some((f) => f.code === flag))
      throw new Invalid([{ field: 'flag', code: 'not-in-list', message: 'Select one of the list' }]);
  }
}
