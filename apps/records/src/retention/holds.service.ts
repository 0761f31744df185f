import { newId, NotFound, RetentionDecided, type Action, type RetentionStep } from '@concordat/contracts';
import { UnitOfWork, type Tx } from '@concordat/messaging';
import { IllegalTransition, valid, type Call } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { Calculating } from './calculating';
import { RetentionReasonDto } from './retention.dto';
import { changeRetention, holdsOf, keepRetentionStep, placeHold, releaseHold } from './retention.repository';

/**
 * Holds keep a case whatever its rule says, as for proceedings or an inquiry: until somebody releases each of them. One that
 * is placed after an erasure was confirmed, and before it is done, stops it.
 */
@Injectable()
export class HoldsService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly calculating: Calculating,
  ) {}

  place(call: Call, caseId: string) {
    return this.change(call, caseId, 'hold.place', 'held', async (tx, _, reason) => {
      const id = newId();
      await placeHold(tx, caseId, id, reason);
      return id;
    });
  }

  release(call: Call, caseId: string, holdId: string) {
    return this.change(
      call,
      caseId,
      'hold.release',
      'released',
      async (tx, holds, reason) => {
        const hold = holds.find((h) => h.id === holdId);
        if (hold?.releasedAt || !(await releaseHold(tx, holdId, reason)))
          throw new IllegalTransition('hold.released', 'This hold was released already', 'released');
        return holdId;
      },
      holdId,
    );
  }

  private async change(
    call: Call,
    caseId: string,
    action: Action,
    what: RetentionStep,
    work: (tx: Tx, holds: Awaited<ReturnType<typeof holdsOf>>, reason: string) => Promise<string>,
    holdId?: string,
  ) {
    const objects = [{ t: 'case' as const, id: caseId }];
    const done = await this.unit.run({ action, call, objects }, async (tx) => {
      const stream = await tx.lock(caseId);
      const { row } = await this.calculating.governed(tx, call, caseId, action);
      const holds = await holdsOf(tx, caseId);
      if (holdId !== undefined && !holds.some((h) => h.id === holdId)) throw new NotFound('hold');
      const { reason } = valid(RetentionReasonDto, call.body);
      const id = await work(tx, holds, reason);
      const version = await changeRetention(tx, row, row);
      await keepRetentionStep(tx, caseId, { what, reason });
      stream.publish(RetentionDecided, { caseId, what });
      tx.about({ objects: [{ t: 'hold', id }], detail: { reason } });
      return { id, version };
    });
    return { ...done.value, receipt: done.receipt };
  }
}
