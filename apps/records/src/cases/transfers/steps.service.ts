import { demand } from '@concordat/access';
import { CaseAccessChanged, CaseOwnerChanged, type AccessLevel, type Action } from '@concordat/contracts';
import { UnitOfWork, type Stream, type Tx } from '@concordat/messaging';
import { Conflict, Forbidden, valid, type Call, expectVersion } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { isRestricted } from '../../restricting';
import { mayTakeStep, takeStep, type Transfer, type TransferStep } from '../../transfer';
import { demandOwner, publishTransfer } from './offers.service';
import { AgreeToTransferDto, AnswerTransferDto, RefuseTransferDto } from './transfers.dto';
import { isOnOffer, replaceTransfer, takeOver, visibleTransfer } from './transfers.repository';

/** As what each step is audited, and with which body. Agreeing to a request is offering the case (TRF-9). */
const STEPS = {
  agree: { action: 'transfer.offer', body: AgreeToTransferDto },
  refuse: { action: 'transfer.refuse', body: RefuseTransferDto },
  accept: { action: 'transfer.accept', body: AnswerTransferDto },
  decline: { action: 'transfer.decline', body: RefuseTransferDto },
  withdraw: { action: 'transfer.withdraw', body: AnswerTransferDto },
} as const satisfies Record<TransferStep, { action: Action; body: new () => object }>;

/** Answers and withdraws transfers. What is accepted changes hands at once, and whole (TRF-3). */
@Injectable()
export class TransferStepsService {
  constructor(private readonly unit: UnitOfWork) {}

  async take(call: Call, id: string, step: TransferStep) {
    const { action, body } = STEPS[step];
    const act = { action, call, objects: [{ t: 'transfer' as const, id }] };
    const done = await this.unit.run(act, async (tx) => {
      const { transfer: seen } = await visibleTransfer(tx, id);
      const stream = await tx.lock(seen.caseId);
      const { transfer: was, side } = await visibleTransfer(tx, id);
      expectVersion(call, 'transfer', was.version);
      demand(tx.actor, action);
      if (!mayTakeStep(step, side, was.state))
        throw new Forbidden('transfer.forbidden', 'You may not do this', [`transfer.not-for-${side}`]);
      if (side === 'owner')
        await demandOwner(tx, { id: was.caseId, leadOrg: was.fromOrg, level: 'contributor' }, action);
      const { reason, keep } = valid<{ reason?: string; keep?: Transfer['keep'] }>(body, call.body ?? {});
      const stepped = takeStep(was, step, { by: tx.actor.id, at: tx.now, ...(reason ? { reason } : {}) });
      const now = { ...stepped, keep: keep ?? stepped.keep };
      if (step === 'agree' && (await isOnOffer(tx, was.caseId)))
        throw new Conflict('transfer.open', 'This case is on offer already');
      if (step === 'accept') await this.changeHands(tx, stream, now);
      await replaceTransfer(tx, now);
      await publishTransfer(tx, stream, now);
      return { id, version: now.version, status: now.state };
    });
    return { ...done.value, receipt: done.receipt };
  }

  private async changeHands(tx: Tx, stream: Stream, t: Transfer): Promise<void> {
    const { previousOwner } = await takeOver(tx, t.id);
    const [toOrg, toId] = [t.toOrg!, t.toId!];
    const from = tx.now.toISOString();
    const restricted = await isRestricted(tx, t.caseId);
    const access = (orgId: string, level: AccessLevel, ended = false): void =>
      stream.publish(CaseAccessChanged, {
        ...{ caseId: t.caseId, orgId, level, restricted, from, ...(ended ? { to: from } : {}) },
      });
    access(toOrg, 'lead');
    if (t.keep === 'nothing') access(t.fromOrg, 'lead', true);
    else access(t.fromOrg, t.keep);
    stream.publish(CaseOwnerChanged, {
      ...{ caseId: t.caseId, ownerId: toId, orgId: toOrg, previousOwnerId: previousOwner, previousOrg: t.fromOrg },
      byId: tx.actor.id,
    });
    tx.about({
      objects: [{ t: 'staff', id: previousOwner }],
      detail: { owner: { from: previousOwner, to: toId }, lead: { from: t.fromOrg, to: toOrg }, keep: t.keep },
    });
  }
}
